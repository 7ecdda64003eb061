"""Intraclass correlation in the six forms of Shrout and Fleiss, with F-based intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.agreement.cautions import (
    NO_PAIRS,
    NO_WIDTH,
    ONE_VALUE,
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
from second_opinion.engine.arrays import Floats

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
    said: tuple[str, ...]
    if n < 2 or n_ratings.max() < 2:
        points, k, said = (NOTHING, NOTHING, NOTHING), math.nan, (NO_PAIRS,)
    elif complete:
        k, squares = float(table.shape[1]), mean_squares(table)
        points, said = _of_mean_squares(squares, level=level), _degenerate(squares)
    else:
        unequal = UnequalRaters.of(table)
        k, (points, said) = unequal.raters_per_unit, _of_components(unequal, level=level)
    cautions = (*said, *_cautions(table, n_ratings, n))
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
        method="anova" if complete else "reml",
    )


def _of_mean_squares(squares: MeanSquares, *, level: float) -> tuple[Point, Point, Point]:
    n, k = squares.n, squares.k
    within, rest = (n - 1, n * (k - 1)), (n - 1, (n - 1) * (k - 1))
    return (
        one_way(squares.units, squares.within, k=k, freedom=within, level=level),
        two_way(squares, level=level),
        one_way(squares.units, squares.rest, k=k, freedom=rest, level=level),
    )


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


def _cautions(table: Floats, n_ratings: np.ndarray, n: int) -> tuple[str, ...]:
    low, high = np.fmin.reduce(table, axis=0), np.fmax.reduce(table, axis=0)
    several = np.isfinite(table).sum(axis=0) >= 2
    n_constant = int((several & (low == high)).sum())
    return (
        *few_units(n),
        *constant_raters(n_constant, table.shape[1]),
        *rated_once(int((n_ratings == 1).sum())),
    )
