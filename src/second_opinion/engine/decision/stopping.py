"""Opinion by opinion: whether to go on, when each answer is known before the next is asked."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.arguments import broadcast, finite, plain, within
from second_opinion.engine.decision.information import MOST_OPINIONS, value_of_spread
from second_opinion.engine.decision.quadrature import hermite
from second_opinion.engine.errors import ArgumentError

_NODES = 41


def value_of_going_on(
    mean: ArrayLike,
    variance: ArrayLike,
    *,
    error_variance: ArrayLike,
    price: ArrayLike,
    threshold: ArrayLike = 0.0,
    slope: ArrayLike = 1.0,
    left: int = MOST_OPINIONS,
) -> Floats:
    """What going on gains after its price, looking two ways ahead; 0 where stopping is better.

    Either the best block of those left is taken at once, or one more is, and after its answer the
    best block or none. Neither way alone is enough: value is not concave in the number, so one
    opinion may not pay where four do; and a block cannot be stopped half-way.

    Parameters
    ----------
    mean, variance : of the belief about the standing now
    error_variance : of one opinion, above 0
    price : of one opinion, delay included, 0 or more
    threshold, slope : as expected_value_of_information
    left : how many could still be had, 0 or more

    Returns
    -------
    0 or more, shape of the arguments together

    Raises
    ------
    ArgumentError

    References
    ----------
    The KG(*) rule of Frazier and Powell (2010) with one step of backward induction before it.
    Within 3 % of the optimum by dynamic programming: tests/engine/decision/test_stopping.py.
    """
    m, v, e, c, t, k = broadcast(
        mean=finite(mean, name="mean"),
        variance=within(variance, name="variance", low=0),
        error_variance=within(error_variance, name="error_variance", low=0),
        price=within(price, name="price", low=0),
        threshold=finite(threshold, name="threshold"),
        slope=within(slope, name="slope", low=0),
    )
    if left < 0:
        raise ArgumentError(f"left must be 0 or more; got {left}.")
    if left == 0:
        return plain(np.zeros(m.shape))
    away = m - t
    at_once = _best_block(away, v, e, price=c, slope=k, left=left)
    if left == 1:
        return plain(at_once)
    one_by_one = _one_then_best_block(away, v, e, price=c, slope=k, left=left)
    return plain(np.maximum(at_once, one_by_one))


def one_more_pays(
    mean: ArrayLike,
    variance: ArrayLike,
    *,
    error_variance: ArrayLike,
    price: ArrayLike,
    threshold: ArrayLike = 0.0,
    slope: ArrayLike = 1.0,
    left: int = MOST_OPINIONS,
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """The stopping rule: go on while going on gains.

    Parameters, Returns' shape, Raises, References : as value_of_going_on
    """
    return np.asarray(
        value_of_going_on(
            mean,
            variance,
            error_variance=error_variance,
            price=price,
            threshold=threshold,
            slope=slope,
            left=left,
        )
        > 0
    )


def _one_then_best_block(
    away: Floats, variance: Floats, error: Floats, *, price: Floats, slope: Floats, left: int
) -> Floats:
    """Net of one opinion, and of the best block that its answer then leads to."""
    nodes, weights = hermite(_NODES)
    total = variance + error
    # one more takes this share of the variance away, and moves the mean by as much
    share = np.divide(variance, total, out=np.zeros_like(variance), where=total > 0)
    spread = np.sqrt(variance * share)
    then = _best_block(
        away[..., None] + spread[..., None] * nodes,
        (error * share)[..., None],
        error[..., None],
        price=price[..., None],
        slope=slope[..., None],
        left=left - 1,
    )
    first = value_of_spread(away, spread, threshold=np.zeros_like(away), slope=slope)
    return first - price + then @ weights


def _best_block(
    away: Floats, variance: Floats, error: Floats, *, price: Floats, slope: Floats, left: int
) -> Floats:
    """Net of the best number of opinions at once, 0 where none pays; away from the threshold."""
    n = np.arange(1, left + 1)
    v = variance[..., None]
    total = n * v + error[..., None]
    share = np.divide(n * v, total, out=np.zeros_like(total), where=total > 0)
    value = value_of_spread(
        away[..., None], np.sqrt(v * share), threshold=np.zeros(1), slope=slope[..., None]
    )
    net: Floats = np.maximum((value - n * price[..., None]).max(axis=-1), 0.0)
    return net
