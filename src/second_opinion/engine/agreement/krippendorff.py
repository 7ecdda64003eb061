"""Krippendorff's alpha: one minus observed over expected disagreement, for any scale."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.agreement.cautions import (
    NO_PAIRS,
    NO_WIDTH,
    ONE_VALUE,
    skewed_margins,
)
from second_opinion.engine.agreement.counts import Counts, count_values
from second_opinion.engine.agreement.estimate import Agreement, require_level, undefined
from second_opinion.engine.agreement.units import Units
from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import ArgumentError

Metric = Literal["nominal", "ordinal", "interval", "ratio"]

_CELLS_AT_ONCE = 2_000_000
_MOST_RATIO_VALUES = 4_000


def krippendorff_alpha(
    ratings: ArrayLike | Units,
    metric: Metric,
    *,
    rng: np.random.Generator,
    resamples: int = 1000,
    level: float = 0.95,
) -> Agreement:
    """Alpha with the percentile interval of units drawn anew.

    Parameters
    ----------
    ratings : (U, R), NaN where not rated, or its list; raters need not be the same for all units
    metric : what a distance between two values means
    rng : draws the units of each resample
    resamples : 0 for no interval
    level : of the interval, 0 to 1

    Returns
    -------
    estimate at most 1; 0 is chance agreement, negative is systematic disagreement

    Raises
    ------
    ArgumentError : an unknown metric, or ratio with a negative or too many different values
    NothingRatedError

    References
    ----------
    Krippendorff (2013), chapter 12; ordinal distances are differences of mean ranks, which is
    eq. (12.18) added up. Resampling of units: Zapf, Castell, Morawietz and Karch (2016).
    """
    require_level(level)
    if metric not in get_args(Metric):
        raise ArgumentError(f"Unknown metric {metric!r}; known are {', '.join(get_args(Metric))}.")
    everything = count_values(ratings)
    _require_ratio_scale(everything, metric)
    counts, n = everything.paired(), everything.n_paired
    if not n:
        return undefined(level=level, n=0, cautions=(NO_PAIRS, *everything.cautions))
    cautions = everything.cautions
    if metric == "nominal":
        cautions += skewed_margins(float(counts.margins.max() / counts.margins.sum()))
    estimate = float(_alphas(counts, counts.n_units[None].astype(np.float64), metric)[0])
    if np.isnan(estimate):
        return undefined(level=level, n=n, cautions=(ONE_VALUE, *cautions))
    low = high = np.nan
    if counts.all_agree:
        cautions += (NO_WIDTH,)
    elif resamples:
        drawn = _resampled(counts, metric, rng=rng, resamples=resamples)
        low, high = np.nanquantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Agreement(
        estimate=estimate, low=float(low), high=float(high), level=level, n=n, cautions=cautions
    )


def _require_ratio_scale(counts: Counts, metric: Metric) -> None:
    if metric == "ratio" and counts.values[0] < 0:
        raise ArgumentError(f"A ratio scale has no negative values; found {counts.values[0]:g}.")
    if metric == "ratio" and len(counts.values) > _MOST_RATIO_VALUES:
        raise ArgumentError(
            f"Ratio alpha compares each two of {len(counts.values)} different values; round them "
            f"to at most {_MOST_RATIO_VALUES}."
        )


def _resampled(
    counts: Counts, metric: Metric, *, rng: np.random.Generator, resamples: int
) -> Floats:
    n, share = counts.n_paired, counts.n_units / counts.n_paired
    at_once = max(1, _CELLS_AT_ONCE // max(counts.counts.shape))
    chunks = []
    for start in range(0, resamples, at_once):
        size = min(at_once, resamples - start)
        n_units = rng.multinomial(n, share, size=size).astype(np.float64)
        chunks.append(_alphas(counts, n_units, metric))
    return np.concatenate(chunks)


def _alphas(counts: Counts, n_units: Floats, metric: Metric) -> Floats:
    """Alpha for B numbers of units (B, P) with the counts; NaN where all ratings are alike."""
    margins = np.asarray((counts.counts.T @ n_units.T).T)
    total = margins.sum(axis=1)
    if metric == "nominal":
        observed, expected = _nominal(counts, n_units, margins)
    elif metric == "ratio":
        observed, expected = _ratio(counts, n_units, margins)
    else:
        value = counts.values[None]
        if metric == "ordinal":
            value = margins.cumsum(axis=1) - margins / 2
        observed, expected = _squared(counts, n_units, margins, value)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(expected > 0, 1 - observed * (total - 1) / expected, np.nan))


def _nominal(counts: Counts, n_units: Floats, margins: Floats) -> tuple[Floats, Floats]:
    m = counts.n_ratings
    unlike = m**2 - np.asarray(counts.counts.power(2).sum(axis=1))
    expected = margins.sum(axis=1) ** 2 - (margins**2).sum(axis=1)
    return n_units @ (unlike / (m - 1)), expected


def _squared(
    counts: Counts, n_units: Floats, margins: Floats, value: Floats
) -> tuple[Floats, Floats]:
    """Squared differences; sums of pairs come from sums and sums of squares."""
    total = margins.sum(axis=1)
    mean = (margins * value).sum(axis=1) / total
    centred = value - mean[:, None]  # (B, V): without it, large values would cancel
    m = counts.n_ratings
    if len(value) == 1 and len(n_units) > 1:  # one scale for all resamples
        fixed = counts.values - counts.values.mean()
        spread = m * (counts.counts @ fixed**2) - (counts.counts @ fixed) ** 2
        observed = n_units @ (spread / (m - 1))
    else:
        sums, squares = counts.counts @ centred.T, counts.counts @ centred.T**2
        spread = m[:, None] * squares - sums**2
        observed = np.einsum("bp,pb->b", n_units, spread / (m - 1)[:, None])
    return np.maximum(observed, 0), total * (margins * centred**2).sum(axis=1)


def _ratio(counts: Counts, n_units: Floats, margins: Floats) -> tuple[Floats, Floats]:
    value = counts.values
    with np.errstate(invalid="ignore"):
        distance = np.nan_to_num(((value[:, None] - value) / (value[:, None] + value)) ** 2)
    unlike = np.asarray(counts.counts.multiply(counts.counts @ distance).sum(axis=1))
    expected = np.einsum("bv,bv->b", margins @ distance, margins)
    return n_units @ (unlike / (counts.n_ratings - 1)), expected
