"""From an order to the answer."""

from __future__ import annotations

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.information import best_block
from second_opinion.engine.decision.success import AcrossHires, across_hires, probability_of_success
from second_opinion.engine.decision.worth.answer import (
    Advice,
    AdviceKind,
    CandidatePrior,
    OptionWorth,
    Swing,
    Worth,
)
from second_opinion.engine.decision.worth.beliefs import Beliefs, beliefs_of
from second_opinion.engine.decision.worth.order import CHEAPER, Option, OptionKind, Order
from second_opinion.engine.decision.worth.scenarios import Change, changes_of, scenarios_of
from second_opinion.engine.decision.worth.value import (
    Values,
    gain_of,
    probability_of_change,
    values_of,
)

_STANDARD_DEVIATIONS_OF_80_PERCENT = 1.2815515655446004
"""The ends of a validity's range are those of its 80 % credibility interval."""


def worth_of_opinions(order: Order) -> Worth:
    """What one more opinion, several, or something else would be worth, and what to do.

    Deterministic: closed form for one candidate, quadrature for several.

    Parameters
    ----------
    order : stakes, what is known, and the options; checked when it was made

    References
    ----------
    Raiffa and Schlaifer (1961); docs/methods/value-of-information.md.
    """
    changes = changes_of(order)
    figures = scenarios_of(order, changes)
    beliefs = beliefs_of(order, figures)
    values = values_of(order, figures, beliefs)
    options = tuple(
        _option(option, place, values=values, beliefs=beliefs, n_candidates=len(order.standing))
        for place, option in enumerate(order.options)
    )
    kinds = [_advised(order.options, nets) for nets in values.net]
    return Worth(
        advice=_advice(options, kinds, n_candidates=len(order.standing)),
        options=options,
        candidates=_candidates(order, beliefs),
        break_even=float(beliefs.threshold[0]),
        slope=order.slope.value,
        perfect_assessment=_perfect(
            order, beliefs, beliefs.validity[0] * np.sqrt(beliefs.whole_variance[0])
        ),
        perfect_foresight=_perfect(
            order,
            beliefs,
            np.sqrt(1 - beliefs.validity[0] ** 2 * (1 - beliefs.whole_variance[0])),
        ),
        hires_now=_across(order, beliefs, spread=0.0),
        hires_then=_across(
            order, beliefs, spread=float(beliefs.spread[0, 0, max(options[0].opinions, 1) - 1])
        ),
        tornado=_tornado(changes, values, kinds, opinions=max(options[0].opinions, 1)),
    )


def _option(
    option: Option, place: int, *, values: Values, beliefs: Beliefs, n_candidates: int
) -> OptionWorth:
    worth = values.value[0, place, : option.most]
    block = best_block(worth, price=option.price * n_candidates, fixed_cost=option.delay_cost)
    shown = max(block.opinions, 1) - 1
    return OptionWorth(
        name=option.name,
        kind=option.kind,
        price=option.price,
        delay_cost=option.delay_cost,
        criterion=option.criterion,
        values=worth,
        nets=block.nets,
        opinions=block.opinions,
        value=float(worth[shown]),
        cost=float(values.cost[0, place, shown]),
        net=float(block.nets[shown]),
        probability_of_change=probability_of_change(
            beliefs.mean[0],
            float(beliefs.spread[0, place, shown]),
            threshold=float(beliefs.threshold[0]),
        ),
        pays_up_to=block.pays_up_to / n_candidates,
    )


def _advised(options: tuple[Option, ...], nets: Floats) -> tuple[AdviceKind, int]:
    """The kind of advice, and the option it is about; nets are (O, N), NaN where not offered."""
    best = np.nanmax(nets, axis=1)
    place = int(np.argmax(best))  # the first of equals: the second opinion as ordered
    if best[place] <= 0:
        return AdviceKind.DO_NOT_ORDER, 0
    return _kind(options[place].kind), place


def _kind(kind: OptionKind) -> AdviceKind:
    if kind in CHEAPER:
        return AdviceKind.DO_SOMETHING_CHEAPER
    return {
        OptionKind.SECOND_OPINION: AdviceKind.ORDER,
        OptionKind.INDEPENDENT_ASSESSOR: AdviceKind.ASK_SOMEONE_INDEPENDENT,
        OptionKind.ONE_CRITERION: AdviceKind.LOOK_AT_ONE_CRITERION,
    }[kind]


def _advice(
    options: tuple[OptionWorth, ...],
    kinds: list[tuple[AdviceKind, int]],
    *,
    n_candidates: int,
) -> Advice:
    kind, place = kinds[0]
    chosen = options[place]
    return Advice(
        kind=kind,
        option=place,
        opinions=chosen.opinions,
        value=chosen.value,
        cost=chosen.cost,
        net=chosen.net,
        probability_of_change=chosen.probability_of_change,
        flips_at=_flips_at(options, n_candidates=n_candidates),
        steadiness=float(np.mean([other == kind for other, _ in kinds[1:]])),
    )


def _flips_at(options: tuple[OptionWorth, ...], *, n_candidates: int) -> float | None:
    """Below this price of the second opinion it is the best of all options, above it is not."""
    asked, *others = options
    rival = max([0.0, *(float(other.nets.max()) for other in others)])
    n = np.arange(1, len(asked.values) + 1)
    price = float(((asked.values - asked.delay_cost - rival) / (n * n_candidates)).max())
    return price if price > 0 else None


def _candidates(order: Order, beliefs: Beliefs) -> tuple[CandidatePrior, ...]:
    validity = float(beliefs.validity[0])
    spread = (order.true_validity.high - order.true_validity.low) / (
        2 * _STANDARD_DEVIATIONS_OF_80_PERCENT
    )
    probability = probability_of_success(
        beliefs.whole_mean[0],
        np.sqrt(beliefs.whole_variance[0]),
        base_rate=order.base_rate.value,
        true_validity=validity,
        # the range is given among applicants; among finalists it narrows as the validity does
        true_validity_sd=spread * validity / max(order.true_validity.value, 1e-9),
    )
    return tuple(
        CandidatePrior(expected_performance=float(mean), probability_of_success=float(chance))
        for mean, chance in zip(beliefs.mean[0], probability, strict=True)
    )


def _perfect(order: Order, beliefs: Beliefs, spread: float) -> float:
    gain = gain_of(
        beliefs.mean[:1],
        np.array([spread]),
        threshold=beliefs.threshold[:1],
        slope=np.array([order.slope.value]),
    )
    return float(gain[0])


def _across(order: Order, beliefs: Beliefs, *, spread: float) -> AcrossHires:
    """The procedure used many times: what is known now, and news of that spread."""
    known = float(beliefs.validity[0] ** 2 * (1 - beliefs.whole_variance[0]))
    return across_hires(
        float(np.sqrt(known + spread**2)),
        base_rate=order.base_rate.value,
        finalists=len(order.standing),
    )


def _tornado(
    changes: tuple[Change, ...],
    values: Values,
    kinds: list[tuple[AdviceKind, int]],
    *,
    opinions: int,
) -> tuple[Swing, ...]:
    net = values.net[1:, 0, opinions - 1]
    swings = [
        Swing(
            figure=change.figure,
            low=change.low,
            high=change.high,
            net_low=float(net[2 * place]),
            net_high=float(net[2 * place + 1]),
            advice_low=kinds[1 + 2 * place][0],
            advice_high=kinds[2 + 2 * place][0],
        )
        for place, change in enumerate(changes)
    ]
    return tuple(sorted(swings, key=lambda swing: swing.width, reverse=True))
