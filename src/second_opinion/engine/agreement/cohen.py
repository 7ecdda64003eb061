"""Cohen's kappa, plain and weighted: agreement beyond chance of two named raters."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm

from second_opinion.engine.agreement.cautions import (
    NO_PAIRS,
    NO_WIDTH,
    ONE_VALUE,
    constant_raters,
    few_units,
    rated_once,
    skewed_margins,
)
from second_opinion.engine.agreement.estimate import Agreement, require_level, undefined
from second_opinion.engine.agreement.table import as_table
from second_opinion.engine.agreement.weights import WeightKind, agreement_weights
from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import ArgumentError


def cohen_kappa(
    ratings: ArrayLike,
    *,
    weights: WeightKind | Floats = "identity",
    values: Floats | None = None,
    level: float = 0.95,
) -> Agreement:
    """Kappa of two raters over the units that both rated.

    Parameters
    ----------
    ratings : (U, 2), values, NaN where not rated
    weights : how much two different values still agree
    values : (V,), all values that can be given; matters to weights only
    level : of the interval, 0 to 1

    Returns
    -------
    estimate at most 1; 0 is chance agreement

    Raises
    ------
    ArgumentError : there are not two raters, or a rating is not among the values
    NothingRatedError

    References
    ----------
    Cohen (1960); Cohen (1968); interval of Fleiss, Cohen and Everitt (1969), eq. 8.
    """
    table = as_table(ratings)
    if table.shape[1] != 2:
        raise ArgumentError(f"Cohen's kappa is for two raters; got {table.shape[1]}.")
    given = ~np.isnan(table)
    both = table[given.all(axis=1)]
    cautions = rated_once(int((given.sum(axis=1) == 1).sum()))
    known = np.unique(both if values is None else np.asarray(values, dtype=np.float64))
    if not len(both):
        return undefined(level=level, n=0, cautions=(NO_PAIRS, *cautions))
    place = np.minimum(np.searchsorted(known, both), len(known) - 1)
    if (known[place] != both).any():
        raise ArgumentError(f"{both[known[place] != both][0]:g} is not among the values.")
    n_values = len(known)
    joint = np.bincount(place[:, 0] * n_values + place[:, 1], minlength=n_values**2)
    return kappa_of_contingency(
        joint.reshape(n_values, n_values).astype(np.float64),
        weights=agreement_weights(known, weights),
        level=level,
        cautions=cautions,
    )


def kappa_of_contingency(
    joint: Floats,
    *,
    weights: WeightKind | Floats = "identity",
    level: float = 0.95,
    cautions: tuple[str, ...] = (),
) -> Agreement:
    """Kappa of a table that is counted already.

    Parameters
    ----------
    joint : (V, V), units that the first rater gave the row's and the second the column's value
    weights : how much two different values still agree; values are taken as 1 to V
    cautions : known to the caller, put before those found here

    Raises
    ------
    ArgumentError : not a square table of counts

    References
    ----------
    As in cohen_kappa.
    """
    require_level(level)
    _require_counts(joint)
    n = round(float(joint.sum()))
    cautions = (*cautions, *_cautions(joint, n))
    share = joint / joint.sum()
    first, second = share.sum(axis=1), share.sum(axis=0)
    table = agreement_weights(np.arange(1.0, len(joint) + 1), weights)
    chance = float(first @ table @ second)
    if not chance < 1:
        return undefined(level=level, n=n, cautions=(ONE_VALUE, *cautions))
    estimate = (float((share * table).sum()) - chance) / (1 - chance)
    if math.isclose(float(np.trace(share)), 1):
        low = high = math.nan
        cautions = (*cautions, NO_WIDTH)
    else:
        margin = (table @ second)[:, None] + first @ table
        variance = float((share * (table - margin * (1 - estimate)) ** 2).sum())
        variance -= (estimate - chance * (1 - estimate)) ** 2
        half = float(norm.ppf((1 + level) / 2)) * math.sqrt(max(variance, 0) / n) / (1 - chance)
        low, high = max(estimate - half, -1.0), min(estimate + half, 1.0)
    return Agreement(estimate=estimate, low=low, high=high, level=level, n=n, cautions=cautions)


def _require_counts(joint: Floats) -> None:
    square = joint.ndim == 2 and joint.shape[0] == joint.shape[1]
    if not (square and np.isfinite(joint).all() and (joint >= 0).all() and joint.sum() > 0):
        raise ArgumentError("Kappa needs a square table of counts, 0 or more and not all 0.")


def _cautions(joint: Floats, n: int) -> tuple[str, ...]:
    margins = joint.sum(axis=0) + joint.sum(axis=1)
    n_constant = int((joint.sum(axis=1) > 0).sum() == 1) + int((joint.sum(axis=0) > 0).sum() == 1)
    return (
        *few_units(n),
        *constant_raters(n_constant if n > 1 else 0, 2),
        *skewed_margins(float(margins.max() / margins.sum())),
    )
