"""The moves of reading what is sealed before the opening: part of the one table of moves."""

from django.db import transaction

from second_opinion.opinions import services as opinions
from second_opinion.opinions.states import EarlyGround
from tests.journey.move import PROVIDER, Move
from tests.journey.world import ASSESSMENT, FIRST_AWAITED

FIRST_IS_SEALED = ASSESSMENT - {FIRST_AWAITED}


@transaction.atomic
def _read(world, actor):
    """Agreed to by the colleague first, as it could not be read otherwise."""
    opinions.grant_early_reading(actor=world.colleague, reading=world.early_reading)
    opinions.read_early(actor=actor, reading=world.early_reading)


MOVES_OF_EARLY_READINGS = {
    "opinions.ask_early_reading": Move(
        do=lambda world, actor: opinions.ask_early_reading(
            actor=actor,
            opinion=world.first_opinion,
            ground=EarlyGround.LAW,
            words="The court wants it.",
        ),
        by=PROVIDER,
        stages=FIRST_IS_SEALED,
    ),
    "opinions.grant_early_reading": Move(
        do=lambda world, actor: opinions.grant_early_reading(
            actor=actor, reading=world.early_reading
        ),
        by=frozenset({"colleague"}),
        stages=FIRST_IS_SEALED,
    ),
    "opinions.refuse_early_reading": Move(
        do=lambda world, actor: opinions.refuse_early_reading(
            actor=actor, reading=world.early_reading
        ),
        by=PROVIDER,
        stages=FIRST_IS_SEALED,
    ),
    "opinions.read_early": Move(do=_read, by=frozenset({"coordinator"}), stages=FIRST_IS_SEALED),
}
