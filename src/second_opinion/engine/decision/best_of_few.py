"""Taking the best of a few finalists, or none of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import log_ndtr

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.arguments import (
    broadcast,
    plain,
    strictly_within,
    whole,
    within,
)
from second_opinion.engine.decision.finalists import expected_best
from second_opinion.engine.decision.normal import unit_loss
from second_opinion.engine.decision.quadrature import legendre
from second_opinion.engine.errors import ArgumentError

_MOST_FINALISTS = 10_000
_REACH = 12.0  # standard deviations that an expected maximum is integrated over
_NODES = 400


def expected_maximum(k: ArrayLike) -> Floats:
    """Mean of the largest of k independent standard normal scores.

    Parameters
    ----------
    k : whole, 1 to 10,000

    Raises
    ------
    ArgumentError

    References
    ----------
    Tippett (1925); .564190 for 2 and .846284 for 3 in closed form, Harter (1961) for more.
    """
    n = whole(k, name="k", low=1)
    if (n > _MOST_FINALISTS).any():
        raise ArgumentError(f"k must be at most {_MOST_FINALISTS:,}; got {n.max():g}.")
    unit, unit_weights = legendre(_NODES)
    nodes, weights = _REACH * unit, _REACH * unit_weights
    # the two tails apart, each as a power computed by its logarithm
    powers = n[..., None]
    above = -np.expm1(powers * log_ndtr(nodes))
    below = np.exp(powers * log_ndtr(-nodes))
    return plain((above - below) @ weights)


def expected_gain_of_best(
    finalists: ArrayLike, validity: ArrayLike, *, threshold: ArrayLike | None = None
) -> Floats:
    """Mean performance gained by taking the best of k finalists, or by the option of none.

    Without a threshold somebody is hired whatever is found: one finalist then gains nothing.
    With one, nobody is hired whose expected performance lies below it, and the gain is over
    hiring at random or nobody, whichever of the two is better.

    Parameters
    ----------
    finalists : whole, 1 to 10,000
    validity : 0 to 1
    threshold : performance at which hiring is as good as not, standard deviations

    Returns
    -------
    standard deviations of performance, 0 or more

    Raises
    ------
    ArgumentError

    References
    ----------
    ``r E[max z]``; with k = 1 and a threshold t it is ``r L(|t| / r)`` (Raiffa and Schlaifer 1961).
    """
    k, r = broadcast(
        finalists=whole(finalists, name="finalists", low=1),
        validity=within(validity, name="validity", low=0, high=1),
    )
    if threshold is None:
        return plain(r * expected_maximum(k))
    t = np.broadcast_to(strictly_within(threshold, name="threshold", low=-np.inf), k.shape)
    gains = [
        float(expected_best(np.zeros(int(n)), np.full(int(n), spread), floor=float(line)))
        - max(float(line), 0.0)
        for n, spread, line in zip(k.flat, r.flat, t.flat, strict=True)
    ]
    return plain(np.maximum(np.reshape(gains, k.shape), 0.0))


def value_of_rejecting(validity: ArrayLike, threshold: ArrayLike) -> Floats:
    """Gain from one finalist and the option to say no, standard deviations of performance.

    Parameters
    ----------
    validity : 0 to 1
    threshold : performance at which hiring is as good as not

    Raises
    ------
    ArgumentError

    References
    ----------
    Raiffa and Schlaifer (1961): ``r L(|t| / r)``.
    """
    r, t = broadcast(
        validity=within(validity, name="validity", low=0, high=1),
        threshold=within(threshold, name="threshold", low=-1e9, high=1e9),
    )
    spread = np.where(r > 0, r, 1.0)
    return plain(np.where(r > 0, r * unit_loss(np.abs(t) / spread), 0.0))
