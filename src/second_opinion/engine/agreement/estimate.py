"""What every statistic of agreement answers with."""

from __future__ import annotations

import math
from dataclasses import dataclass

from second_opinion.engine.errors import ArgumentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An estimate, its interval, what it rests on, and when it must not be read.

    estimate : the statistic; NaN where the ratings leave it undefined, and cautions say why
    low, high : ends of the interval; NaN where the ratings give it no width
    level : of the interval, 0 to 1
    n : units that were rated twice or more
    cautions : sentences, empty when there is nothing to warn of
    """

    estimate: float
    low: float
    high: float
    level: float
    n: int
    cautions: tuple[str, ...]


def undefined(*, level: float, n: int, cautions: tuple[str, ...]) -> Agreement:
    """The answer where the statistic has no value."""
    return Agreement(
        estimate=math.nan, low=math.nan, high=math.nan, level=level, n=n, cautions=cautions
    )


def require_level(level: float) -> None:
    """Refuse a level that no interval can have.

    Raises
    ------
    ArgumentError : level is not between 0 and 1
    """
    if not 0 < level < 1:
        raise ArgumentError(f"level must lie between 0 and 1; got {level:g}.")
