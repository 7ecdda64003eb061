"""The kinds of disagreement, their remedies, and how common each is held to be beforehand."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from second_opinion.engine.errors import ArgumentError


class DisagreementType(StrEnum):
    """What the figures can tell apart."""

    WITHIN_NOISE = "within noise"
    LEVEL = "level"
    THROUGHOUT = "throughout"
    PATTERN = "pattern"


class Fact(StrEnum):
    """What only the assessors can tell, and has been declared."""

    DIFFERENT_EVIDENCE = "different evidence"
    ANCHOR_UNCLEAR = "anchor unclear"
    OUTSIDE_EXPERTISE = "outside expertise"
    SAME_NUMBER_OTHER_REASONS = "same number, other reasons"


class Remedy(StrEnum):
    """What to do about it."""

    NOTHING = "nothing"
    OFFSET = "offset"
    TARGETED_THIRD_OPINION = "targeted third opinion"
    CLARIFY_ANCHOR = "clarify anchor"
    SHARE_EVIDENCE = "share evidence"
    ASK_THE_ASSESSORS = "ask the assessors"


REMEDIES: Mapping[DisagreementType | Fact, Remedy] = MappingProxyType(
    {
        DisagreementType.WITHIN_NOISE: Remedy.NOTHING,
        DisagreementType.LEVEL: Remedy.OFFSET,
        DisagreementType.THROUGHOUT: Remedy.ASK_THE_ASSESSORS,
        DisagreementType.PATTERN: Remedy.TARGETED_THIRD_OPINION,
        Fact.DIFFERENT_EVIDENCE: Remedy.SHARE_EVIDENCE,
        Fact.ANCHOR_UNCLEAR: Remedy.CLARIFY_ANCHOR,
        Fact.OUTSIDE_EXPERTISE: Remedy.TARGETED_THIRD_OPINION,
        Fact.SAME_NUMBER_OTHER_REASONS: Remedy.SHARE_EVIDENCE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredFact:
    """Something declared that may explain a difference; put as a question, never as a cause.

    criterion : where it concerns one only
    """

    fact: Fact
    assessors: tuple[str, ...]
    criterion: str | None = None

    @property
    def remedy(self) -> Remedy:
        return REMEDIES[self.fact]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementPrior:
    """How common each kind is held to be before the ratings are read (our planning assumption).

    within_noise, level, throughout, pattern : probabilities, summing to 1
    level_spread, throughout_spread, pattern_spread : standard deviation of how far such an
        assessor is off, beyond what is ordinary; shares of the scale's span

    Raises
    ------
    ArgumentError : a probability or spread outside 0 to 1, or probabilities that miss 1
    """

    within_noise: float = 0.6
    level: float = 0.15
    throughout: float = 0.1
    pattern: float = 0.15
    level_spread: float = 0.25
    throughout_spread: float = 0.25
    pattern_spread: float = 0.375

    def __post_init__(self) -> None:
        for name, value in dataclasses.asdict(self).items():
            if not 0 < value < 1:
                raise ArgumentError(f"{name} must lie between 0 and 1; got {value:g}.")
        total = self.within_noise + self.level + self.throughout + self.pattern
        if not math.isclose(total, 1, abs_tol=1e-9):
            raise ArgumentError(
                f"within_noise, level, throughout and pattern must sum to 1; they sum to {total:g}."
            )
