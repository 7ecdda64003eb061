"""Mean squares of units by raters, and intraclass correlations with their intervals from them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.stats import f as fisher

from second_opinion.engine.arrays import Floats

Point = tuple[float, float, float]
"""An estimate with the low and high end of its interval."""

_ROUNDING = 1e-20  # a mean square this much smaller than another is rounding, not disagreement

_CANCELS = 1e-3  # a smaller share of all squares is summed by itself

NOTHING: Point = (math.nan, math.nan, math.nan)


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


def mean_squares(table: Floats) -> MeanSquares:
    """Analysis of variance of a complete table; products with ones are faster than axis sums."""
    n, k = table.shape
    centred = table - table.mean()
    unit = centred @ np.full(k, 1 / k)
    rater = np.full(n, 1 / n) @ centred
    of_units, of_raters = k * float(unit @ unit), n * float(rater @ rater)
    total = float(np.vdot(centred, centred))
    within, rest = total - of_units, total - of_units - of_raters
    if rest < _CANCELS * total:  # too few digits of the difference are left
        centred -= unit[:, None]
        within = float(np.vdot(centred, centred))
        centred -= rater
        rest = float(np.vdot(centred, centred))
    squares = {
        "units": of_units / (n - 1),
        "raters": of_raters / (k - 1),
        "within": within / (n * (k - 1)),
        "rest": rest / ((n - 1) * (k - 1)),
    }
    least = _ROUNDING * max(squares.values())
    return MeanSquares(
        **{name: square if square > least else 0.0 for name, square in squares.items()},
        n=n,
        k=k,
        m=n,
        raters_freedom=k - 1,
        rest_freedom=(n - 1) * (k - 1),
    )


def one_way(
    between: float, error: float, *, k: float, freedom: tuple[float, float], level: float
) -> Point:
    """ICC(1,1) or ICC(3,1): from the ratio of two mean squares with their degrees of freedom."""
    if not error > 0:
        return (1.0, math.nan, math.nan) if between > 0 else NOTHING
    ratio = between / error
    ends = (
        ratio,
        ratio / float(fisher.ppf((1 + level) / 2, freedom[0], freedom[1])),
        ratio * float(fisher.ppf((1 + level) / 2, freedom[1], freedom[0])),
    )
    estimate, low, high = ((end - 1) / (end + k - 1) for end in ends)
    return estimate, low, high


def two_way(squares: MeanSquares, *, level: float) -> Point:
    """ICC(2,1) with Satterthwaite's degrees of freedom (Shrout and Fleiss 1979, p. 425)."""
    unit, rest, n, k = squares.units, squares.rest, squares.n, squares.k
    rater = (squares.raters - rest) / squares.m
    if not (rest > 0 or squares.raters > 0):
        return (1.0, math.nan, math.nan) if unit > 0 else NOTHING
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


def stepped_up(point: Point, k: float) -> Point:
    """Spearman-Brown: from one rating to the mean of k."""
    estimate, low, high = (
        k * one / (1 + (k - 1) * one) if 1 + (k - 1) * one > 0 else math.nan for one in point
    )
    return estimate, low, high
