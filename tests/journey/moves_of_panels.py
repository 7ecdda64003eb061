"""The moves of who is asked to assess, and of what ties them: part of the one table of moves."""

from second_opinion.cases.states import CaseState
from second_opinion.opinions import services as opinions
from second_opinion.opinions.selectors import around_of, asking_in
from second_opinion.panels import services as panels
from second_opinion.panels.selectors.proposals import Need
from second_opinion.panels.states import DeclineReason, Ending, RulingOutcome, TieKind
from tests.journey.move import CANDIDATE, ORDERER, PROVIDER, Move
from tests.journey.world import ASSESSMENT, FIRST_AWAITED

ASKED = ASSESSMENT | {CaseState.PROFILE_LOCKED}
KNOWN = panels.ToldTie(kind=TieKind.FAMILY, ending=Ending.HOLDS)


def _answer(world, actor, **answer):
    panels.answer_proposal(
        actor=actor, standing=world.asked, around=around_of(world.case), **answer
    )


MOVES_OF_PANELS = {
    "panels.rule_on_conflict": Move(
        do=lambda world, actor: panels.rule_on_conflict(
            actor=actor,
            case=world.case,
            assessor=world.conflict.assessor,
            finding=world.conflict.key,
            outcome=RulingOutcome.CLEARED,
            reason="Ten years apart.",
            around=around_of(world.case),
        ),
        by=PROVIDER,
        stages=ASKED | {CaseState.ORDERED},
    ),
    "panels.confirm_needs": Move(
        do=lambda world, actor: panels.confirm_needs(
            actor=actor,
            case=world.case,
            needs=[Need(words="German", key="german", level=2)],
        ),
        by=PROVIDER,
        stages=ASKED | {CaseState.ORDERED},
    ),
    "panels.propose_assessor": Move(
        do=lambda world, actor: panels.propose_assessor(
            actor=actor,
            case=world.case,
            assessor=world.free_assessor,
            asking=asking_in(world.case),
            reason="Free now.",
        ),
        by=PROVIDER,
        stages=ASKED,
    ),
    "panels.answer_proposal": Move(
        do=lambda world, actor: _answer(world, actor, declares_no_more=True),
        by=frozenset({"asked assessor"}),
        stages=ASKED,
    ),
    "panels.answer_proposal with no": Move(
        do=lambda world, actor: _answer(world, actor, declined_because=DeclineReason.NO_TIME),
        by=frozenset({"asked assessor"}),
        stages=ASKED,
    ),
    "panels.withdraw_proposal": Move(
        do=lambda world, actor: panels.withdraw_proposal(
            actor=actor, standing=world.asked, reason="The client wants another day."
        ),
        by=PROVIDER,
        stages=ASKED,
    ),
    "panels.challenge_proposal": Move(
        do=lambda world, _: panels.challenge_proposal(
            candidacy=world.candidacy, standing=world.accepted, words="We are cousins."
        ),
        by=frozenset({CANDIDATE}),
        stages=ASKED,
    ),
    "panels.tell_tie": Move(
        do=lambda world, _: panels.tell_tie(
            candidacy=world.candidacy, standing=world.accepted, told=KNOWN
        ),
        by=frozenset({CANDIDATE}),
        stages=ASKED,
    ),
    "panels.tell_clients_tie": Move(
        do=lambda world, actor: panels.tell_clients_tie(
            actor=actor, standing=world.accepted, told=KNOWN
        ),
        by=ORDERER,
        stages=ASKED,
    ),
    "opinions.decide_challenge": Move(
        do=lambda world, actor: opinions.decide_challenge(
            actor=actor,
            standing=world.challenged,
            candidacy=world.candidacy,
            is_upheld=True,
            words="We ask somebody else.",
        ),
        by=PROVIDER,
        stages=ASKED,
    ),
    "opinions.end_engagement": Move(
        do=lambda world, actor: opinions.end_engagement(
            actor=actor,
            case=world.case,
            assessor=world.opinion.assessor,
            reason="Fell ill.",
        ),
        by=PROVIDER | {"second assessor"},
        stages=frozenset({CaseState.IN_ASSESSMENT, FIRST_AWAITED}),  # later it is sealed
    ),
}
