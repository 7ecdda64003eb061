"""Intraclass correlation in the six forms of Shrout and Fleiss, with F-based intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.agreement.cautions import (
    NO_PAIRS,
    NO_TWICE,
    NO_WIDTH,
    ONE_VALUE,
    TOO_MANY_RATERS,
    constant_raters,
    few_units,
    rated_once,
)
from second_opinion.engine.agreement.estimate import Agreement, require_level
from second_opinion.engine.agreement.mean_squares import (
    NOTHING,
    MeanSquares,
    Point,
    mean_squares,
    one_way,
    stepped_up,
    two_way,
)
from second_opinion.engine.agreement.table import as_table
from second_opinion.engine.agreement.unequal_raters import UnequalRaters
from second_opinion.engine.agreement.units import Units
from second_opinion.engine.arrays import Floats

_MOST_RATERS = 3000  # above, a square of their number would not fit into memory
_FIRST = 100  # units
_NEGATIVE = "The estimate is below 0: raters differ within units as much as between them."


@dataclass(frozen=True, slots=True, kw_only=True)
class Intraclass:
    """Agreement of single ratings (icc1, icc2, icc3) and of their means (icc1k, icc2k, icc3k).

    icc1 : each unit has raters of its own
    icc2 : raters are drawn from many and their levels count as error
    icc3 : these raters only, whose levels do not count (consistency)
    raters_per_unit : k of the means; where it differs between units, the harmonic mean
    method : "anova" where every rater rated every unit, else "reml"
    """

    icc1: Agreement
    icc2: Agreement
    icc3: Agreement
    icc1k: Agreement
    icc2k: Agreement
    icc3k: Agreement
    raters_per_unit: float
    method: Literal["anova", "reml"]


def intraclass(ratings: ArrayLike | Units, *, level: float = 0.95) -> Intraclass:
    """All six forms at once.

    Where every rater rated every unit, by analysis of variance, and estimates may then be
    negative. With gaps, by restricted maximum likelihood (0 or more): intervals of icc1 and icc3
    are still exact, that of icc2 uses the mean squares that a balanced table with the same
    components would have.

    Parameters
    ----------
    ratings : (U, R), score points, NaN where not rated, or its list; for icc2 and icc3 a column
        is one rater
    level : of the intervals, 0 to 1

    Returns
    -------
    estimates at most 1

    Raises
    ------
    ArgumentError, NothingRatedError

    References
    ----------
    Shrout and Fleiss (1979), table 4 and pp. 424-426; McGraw and Wong (1996), table 7; for gaps
    Wald (1940), Seely and El-Bassiouni (1983).
    """
    require_level(level)
    table, units = _table_or_list(ratings)
    said: tuple[str, ...]
    if units is not None:
        n, cautions = int((units.n_ratings >= 2).sum()), _cautions_of_list(units)
    else:
        n, cautions = len(table) * (table.shape[1] >= 2), _cautions_of_table(table)
    if n < 2:
        points, k, said = (NOTHING, NOTHING, NOTHING), math.nan, (NO_PAIRS,)
    elif units is None:
        k, squares = float(table.shape[1]), mean_squares(table)
        points, said = _of_mean_squares(squares, level=level), _degenerate(squares)
    else:
        k, points, said = _of_list(units, level=level)
    cautions = (*said, *cautions)
    singles = [_answer(point, level=level, n=n, cautions=cautions) for point in points]
    means = [_answer(stepped_up(point, k), level=level, n=n, cautions=cautions) for point in points]
    return Intraclass(
        icc1=singles[0],
        icc2=singles[1],
        icc3=singles[2],
        icc1k=means[0],
        icc2k=means[1],
        icc3k=means[2],
        raters_per_unit=k,
        method="anova" if units is None else "reml",
    )


def _table_or_list(ratings: ArrayLike | Units) -> tuple[Floats, Units | None]:
    """A table without gaps; or the list of one with gaps, beside a table that is not to be read."""
    if isinstance(ratings, Units):
        return ratings.whole(), None if ratings.is_complete else ratings
    table = as_table(ratings)
    return table, Units.of_table(table) if np.isnan(table).any() else None


def _of_mean_squares(squares: MeanSquares, *, level: float) -> tuple[Point, Point, Point]:
    n, k = squares.n, squares.k
    within, rest = (n - 1, n * (k - 1)), (n - 1, (n - 1) * (k - 1))
    return (
        one_way(squares.units, squares.within, k=k, freedom=within, level=level),
        two_way(squares, level=level),
        one_way(squares.units, squares.rest, k=k, freedom=rest, level=level),
    )


def _of_list(
    units: Units, *, level: float
) -> tuple[float, tuple[Point, Point, Point], tuple[str, ...]]:
    reason = NO_TWICE if units.is_nested else TOO_MANY_RATERS
    if not units.is_nested and units.n_raters <= _MOST_RATERS:
        unequal = UnequalRaters.of(units)
        return unequal.raters_per_unit, *_of_components(unequal, level=level)
    unequal = UnequalRaters.of(units.without_raters())
    if unequal.is_constant:
        return unequal.raters_per_unit, (NOTHING, NOTHING, NOTHING), (ONE_VALUE,)
    return unequal.raters_per_unit, (unequal.one_way(level=level), NOTHING, NOTHING), (reason,)


def _of_components(
    unequal: UnequalRaters, *, level: float
) -> tuple[tuple[Point, Point, Point], tuple[str, ...]]:
    if unequal.is_constant:
        return (NOTHING, NOTHING, NOTHING), (ONE_VALUE,)
    one, three = unequal.one_way(level=level), unequal.fixed_raters(level=level)
    unit, rater, rest = unequal.two_way()
    n, k, m = unequal.n_units, unequal.raters_per_unit, unequal.units_per_rater
    as_if_balanced = MeanSquares(
        units=rest + k * unit,
        raters=rest + m * rater,
        within=rest + rater,
        rest=rest,
        n=n,
        k=k,
        m=m,
        raters_freedom=max(unequal.n_raters - 1, 1),
        rest_freedom=max(unequal.n - n - unequal.n_raters + 1, 1),
    )
    _, low, high = two_way(as_if_balanced, level=level)
    total = unit + rater + rest
    two = (unit / total if total > 0 else math.nan, max(low, 0.0), max(high, 0.0))
    return (one, two, three), ()


def _answer(point: Point, *, level: float, n: int, cautions: tuple[str, ...]) -> Agreement:
    estimate, low, high = point
    if estimate < 0:
        cautions = (*cautions, _NEGATIVE)
    return Agreement(estimate=estimate, low=low, high=high, level=level, n=n, cautions=cautions)


def _degenerate(squares: MeanSquares) -> tuple[str, ...]:
    if squares.rest > 0:
        return ()
    return (NO_WIDTH,) if squares.units > 0 else (ONE_VALUE,)


def _cautions_of_table(table: Floats) -> tuple[str, ...]:
    n, n_raters = table.shape
    n_constant = _n_constant(table) if n >= 2 else 0
    return (
        *few_units(n if n_raters >= 2 else 0),
        *constant_raters(n_constant, n_raters),
        *rated_once(n if n_raters == 1 else 0),
    )


def _n_constant(table: Floats) -> int:
    """Raters who gave one score only; all is looked at only of those whose first scores are one."""
    first = table[:_FIRST]
    suspects = np.flatnonzero((first == first[0]).all(axis=0))
    return sum(bool((table[:, rater] == table[0, rater]).all()) for rater in suspects)


def _cautions_of_list(units: Units) -> tuple[str, ...]:
    return (
        *few_units(int((units.n_ratings >= 2).sum())),
        *constant_raters(units.n_constant(), units.n_raters),
        *rated_once(int((units.n_ratings == 1).sum())),
    )
