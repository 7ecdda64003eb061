"""Percent agreement: how often two raters of one unit give the same value."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import t as student

from second_opinion.engine.agreement.cautions import NO_PAIRS, skewed_margins
from second_opinion.engine.agreement.chance_corrected import observed_agreement
from second_opinion.engine.agreement.counts import Counts, count_values
from second_opinion.engine.agreement.estimate import Agreement, require_level, undefined
from second_opinion.engine.agreement.units import Units
from second_opinion.engine.agreement.weights import WeightKind, agreement_weights
from second_opinion.engine.arrays import Floats


def percent_agreement(
    ratings: ArrayLike | Units,
    *,
    weights: WeightKind | Floats = "identity",
    values: Floats | None = None,
    level: float = 0.95,
) -> Agreement:
    """Share of agreeing pairs, averaged over units; not corrected for chance.

    The interval is Wilson's, with as many independent trials as the spread between units is
    worth; where every pair agrees, one for each unit.

    Parameters
    ----------
    ratings : (U, R), values, NaN where not rated; or its list
    weights : how much two different values still agree
    values : (V,), all values that can be given; matters to weights only
    level : of the interval, 0 to 1

    Returns
    -------
    estimate 0 to 1 for weights of 0 to 1

    Raises
    ------
    ArgumentError, NothingRatedError

    References
    ----------
    Gwet (2014), eq. 3.5; Wilson (1927); Korn and Graubard (1998) for the number of trials.
    """
    require_level(level)
    counts = count_values(ratings, values=values)
    n = counts.n_paired
    if not n:
        return undefined(level=level, n=0, cautions=(NO_PAIRS,))
    share, n_trials = _share_and_trials(counts, agreement_weights(counts.values, weights))
    quantile = float(student.ppf((1 + level) / 2, max(n - 1, 1))) ** 2
    centre = (share + quantile / (2 * n_trials)) / (1 + quantile / n_trials)
    half = (quantile * (share * (1 - share) + quantile / (4 * n_trials)) / n_trials) ** 0.5
    half /= 1 + quantile / n_trials
    return Agreement(
        estimate=share,
        low=max(centre - half, 0.0),
        high=min(centre + half, 1.0),
        level=level,
        n=n,
        cautions=(
            *counts.cautions,
            *skewed_margins(float(counts.margins.max() / counts.margins.sum())),
        ),
    )


def _share_and_trials(counts: Counts, weights: Floats) -> tuple[float, float]:
    paired = counts.paired()
    of_rows, n = observed_agreement(paired, weights), paired.n_paired
    share = float(of_rows @ paired.n_units) / n
    variance = float(np.square(of_rows - share) @ paired.n_units) / max(n - 1, 1) / n
    if not variance > 0 or not 0 < share < 1:
        return share, float(n)
    return share, share * (1 - share) / variance
