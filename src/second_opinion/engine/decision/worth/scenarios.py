"""An order with one figure changed at a time, as arrays, so that all are valued at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.worth.order import Order

STANDING_RANGE = 0.5  # standard deviations that an orderer's own sureness is varied by
RELIABILITY_RANGE = 0.15  # planning assumption: .44 give or take, over kinds of interview
DEPENDENCE_HIGH = 0.3  # planning assumption: assessors of one employer or one training
PRICE_RANGE = 0.25


class Figure(StrEnum):
    """What can be varied."""

    STAKES = "stakes"
    BASE_RATE = "base rate"
    VALIDITY = "validity"
    SELECTION_BEFORE = "selection before"
    SURENESS = "sureness"
    RELIABILITY = "reliability"
    DEPENDENCE = "dependence"
    PRICE = "price"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure at one end of its range."""

    figure: Figure
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenarios:
    """Figures by scenario (S), option (O) and candidate (C); scenario 0 is the order itself.

    slope, base_rate, true_validity, sd_ratio : (S,)
    standing : (S, C)
    reliability, error_correlation, price : (S, O)
    """

    slope: Floats
    base_rate: Floats
    true_validity: Floats
    sd_ratio: Floats
    standing: Floats
    reliability: Floats
    error_correlation: Floats
    price: Floats


def changes_of(order: Order) -> tuple[Change, ...]:
    """What is varied, and between which ends."""
    asked = order.options[0]
    return (
        Change(figure=Figure.STAKES, low=order.slope.low, high=order.slope.high),
        Change(figure=Figure.BASE_RATE, low=order.base_rate.low, high=order.base_rate.high),
        Change(figure=Figure.VALIDITY, low=order.true_validity.low, high=order.true_validity.high),
        Change(figure=Figure.SELECTION_BEFORE, low=order.sd_ratio.low, high=order.sd_ratio.high),
        Change(figure=Figure.SURENESS, low=-STANDING_RANGE, high=STANDING_RANGE),
        Change(
            figure=Figure.RELIABILITY,
            low=max(0.05, asked.reliability - RELIABILITY_RANGE),
            high=min(0.95, asked.reliability + RELIABILITY_RANGE),
        ),
        Change(
            figure=Figure.DEPENDENCE, low=0.0, high=max(DEPENDENCE_HIGH, asked.error_correlation)
        ),
        Change(
            figure=Figure.PRICE,
            low=asked.price * (1 - PRICE_RANGE),
            high=asked.price * (1 + PRICE_RANGE),
        ),
    )


def scenarios_of(order: Order, changes: tuple[Change, ...]) -> Scenarios:
    """The order itself, then each change at its low and at its high end."""
    n = 1 + 2 * len(changes)
    options = order.options
    made = Scenarios(
        slope=np.full(n, order.slope.value),
        base_rate=np.full(n, order.base_rate.value),
        true_validity=np.full(n, order.true_validity.value),
        sd_ratio=np.full(n, order.sd_ratio.value),
        standing=np.tile(np.asarray(order.standing, dtype=np.float64), (n, 1)),
        reliability=np.tile([option.reliability for option in options], (n, 1)),
        error_correlation=np.tile([option.error_correlation for option in options], (n, 1)),
        price=np.tile([option.price for option in options], (n, 1)),
    )
    for place, change in enumerate(changes):
        _vary(made, change, rows=slice(1 + 2 * place, 3 + 2 * place))
    return made


def _vary(made: Scenarios, change: Change, *, rows: slice) -> None:
    ends = np.array([change.low, change.high])
    if change.figure is Figure.SURENESS:
        made.standing[rows] += ends[:, None]
        return
    everywhere = {
        Figure.STAKES: made.slope,
        Figure.BASE_RATE: made.base_rate,
        Figure.VALIDITY: made.true_validity,
        Figure.SELECTION_BEFORE: made.sd_ratio,
        Figure.RELIABILITY: made.reliability[:, 0],
        Figure.DEPENDENCE: made.error_correlation[:, 0],
        Figure.PRICE: made.price[:, 0],
    }
    everywhere[change.figure][rows] = ends
