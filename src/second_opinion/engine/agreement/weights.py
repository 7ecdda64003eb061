"""How much two different values still agree, from 1 for the same to 0 for the most apart."""

from __future__ import annotations

from typing import Literal

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import ArgumentError

WeightKind = Literal["identity", "linear", "quadratic", "ordinal"]


def agreement_weights(values: Floats, kind: WeightKind | Floats) -> Floats:
    """Agreement weights between values.

    identity counts only the same value; linear and quadratic fall with the distance and its
    square; ordinal looks at ranks only. An array of (V, V) is taken as it is, and may be
    ``1 - d / d.max()`` for disagreement weights d.

    Parameters
    ----------
    values : (V,), ascending

    Returns
    -------
    (V, V), symmetric, at most 1, with 1 on the diagonal

    Raises
    ------
    ArgumentError : an unknown kind, or an array that is no table of agreement weights

    References
    ----------
    Cohen (1968); Gwet (2014), section 3.5 (ordinal weights).
    """
    if not isinstance(kind, str):
        return _checked(np.asarray(kind, dtype=np.float64), len(values))
    apart = np.abs(values[:, None] - values)
    if kind == "identity":
        return np.eye(len(values))
    if kind == "linear":
        distance = apart
    elif kind == "quadratic":
        distance = apart**2
    elif kind == "ordinal":
        place = np.arange(len(values), dtype=np.float64)
        steps = np.abs(place[:, None] - place)
        distance = steps * (steps + 1) / 2
    else:
        raise ArgumentError(
            f"Unknown weights {kind!r}; known are identity, linear, quadratic and ordinal."
        )
    return np.asarray(1 - distance / max(float(distance.max()), np.finfo(float).tiny))


def _checked(weights: Floats, n_values: int) -> Floats:
    if weights.shape != (n_values, n_values):
        raise ArgumentError(
            f"The weights must be {n_values} x {n_values}, one row for each value; got shape "
            f"{weights.shape}. Name the values that nobody gave with `values`."
        )
    if not (
        np.isfinite(weights).all()
        and np.array_equal(weights, weights.T)
        and (weights <= 1).all()
        and (np.diagonal(weights) == 1).all()
    ):
        raise ArgumentError("Agreement weights are symmetric, at most 1, and 1 on the diagonal.")
    return weights
