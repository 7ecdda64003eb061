"""What one more opinion is worth before its answer is known: two actions, normal beliefs.

Hire is worth ``slope * (standing - threshold)``, not hiring is worth nothing. An opinion that
cannot change which of the two is better is worth nothing, however good it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.arguments import broadcast, finite, plain, within
from second_opinion.engine.decision.normal import unit_loss
from second_opinion.engine.errors import ArgumentError

MOST_OPINIONS = 50
"""How far ahead a block of opinions is looked at; value is not concave, so one is not enough."""

_FAR_OUT = 1e3  # standard deviations


def expected_value_of_information(
    mean: ArrayLike,
    variance: ArrayLike,
    *,
    error_variance: ArrayLike,
    threshold: ArrayLike = 0.0,
    slope: ArrayLike = 1.0,
    opinions: ArrayLike = 1,
) -> Floats:
    """What independent opinions are worth before their price.

    Parameters
    ----------
    mean, variance : of the belief about the standing now
    error_variance : of one opinion, 0 or more
    threshold : the standing at which both actions are equally good
    slope : worth of one unit of standing, 0 or more
    opinions : how many, taken together, 0 or more

    Returns
    -------
    0 or more, in the slope's unit

    Raises
    ------
    ArgumentError

    References
    ----------
    Raiffa and Schlaifer (1961), ch. 5: ``K s L(|m - t| / s)`` with the preposterior standard
    deviation ``s^2 = V - V_after = V^2 / (V + error_variance / n)``.

    >>> round(float(expected_value_of_information(0, 1, error_variance=1)), 10)
    0.2820947918
    """
    m, v, e, t, k, n = broadcast(
        mean=finite(mean, name="mean"),
        variance=within(variance, name="variance", low=0),
        error_variance=within(error_variance, name="error_variance", low=0),
        threshold=finite(threshold, name="threshold"),
        slope=within(slope, name="slope", low=0),
        opinions=within(opinions, name="opinions", low=0),
    )
    total = n * v + e
    # no variance, or no opinion, leaves nothing to learn; no error tells everything
    share = np.divide(n * v, total, out=np.zeros_like(total), where=total > 0)
    return plain(value_of_spread(m, np.sqrt(v * share), threshold=t, slope=k))


def expected_value_of_perfect_information(
    mean: ArrayLike,
    variance: ArrayLike,
    *,
    threshold: ArrayLike = 0.0,
    slope: ArrayLike = 1.0,
) -> Floats:
    """What it would be worth to know the standing exactly: no opinion can be worth more.

    Parameters
    ----------
    mean, variance, threshold, slope : as expected_value_of_information

    Returns
    -------
    0 or more, in the slope's unit

    Raises
    ------
    ArgumentError

    References
    ----------
    Raiffa and Schlaifer (1961), ch. 5: ``K sqrt(V) L(|m - t| / sqrt(V))``.
    """
    return expected_value_of_information(
        mean, variance, error_variance=0.0, threshold=threshold, slope=slope
    )


def value_of_spread(mean: Floats, spread: Floats, *, threshold: Floats, slope: Floats) -> Floats:
    """``K s L(|m - t| / s)`` for a preposterior standard deviation s."""
    moves = spread > 0
    # a spread next to nothing overflows the quotient; the loss is zero long before that
    with np.errstate(over="ignore"):
        z = np.minimum(np.abs(mean - threshold) / np.where(moves, spread, 1.0), _FAR_OUT)
    value: Floats = np.where(moves, slope * spread * unit_loss(z), 0.0)
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The best number of opinions to take together.

    opinions : 0 where none pays
    value, net : before and after price and delay, in the slope's unit; 0 where none pays
    values, nets : (most,), for 1, 2, 3, ... opinions
    pays_up_to : the price of one opinion at which no number pays any more; 0 if none ever does
    """

    opinions: int
    value: float
    net: float
    values: Floats
    nets: Floats
    pays_up_to: float


def best_block(values: Floats, *, price: float, fixed_cost: float = 0.0) -> Block:
    """Look ahead over every number of opinions: the second may pay though the first does not.

    Parameters
    ----------
    values : (most,), of 1, 2, 3, ... opinions
    price : of one opinion, 0 or more
    fixed_cost : of asking at all, however many: the delay

    Raises
    ------
    ArgumentError

    References
    ----------
    The value of information is not concave: Radner and Stiglitz (1984); Frazier and Powell (2010).
    """
    worth = np.atleast_1d(within(values, name="values", low=0))
    if worth.ndim != 1 or not worth.size:
        raise ArgumentError(f"values must be one list of numbers; got shape {worth.shape}.")
    each = float(within(price, name="price", low=0))
    fixed = float(within(fixed_cost, name="fixed_cost", low=0))
    n = np.arange(1, len(worth) + 1)
    nets = worth - n * each - fixed
    best = int(np.argmax(nets))
    pays = bool(nets[best] > 0)
    return Block(
        opinions=best + 1 if pays else 0,
        value=float(worth[best]) if pays else 0.0,
        net=float(nets[best]) if pays else 0.0,
        values=worth,
        nets=nets,
        pays_up_to=max(0.0, float(((worth - fixed) / n).max())),
    )


def best_number_of_opinions(
    mean: float,
    variance: float,
    *,
    error_variance: float,
    price: float,
    threshold: float = 0.0,
    slope: float = 1.0,
    fixed_cost: float = 0.0,
    most: int = MOST_OPINIONS,
) -> Block:
    """The best block of independent opinions on one candidate.

    Parameters
    ----------
    mean, variance, error_variance, threshold, slope : as expected_value_of_information
    price, fixed_cost : as best_block
    most : how many are looked at

    Raises
    ------
    ArgumentError
    """
    if most < 1:
        raise ArgumentError(f"most must be 1 or more; got {most}.")
    values = expected_value_of_information(
        mean,
        variance,
        error_variance=error_variance,
        threshold=threshold,
        slope=slope,
        opinions=np.arange(1, most + 1),
    )
    return best_block(values, price=price, fixed_cost=fixed_cost)
