"""The worth of every option and number of opinions, in every scenario at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.finalists import expected_best
from second_opinion.engine.decision.information import value_of_spread
from second_opinion.engine.decision.normal import density
from second_opinion.engine.decision.quadrature import legendre
from second_opinion.engine.decision.worth.beliefs import Beliefs
from second_opinion.engine.decision.worth.order import Order
from second_opinion.engine.decision.worth.scenarios import Scenarios

_NODES = 100
_REACH = 9.0  # standard deviations


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """Money by scenario, option and number of opinions, (S, O, N).

    value, cost : before price, and price with delay; an option's numbers beyond its most are NaN
    """

    value: Floats
    cost: Floats

    @property
    def net(self) -> Floats:
        return self.value - self.cost


def values_of(order: Order, figures: Scenarios, beliefs: Beliefs) -> Values:
    """What each could gain over deciding now, and what it costs."""
    most = np.array([option.most for option in order.options])
    delay = np.array([option.delay_cost for option in order.options])
    n = np.arange(1, most.max() + 1)
    there = np.broadcast_to(n <= most[:, None], beliefs.spread.shape)
    value = np.full(there.shape, np.nan)
    row = np.broadcast_to(np.arange(len(figures.slope))[:, None, None], there.shape)[there]
    value[there] = gain_of(
        beliefs.mean[row],
        beliefs.spread[there],
        threshold=beliefs.threshold[row],
        slope=figures.slope[row],
    )
    each = figures.price * figures.standing.shape[1]
    cost = each[..., None] * n + delay[:, None]
    return Values(value=value, cost=np.where(there, cost, np.nan))


def gain_of(mean: Floats, spread: Floats, *, threshold: Floats, slope: Floats) -> Floats:
    """(rows,): worth of news that moves every candidate's expected performance by spread.

    Parameters
    ----------
    mean : (rows, n_candidates); spread, threshold, slope : (rows,)

    References
    ----------
    One candidate: Raiffa and Schlaifer (1961). More: ``E max(t, M) - max(t, m)`` by quadrature, as
    Frazier, Powell and Dayanik (2008) for correlated and independent normal beliefs.
    """
    if mean.shape[1] == 1:
        return value_of_spread(mean[:, 0], spread, threshold=threshold, slope=slope)
    best = expected_best(mean, spread[:, None], floor=threshold)
    now = np.maximum(mean.max(axis=1), threshold)
    gain: Floats = slope * np.maximum(best - now, 0.0)
    return gain


def probability_of_change(mean: Floats, spread: float, *, threshold: float) -> float:
    """That the answer changes which candidate, or none, should be taken.

    Parameters
    ----------
    mean : (n_candidates,), expected performance now
    spread : preposterior standard deviation of each
    threshold : performance at which hiring is as good as not
    """
    if spread <= 0:
        return 0.0
    leader = int(np.argmax(mean))
    if len(mean) == 1:
        return float(ndtr(-abs(mean[0] - threshold) / spread))
    if mean[leader] <= threshold:
        return float(1 - ndtr((threshold - mean) / spread).prod())
    # the leader stays where it is both above the threshold and ahead of every other
    unit, weights = legendre(_NODES)
    low = max(float(threshold), float(mean[leader] - _REACH * spread))
    width = float(mean[leader] + _REACH * spread) - low
    place = low + width * unit
    ahead = ndtr((place[:, None] - np.delete(mean, leader)) / spread).prod(axis=1)
    height = density((place - mean[leader]) / spread) / spread
    stays = float((weights * width * height * ahead).sum())
    return min(1.0, max(0.0, 1 - stays))
