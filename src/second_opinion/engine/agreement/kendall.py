"""Kendall's W: how alike several raters rank the same units."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import f as fisher
from scipy.stats import rankdata

from second_opinion.engine.agreement.cautions import (
    NO_PAIRS,
    NO_WIDTH,
    ONE_VALUE,
    constant_raters,
    few_units,
)
from second_opinion.engine.agreement.estimate import Agreement, require_level, undefined
from second_opinion.engine.agreement.table import as_table
from second_opinion.engine.agreement.units import Units
from second_opinion.engine.arrays import Floats

_NO_WHOLE = "Fewer than two units were rated by every rater, so there are no rankings to compare."


def kendall_w(ratings: ArrayLike | Units, *, level: float = 0.95) -> Agreement:
    """Coefficient of concordance, corrected for ties, over the units that every rater rated.

    Parameters
    ----------
    ratings : (U, R), on an ordinal scale, NaN where not rated, or its list; a unit with a gap is
        left out
    level : of the interval, 0 to 1

    Returns
    -------
    estimate 0 to 1; ``(R W - 1) / (R - 1)`` is the mean rank correlation of two raters when
    there are no ties

    Raises
    ------
    ArgumentError, NothingRatedError

    References
    ----------
    Kendall and Babington Smith (1939); ties as in Kendall (1970), eq. 6.7. The interval is that
    of the intraclass correlation ICC(3,k) on ranks (McGraw and Wong 1996, table 7).
    """
    require_level(level)
    if isinstance(ratings, Units):
        whole, n_units = ratings.whole(), ratings.n_units
    else:
        table = as_table(ratings)
        whole, n_units = table[~np.isnan(table).any(axis=1)], len(table)
    n, n_raters = whole.shape
    cautions = _cautions(whole, n_units - n)
    if n_raters < 2:
        return undefined(level=level, n=n, cautions=(NO_PAIRS,))
    if n < 2:
        return undefined(level=level, n=n, cautions=(_NO_WHOLE,))
    estimate = _concordance(whole)
    if math.isnan(estimate):
        return undefined(level=level, n=n, cautions=(ONE_VALUE, *cautions))
    if estimate >= 1:
        cautions += (NO_WIDTH,)
    low, high = _interval(estimate, n, n_raters, level=level)
    return Agreement(estimate=estimate, low=low, high=high, level=level, n=n, cautions=cautions)


def _concordance(table: Floats) -> float:
    n, n_raters = table.shape
    ranks = rankdata(table, axis=0)
    spread = float(np.square(ranks.sum(axis=1) - n_raters * (n + 1) / 2).sum())
    # What a rater's ranks vary by already has the ties' loss in it: (n^3 - n - sum(t^3 - t)) / 12.
    most = n_raters * float(np.square(ranks - (n + 1) / 2).sum())
    return min(spread / most, 1.0) if most > 0 else math.nan


def _interval(estimate: float, n: int, n_raters: int, *, level: float) -> tuple[float, float]:
    if estimate >= 1:
        return math.nan, math.nan
    ratio = (n_raters - 1) * estimate / (1 - estimate)
    between, within = n - 1, (n - 1) * (n_raters - 1)
    ends = (
        ratio / float(fisher.ppf((1 + level) / 2, between, within)),
        ratio * float(fisher.ppf((1 + level) / 2, within, between)),
    )
    low, high = (end / (end + n_raters - 1) for end in ends)
    return low, high


def _cautions(whole: Floats, left_out: int) -> tuple[str, ...]:
    n, n_raters = whole.shape
    constant = int((whole.min(axis=0) == whole.max(axis=0)).sum()) if n > 1 else 0
    gaps = (
        (f"{left_out} units were not rated by every rater and are left out.",) if left_out else ()
    )
    return (*few_units(n), *constant_raters(constant, n_raters), *gaps)
