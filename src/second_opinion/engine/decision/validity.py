"""Validity of several opinions or instruments together."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import nnls

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.arguments import (
    broadcast,
    correlations,
    finite,
    plain,
    strictly_within,
    within,
)
from second_opinion.engine.errors import ArgumentError

_NO_VARIANCE = 1e-12


def validity_of_mean(validity: ArrayLike, k: ArrayLike, *, reliability: ArrayLike) -> Floats:
    """Validity of the mean of k equal opinions.

    Parameters
    ----------
    validity : of one opinion, -1 to 1, at most the square root of its reliability
    k : above 0; ``inf`` is refused, its limit is ``validity / sqrt(reliability)``
    reliability : of one opinion, 0 to 1

    Returns
    -------
    -1 to 1

    Raises
    ------
    ArgumentError : also where the validity is above what the reliability allows

    References
    ----------
    ``v sqrt(k) / sqrt(1 + (k - 1) r)``; Ghiselli, Campbell and Zedeck (1981), ch. 9.
    """
    v, n, r = broadcast(
        validity=within(validity, name="validity", low=-1, high=1),
        k=strictly_within(k, name="k", low=0),
        reliability=within(reliability, name="reliability", low=0, high=1),
    )
    if (v * v > r + 1e-12).any():
        raise ArgumentError("validity cannot be above the square root of reliability.")
    return plain(v * np.sqrt(n) / np.sqrt(np.maximum(1 + (n - 1) * r, np.finfo(float).tiny)))


def composite_validity(
    validities: ArrayLike, intercorrelations: ArrayLike, *, weights: ArrayLike | None = None
) -> Floats:
    """Validity of a weighted sum of standardised predictors.

    Parameters
    ----------
    validities : (n,), -1 to 1
    intercorrelations : (n, n), or one number that all pairs share
    weights : (n,), 0 or more, in any unit; None takes the best weights of which none is negative

    Returns
    -------
    -1 to 1; 0 where no predictor is worth a weight

    Raises
    ------
    ArgumentError : also where the correlations, with or without the validities, cannot exist

    References
    ----------
    ``w'v / sqrt(w'Rw)``; Nunnally and Bernstein (1994), ch. 5. Negative weights are never given:
    they fit the noise of small samples (Dawes 1979).

    >>> round(float(composite_validity([0.40, 0.30], 0.50, weights=[1, 1])), 6)
    0.404145
    """
    v, matrix = _predictors(validities, intercorrelations)
    share = best_weights(v, matrix) if weights is None else _weights(weights, n=len(v))
    spread = float(share @ matrix @ share)
    if spread <= _NO_VARIANCE:
        if weights is None:
            return plain(np.array(0.0))
        raise ArgumentError("weights give a sum that does not vary; its validity is not defined.")
    return plain(np.asarray(share @ v / np.sqrt(spread)))


def best_weights(validities: ArrayLike, intercorrelations: ArrayLike) -> Floats:
    """The weights, none negative, of the most valid sum.

    Parameters
    ----------
    validities : (n,), -1 to 1
    intercorrelations : (n, n), or one number that all pairs share

    Returns
    -------
    (n,), 0 or more, summing to 1; all 0 where no validity is above 0

    Raises
    ------
    ArgumentError : as composite_validity

    References
    ----------
    Least squares with non-negative weights, Lawson and Hanson (1974), ch. 23.
    """
    v, matrix = _predictors(validities, intercorrelations)
    values, vectors = np.linalg.eigh(matrix)
    root = np.sqrt(np.maximum(values, 0.0))
    kept = root > np.sqrt(_NO_VARIANCE)
    design = root[kept, None] * vectors[:, kept].T
    target = (vectors[:, kept].T @ v) / root[kept]
    weights, _ = nnls(design, target)
    total = weights.sum()
    share: Floats = weights / total if total > 0 else np.zeros_like(weights)
    return share


def _predictors(validities: ArrayLike, intercorrelations: ArrayLike) -> tuple[Floats, Floats]:
    v = np.atleast_1d(within(validities, name="validities", low=-1, high=1))
    if v.ndim != 1 or not v.size:
        raise ArgumentError(f"validities must be one list of numbers; got shape {v.shape}.")
    shared = finite(intercorrelations, name="intercorrelations")
    n = len(v)
    matrix = np.where(np.eye(n, dtype=bool), 1.0, shared) if shared.ndim == 0 else shared
    matrix = correlations(matrix, name="intercorrelations", n=n)
    everything = np.block([[matrix, v[:, None]], [v[None, :], np.ones((1, 1))]])
    # refuses what cannot exist together
    correlations(everything, name="validities with intercorrelations", n=n + 1)
    return v, matrix


def _weights(weights: ArrayLike, *, n: int) -> Floats:
    share = within(weights, name="weights", low=0)
    if share.shape != (n,):
        raise ArgumentError(f"weights must have shape ({n},); got {share.shape}.")
    if share.sum() <= 0:
        raise ArgumentError("weights must not all be 0.")
    scaled: Floats = share / share.max()
    return scaled
