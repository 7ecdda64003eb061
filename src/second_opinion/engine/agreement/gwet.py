"""Gwet's AC1 and AC2: agreement beyond chance that stays stable when margins are skewed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.agreement.chance_corrected import beyond_chance
from second_opinion.engine.agreement.estimate import Agreement
from second_opinion.engine.agreement.units import Units
from second_opinion.engine.agreement.weights import WeightKind
from second_opinion.engine.arrays import Floats


def gwet_ac1(
    ratings: ArrayLike | Units, *, values: Floats | None = None, level: float = 0.95
) -> Agreement:
    """AC1: only the same value agrees.

    Parameters
    ----------
    ratings : (U, R), values on a nominal scale, NaN where not rated; or its list
    values : (V,), all values that can be given; chance agreement depends on how many there are
    level : of the interval, 0 to 1

    Returns
    -------
    estimate at most 1; 0 is chance agreement

    Raises
    ------
    ArgumentError, NothingRatedError

    References
    ----------
    Gwet (2008), eqs. 7-9.
    """
    return gwet_ac2(ratings, weights="identity", values=values, level=level)


def gwet_ac2(
    ratings: ArrayLike | Units,
    *,
    weights: WeightKind | Floats = "quadratic",
    values: Floats | None = None,
    level: float = 0.95,
) -> Agreement:
    """AC2: values near each other agree in part.

    Parameters
    ----------
    ratings : (U, R), values, NaN where not rated; or its list
    weights : how much two different values still agree
    values : (V,), all values that can be given; chance agreement depends on how many there are
    level : of the interval, 0 to 1

    Returns
    -------
    estimate at most 1; 0 is chance agreement

    Raises
    ------
    ArgumentError, NothingRatedError

    References
    ----------
    Gwet (2014), eqs. 3.9-3.11.
    """
    return beyond_chance(ratings, _chance, weights=weights, values=values, level=level)


def _chance(share: Floats, weights: Floats) -> Floats:
    n_values = len(share)
    if n_values == 1:
        return np.ones(1)  # one possible value: everybody agrees by chance
    return np.asarray(weights.sum() / (n_values * (n_values - 1)) * (1 - share))
