"""The moves of references, work samples and outside tests: part of the one table of moves."""

from second_opinion.candidates import services as candidates
from second_opinion.cases.states import IS_OPENED, IS_OVER, CaseState
from second_opinion.instruments import services as instruments
from second_opinion.opinions import services as opinions
from tests import factories
from tests.journey.move import CANDIDATE, EVERY_STAGE, PROVIDER, Move
from tests.journey.world import ASSESSMENT


def _of_referee(service, *, stages, **arguments):
    """By the candidate, or by a referee: a personal link and no account."""
    return Move(
        do=lambda world, _: service(
            candidacy=world.candidacy, referee=world.asked_referee, **arguments
        ),
        by=frozenset({CANDIDATE}),
        stages=stages,
    )


MOVES_OF_INSTRUMENTS = {
    "candidates.name_referee": Move(
        do=lambda world, _: factories.name_referee(world.candidacy, name="Another"),
        by=frozenset({CANDIDATE}),
        stages=EVERY_STAGE - IS_OPENED - IS_OVER,
    ),
    "candidates.release_referee": _of_referee(candidates.release_referee, stages=ASSESSMENT),
    "candidates.remove_referee": _of_referee(candidates.remove_referee, stages=ASSESSMENT),
    "instruments.give_reference": Move(
        do=lambda world, _: instruments.give_reference(
            referee=world.asked_referee, answer=factories.reference()
        ),
        by=frozenset({CANDIDATE}),
        stages=ASSESSMENT,
    ),
    "instruments.review_reference": Move(
        do=lambda world, actor: instruments.review_reference(
            actor=actor, referee=world.asked_referee, words="Fine.", counts=True, kinds=()
        ),
        by=PROVIDER,
        stages=ASSESSMENT | IS_OPENED - IS_OVER,
    ),
    "instruments.write_task": Move(
        do=lambda world, actor: instruments.write_task(
            actor=actor, case=world.case, task="Sell.", minutes=30, criteria=["Judgement"]
        ),
        by=PROVIDER,
        stages=frozenset({CaseState.PROFILE_LOCKED}),  # in assessment, this world has given it
    ),
    "instruments.give_task": Move(
        do=lambda world, actor: instruments.give_task(actor=actor, case=world.case),
        by=PROVIDER,
        stages=frozenset(),  # it is not written before, and given in every stage after
    ),
    "instruments.begin_task": Move(
        do=lambda world, _: instruments.begin_task(candidacy=world.candidacy),
        by=frozenset({CANDIDATE}),
        stages=ASSESSMENT,
    ),
    "instruments.answer_task": Move(
        do=lambda world, _: instruments.answer_task(candidacy=world.candidacy, words="Another."),
        by=frozenset({CANDIDATE}),
        stages=frozenset(),  # it is answered once, and was
    ),
    "opinions.engage_rater": Move(
        do=lambda world, actor: opinions.engage_rater(
            actor=actor, candidacy=world.candidacy, rater=world.rater
        ),
        by=PROVIDER,
        stages=ASSESSMENT,
    ),
    "instruments.rate_task": Move(
        do=lambda world, actor: instruments.rate_task(
            actor=actor, rating=world.task_rating, ratings=[]
        ),
        by=frozenset({"rater"}),
        stages=ASSESSMENT,
    ),
    "instruments.seal_task_rating": Move(
        do=lambda world, actor: instruments.seal_task_rating(actor=actor, rating=world.task_rating),
        by=frozenset({"rater"}),
        stages=ASSESSMENT,
    ),
    "instruments.count_one_rater": Move(
        do=lambda world, actor: instruments.count_one_rater(actor=actor, candidacy=world.candidacy),
        by=PROVIDER,
        stages=ASSESSMENT,
    ),
    "opinions.enter_test": Move(
        do=lambda world, actor: opinions.enter_test(
            actor=actor, candidacy=world.candidacy, test=factories.outside_test()
        ),
        by=PROVIDER | {"second assessor"},
        stages=ASSESSMENT,
    ),
    "opinions.correct_test": Move(
        do=lambda world, actor: opinions.correct_test(
            actor=actor, result=world.result, test=factories.outside_test(), reason="A slip."
        ),
        by=PROVIDER,  # not the assessor: it is not theirs
        stages=ASSESSMENT,
    ),
    "opinions.take_test_back": Move(
        do=lambda world, actor: opinions.take_test_back(
            actor=actor, result=world.result, reason="Another candidate's."
        ),
        by=PROVIDER,
        stages=ASSESSMENT,
    ),
}
