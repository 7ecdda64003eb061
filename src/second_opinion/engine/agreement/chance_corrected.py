"""Agreement beyond chance among any number of raters: what Fleiss' and Gwet's forms share."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import t as student

from second_opinion.engine.agreement.cautions import (
    NO_PAIRS,
    NO_WIDTH,
    ONE_VALUE,
    skewed_margins,
)
from second_opinion.engine.agreement.counts import Counts, count_values
from second_opinion.engine.agreement.estimate import Agreement, require_level, undefined
from second_opinion.engine.agreement.units import Units
from second_opinion.engine.agreement.weights import WeightKind, agreement_weights
from second_opinion.engine.arrays import Floats, Integers

Chance = Callable[[Floats, Floats], Floats]
"""From the shares (V,) and weights (V, V) to each value's part in chance agreement (V,)."""


def observed_agreement(counts: Counts, weights: Floats) -> Floats:
    """Share of agreeing pairs of raters of each row; NaN where only one rated.

    Returns
    -------
    (P,), 0 to 1 for weights of 0 to 1

    References
    ----------
    Gwet (2014), eq. 3.5.
    """
    n_ratings = counts.n_ratings
    alike = np.asarray(counts.counts.multiply(counts.counts @ weights).sum(axis=1))
    with np.errstate(invalid="ignore"):
        return np.asarray((alike - n_ratings) / (n_ratings * (n_ratings - 1)))


def beyond_chance(
    ratings: ArrayLike | Units,
    chance_of: Chance,
    *,
    weights: WeightKind | Floats,
    values: Floats | None,
    level: float,
) -> Agreement:
    """Observed less chance agreement, over the most it could be, with a linearised interval.

    The interval is for other units rated by the same raters. Units rated once count only in
    what is expected by chance.

    Raises
    ------
    ArgumentError, NothingRatedError

    References
    ----------
    Gwet (2008), eqs. 21-25; Gwet (2014), section 5.3, for missing ratings.
    """
    require_level(level)
    counts = count_values(ratings, values=values)
    table = agreement_weights(counts.values, weights)
    n_paired = counts.n_paired
    if not n_paired:
        return undefined(level=level, n=0, cautions=(NO_PAIRS,))
    of_rows, n_units = observed_agreement(counts, table), counts.n_units
    paired = counts.n_ratings >= 2
    observed = float(of_rows[paired] @ n_units[paired]) / n_paired
    share_of_rows = counts.counts.multiply(1 / counts.n_ratings[:, None]).tocsr()
    share = np.asarray(share_of_rows.T @ n_units) / n_units.sum()
    part = chance_of(share, table)
    chance = float(share @ part)
    cautions = (
        *counts.cautions,
        *skewed_margins(float(counts.margins.max() / counts.margins.sum())),
    )
    if not chance < 1:
        return undefined(level=level, n=n_paired, cautions=(ONE_VALUE, *cautions))
    estimate = (observed - chance) / (1 - chance)
    n = int(n_units.sum())
    if counts.all_agree or n < 2:
        cautions = (*cautions, NO_WIDTH)
        half = np.nan
    else:
        own = np.where(paired, n / n_paired * (of_rows - chance) / (1 - chance), 0.0)
        own -= 2 * (1 - estimate) * (share_of_rows @ part - chance) / (1 - chance)
        half = _half_width(own, n_units, around=estimate, level=level)
    return Agreement(
        estimate=estimate,
        low=max(estimate - half, min(-1.0, estimate)) if np.isfinite(half) else np.nan,
        high=min(estimate + half, 1.0) if np.isfinite(half) else np.nan,
        level=level,
        n=n_paired,
        cautions=cautions,
    )


def _half_width(own: Floats, n_units: Integers, *, around: float, level: float) -> float:
    """Half the interval around an estimate, from what each row of units alone says of it."""
    n = int(n_units.sum())
    variance = float(np.square(own - around) @ n_units) / (n * (n - 1))
    half: float = float(student.ppf((1 + level) / 2, n - 1)) * variance**0.5
    return half
