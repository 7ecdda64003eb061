"""How far a second assessor's errors can be expected to repeat the first one's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.combination import DEPENDENT_ERRORS
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.matching.coverage import Booleans

PLANNING_DEFAULT = "planning default"

SAME_METHOD = 0.15
"""Error correlation of assessors with methods of one family (our planning assumption)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TieValues:
    """The correlation that each tie brings, 0 to 1, and where the values come from."""

    employer: float = DEPENDENT_ERRORS
    school: float = DEPENDENT_ERRORS
    method: float = SAME_METHOD
    source: str = PLANNING_DEFAULT

    def __post_init__(self) -> None:
        for name in ("employer", "school", "method"):
            if not 0 <= getattr(self, name) <= 1:
                raise ArgumentError(
                    f"The correlation for one {name} must be from 0 to 1; got "
                    f"{getattr(self, name):g}."
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """What each assessor shares with the first: (n_assessors,), each."""

    employer: Booleans
    school: Booleans
    method: Booleans

    @classmethod
    def none(cls, n_assessors: int) -> Ties:
        nothing = np.zeros(n_assessors, dtype=np.bool_)
        return cls(employer=nothing, school=nothing, method=nothing)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorCorrelation:
    """value : 0 to 1; shared : "employer", "school", "method", whichever; source : of the value."""

    value: float
    shared: tuple[str, ...]
    source: str


def error_correlations(ties: Ties, values: TieValues) -> Floats:
    """(n_assessors,), the largest that any tie brings; 0 where nothing is shared."""
    largest: Floats = np.maximum(
        np.maximum(ties.employer * values.employer, ties.school * values.school),
        ties.method * values.method,
    )
    return largest


def error_correlation(ties: Ties, values: TieValues, place: int) -> ErrorCorrelation:
    """The same for one assessor, with what it rests on."""
    names = ("employer", "school", "method")
    shared = tuple(name for name in names if getattr(ties, name)[place])
    return ErrorCorrelation(
        value=max((getattr(values, name) for name in shared), default=0.0),
        shared=shared,
        source=values.source,
    )
