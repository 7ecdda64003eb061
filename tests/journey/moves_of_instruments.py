"""The moves of references, work samples and outside tests: part of the one table of moves."""

from second_opinion.opinions import services as opinions
from tests import factories
from tests.journey.move import PROVIDER, Move
from tests.journey.world import ASSESSMENT

MOVES_OF_INSTRUMENTS = {
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
