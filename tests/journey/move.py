"""One row of the table of moves: what is done, who may do it, and in which stages."""

from collections.abc import Callable
from dataclasses import dataclass, field

from second_opinion.accounts.models import Person
from second_opinion.cases.states import CaseState
from tests.journey.world import STAGES, World

CANDIDATE = "candidate"  # a personal link and no account stands for them: the actor is None
PROVIDER = frozenset({"coordinator", "colleague"})
ORDERER = frozenset({"orderer"})
CLIENTS = frozenset({"orderer", "other orderer", "decider"})
EVERY_STAGE = frozenset(STAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What `do` does to a world is legal for those named, in the stages named."""

    do: Callable[[World, Person | None], object]
    by: frozenset[str]
    stages: frozenset[str] = field(default=EVERY_STAGE)
    by_in_draft: frozenset[str] = frozenset()  # who besides, while the order is being written
    is_for_other_rooms: bool = False  # then the database itself may be what refuses

    def is_legal(self, who: str, stage: str) -> bool:
        if stage == CaseState.DRAFT and who in self.by_in_draft:
            return True
        return who in self.by and stage in self.stages
