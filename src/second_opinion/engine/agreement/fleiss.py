"""Fleiss' kappa: agreement beyond chance of several raters, who may differ between units."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.agreement.chance_corrected import beyond_chance
from second_opinion.engine.agreement.estimate import Agreement
from second_opinion.engine.agreement.units import Units
from second_opinion.engine.agreement.weights import WeightKind
from second_opinion.engine.arrays import Floats


def fleiss_kappa(
    ratings: ArrayLike | Units,
    *,
    weights: WeightKind | Floats = "identity",
    values: Floats | None = None,
    level: float = 0.95,
) -> Agreement:
    """Fleiss' kappa; chance agreement is that of two draws from the pooled margins.

    Parameters
    ----------
    ratings : (U, R), values on a nominal scale, NaN where not rated; or its list
    weights : how much two different values still agree
    values : (V,), all values that can be given; matters to weights only
    level : of the interval, 0 to 1

    Returns
    -------
    estimate at most 1; 0 is chance agreement

    Raises
    ------
    ArgumentError, NothingRatedError

    References
    ----------
    Fleiss (1971), eqs. 1-7; Gwet (2014), chapter 3, for weights and unequal numbers of raters.
    """
    return beyond_chance(ratings, _chance, weights=weights, values=values, level=level)


def _chance(share: Floats, weights: Floats) -> Floats:
    return np.asarray(weights @ share)
