"""Intraclass correlation in the six forms of Shrout and Fleiss, with F-based intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import f as fisher

from second_opinion.engine.agreement.cautions import (
    NO_PAIRS,
    NO_WIDTH,
    ONE_VALUE,
    constant_raters,
    few_units,
    rated_once,
)
from second_opinion.engine.agreement.estimate import Agreement, require_level
from second_opinion.engine.agreement.table import as_table
from second_opinion.engine.agreement.unequal_raters import UnequalRaters
from second_opinion.engine.arrays import Floats

Point = tuple[float, float, float]
"""An estimate with the low and high end of its interval."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanSquares:
    """Mean squares of n units by k raters, or those that a table with gaps is worth.

    units, raters, within, rest : between units, between raters, within units, what is left
    m : units that one rater rated; n where there are no gaps
    raters_freedom, rest_freedom : degrees of freedom
    """

    units: float
    raters: float
    within: float
    rest: float
    n: int
    k: float
    m: float
    raters_freedom: float
    rest_freedom: float


def intraclass(ratings: ArrayLike, *, level: float = 0.95) -> Intraclass:
    """All six forms at once.

    Where every rater rated every unit, by analysis of variance, and estimates may then be
    negative. With gaps, by restricted maximum likelihood (0 or more): intervals of icc1 and icc3
    are still exact, that of icc2 uses the mean squares that a balanced table with the same
    components would have.

    Parameters
    ----------
    ratings : (U, R), score points, NaN where not rated; for icc2 and icc3 a column is one rater
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
    table = as_table(ratings)
    complete = not np.isnan(table).any()
    n_ratings = np.full(1, table.shape[1]) if complete else (~np.isnan(table)).sum(axis=1)
    n = len(table) if complete else int((n_ratings >= 2).sum())
    if n < 2 or n_ratings.max() < 2:
        points, k, said = _NOTHINGS, math.nan, (NO_PAIRS,)
    elif complete:
        k, squares = float(table.shape[1]), mean_squares(table)
        points, said = _of_mean_squares(squares, level=level), _degenerate(squares)
    else:
        unequal = UnequalRaters.of(table)
        k, (points, said) = unequal.raters_per_unit, _of_components(unequal, level=level)
    cautions = (*said, *_cautions(table, n_ratings, n))
    singles = [_answer(point, level=level, n=n, cautions=cautions) for point in points]
    means = [
        _answer(_stepped_up(point, k), level=level, n=n, cautions=cautions) for point in points
    ]
    return Intraclass(
        icc1=singles[0],
        icc2=singles[1],
        icc3=singles[2],
        icc1k=means[0],
        icc2k=means[1],
        icc3k=means[2],
        raters_per_unit=k,
        method="anova" if complete else "reml",
    )


_NOTHING: Point = (math.nan, math.nan, math.nan)
_NOTHINGS = (_NOTHING, _NOTHING, _NOTHING)


def mean_squares(table: Floats) -> MeanSquares:
    """Analysis of variance of a complete table; products with ones are faster than axis sums."""
    n, k = table.shape
    centred = table - table.mean()
    unit = centred @ np.full(k, 1 / k)
    centred -= unit[:, None]
    within = float(np.vdot(centred, centred))
    rater = np.full(n, 1 / n) @ centred
    raters = n * float(rater @ rater)
    centred -= rater
    return MeanSquares(
        units=k * float(unit @ unit) / (n - 1),
        raters=raters / (k - 1),
        within=within / (n * (k - 1)),
        rest=float(np.vdot(centred, centred)) / ((n - 1) * (k - 1)),
        n=n,
        k=k,
        m=n,
        raters_freedom=k - 1,
        rest_freedom=(n - 1) * (k - 1),
    )


def _of_mean_squares(squares: MeanSquares, *, level: float) -> tuple[Point, Point, Point]:
    n, k = squares.n, squares.k
    return (
        _one_way(squares.units, squares.within, k=k, df=(n - 1, n * (k - 1)), level=level),
        two_way(squares, level=level),
        _one_way(squares.units, squares.rest, k=k, df=(n - 1, (n - 1) * (k - 1)), level=level),
    )


def _of_components(
    unequal: UnequalRaters, *, level: float
) -> tuple[tuple[Point, Point, Point], tuple[str, ...]]:
    if unequal.is_constant:
        return _NOTHINGS, (ONE_VALUE,)
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


def _one_way(
    between: float, error: float, *, k: float, df: tuple[float, float], level: float
) -> Point:
    if not error > 0:
        return (1.0, math.nan, math.nan) if between > 0 else _NOTHING
    ratio = between / error
    ends = (
        ratio,
        ratio / float(fisher.ppf((1 + level) / 2, df[0], df[1])),
        ratio * float(fisher.ppf((1 + level) / 2, df[1], df[0])),
    )
    estimate, low, high = ((end - 1) / (end + k - 1) for end in ends)
    return estimate, low, high


def two_way(squares: MeanSquares, *, level: float) -> Point:
    """ICC(2,1) with Satterthwaite's degrees of freedom (Shrout and Fleiss 1979, p. 425)."""
    unit, rest, n, k = squares.units, squares.rest, squares.n, squares.k
    rater = (squares.raters - rest) / squares.m
    if not (rest > 0 or squares.raters > 0):
        return (1.0, math.nan, math.nan) if unit > 0 else _NOTHING
    estimate = (unit - rest) / (unit + (k - 1) * rest + k * rater)
    # The published formula times the rest's mean square, which may be 0.
    by_raters = k * estimate / squares.m * squares.raters
    by_rest = (1 + (k - 1) * estimate - k * estimate / squares.m) * rest
    spread = by_raters**2 / squares.raters_freedom + by_rest**2 / squares.rest_freedom
    freedom = (by_raters + by_rest) ** 2 / spread if spread > 0 else 1.0
    below = float(fisher.ppf((1 + level) / 2, n - 1, freedom))
    above = float(fisher.ppf((1 + level) / 2, freedom, n - 1))
    error = k * rater + (k - 1) * rest
    low = (unit - below * rest) / (below * error + unit)
    high = (above * unit - rest) / (error + above * unit)
    return estimate, low, high


def _stepped_up(point: Point, k: float) -> Point:
    """Spearman-Brown: from one rating to the mean of k."""
    estimate, low, high = (
        k * one / (1 + (k - 1) * one) if 1 + (k - 1) * one > 0 else math.nan for one in point
    )
    return estimate, low, high


def _answer(point: Point, *, level: float, n: int, cautions: tuple[str, ...]) -> Agreement:
    estimate, low, high = point
    if estimate < 0:
        cautions = (*cautions, _NEGATIVE)
    return Agreement(estimate=estimate, low=low, high=high, level=level, n=n, cautions=cautions)


def _degenerate(squares: MeanSquares) -> tuple[str, ...]:
    if squares.rest > 0:
        return ()
    return (NO_WIDTH,) if squares.units > 0 else (ONE_VALUE,)


def _cautions(table: Floats, n_ratings: np.ndarray, n: int) -> tuple[str, ...]:
    low, high = np.fmin.reduce(table, axis=0), np.fmax.reduce(table, axis=0)
    several = np.isfinite(table).sum(axis=0) >= 2
    n_constant = int((several & (low == high)).sum())
    return (
        *few_units(n),
        *constant_raters(n_constant, table.shape[1]),
        *rated_once(int((n_ratings == 1).sum())),
    )
