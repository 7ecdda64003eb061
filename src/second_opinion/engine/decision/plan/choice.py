"""The choice of measures: every one looked at where they are few, greedy with a bound elsewhere.

Each further reading of a criterion tells less than the one before, so what a set of measures takes
from the variance is submodular: a greedy choice is good, and how good is known.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.plan.problem import (
    Measure,
    Plan,
    PlanStep,
    Problem,
    problem_of,
)
from second_opinion.engine.errors import ArgumentError

Chosen = NDArray[np.bool_]

MOST_LOOKED_AT = 14
"""Measures up to which every choice is looked at: 16,384 of them."""

UNLIMITED = 1e12
_ROUNDING = 1e-9


def plan_assessment(
    weights: ArrayLike,
    variances: ArrayLike,
    measures: Sequence[Measure],
    *,
    minutes: float,
    price: float = UNLIMITED,
    sources: int = 2,
    mean: float = 0.0,
    threshold: float = 0.0,
    slope: float = 1.0,
    exact_up_to: int = MOST_LOOKED_AT,
) -> Plan:
    """The measures that make the whole most certain within the limits.

    First come enough independent sources on as many criteria as the limits allow, then certainty.
    Criteria are taken to be independent, and errors too: a halo that one method has on all its
    criteria is not in here.

    Parameters
    ----------
    weights, variances : (n_criteria,), 0 or more; what is believed of each criterion now
    measures : what could be done
    minutes, price : the most that may be used
    sources : independent sources wanted on each criterion; 0 switches the rule off
    mean, threshold, slope : of the whole, for the risk; as expected_value_of_information
    exact_up_to : measures up to which every choice is looked at, at most 14

    Raises
    ------
    ArgumentError

    References
    ----------
    Nemhauser, Wolsey and Fisher (1978); the bound as in Leskovec et al. (2007), section 3.2.
    """
    problem = problem_of(
        weights,
        variances,
        measures,
        minutes=minutes,
        price=price,
        sources=sources,
        mean=mean,
        threshold=threshold,
        slope=slope,
    )
    is_exact = len(measures) <= min(exact_up_to, MOST_LOOKED_AT)
    chosen, least = _every(problem) if is_exact else _greedy(problem)
    return _plan(problem, chosen, least=least, is_exact=is_exact)


def plan_as_chosen(
    weights: ArrayLike,
    variances: ArrayLike,
    measures: Sequence[Measure],
    chosen: Collection[int],
    *,
    sources: int = 2,
    mean: float = 0.0,
    threshold: float = 0.0,
    slope: float = 1.0,
) -> Plan:
    """What a choice that somebody has made costs and gives, within limits or not.

    Parameters
    ----------
    chosen : places among the measures
    others : as plan_assessment

    Returns
    -------
    its least_variance is its own variance: of a choice there is no better one

    Raises
    ------
    ArgumentError
    """
    for place in chosen:
        if not 0 <= place < len(measures):
            raise ArgumentError(f"chosen has {place}, and there are {len(measures)} measures.")
    problem = problem_of(
        weights,
        variances,
        measures,
        minutes=UNLIMITED,
        price=UNLIMITED,
        sources=sources,
        mean=mean,
        threshold=threshold,
        slope=slope,
    )
    mask = np.zeros(len(measures), dtype=np.bool_)
    mask[list(chosen)] = True
    return _plan(problem, mask, least=float(problem.variance(mask)), is_exact=False)


def _every(problem: Problem) -> tuple[Chosen, float]:
    """The best of all choices: most sources first, then least variance, then least minutes."""
    n = len(problem.minutes)
    choices = (np.arange(2**n)[:, None] >> np.arange(n) & 1).astype(np.bool_)
    choices = choices[_fits(problem, choices)]
    variance = problem.variance(choices)
    order = np.lexsort(
        (choices @ problem.minutes, np.round(variance, 12), -problem.covered(choices))
    )
    return choices[order[0]], float(variance.min())


def _greedy(problem: Problem) -> tuple[Chosen, float]:
    """Sources first, then what takes most variance for its share of the limits; and a bound."""
    chosen = np.zeros(len(problem.minutes), dtype=np.bool_)
    least = _bound(problem, chosen)
    for only_sources in (True, False):
        while (best := _best_next(problem, chosen, only_sources=only_sources)) is not None:
            chosen = chosen.copy()
            chosen[best] = True
            least = max(least, _bound(problem, chosen))
    return chosen, least


def _best_next(problem: Problem, chosen: Chosen, *, only_sources: bool) -> int | None:
    further = _with_each(chosen)
    may = ~chosen & _fits(problem, further)
    falls = problem.variance(chosen) - problem.variance(further)
    if only_sources:
        may &= problem.covered(further) > problem.covered(chosen)
        score = 1 / np.maximum(_burden(problem), _ROUNDING) + _ROUNDING * falls
    else:
        may &= falls > 0
        score = falls / np.maximum(_burden(problem), _ROUNDING)
    return int(np.argmax(np.where(may, score, -np.inf))) if may.any() else None


def _bound(problem: Problem, chosen: Chosen) -> float:
    """Variance that no choice within the limits goes below.

    From any choice the best one takes at most what its measures would each take alone; the most
    of that within one limit, fractions allowed, is a knapsack that is filled by value for cost.
    """
    now = float(problem.variance(chosen))
    falls = np.where(chosen, 0.0, now - problem.variance(_with_each(chosen)))
    most = min(
        _filled(falls, problem.minutes, problem.most_minutes),
        _filled(falls, problem.price, problem.most_price),
    )
    return max(0.0, now - most)


def _filled(values: Floats, costs: Floats, limit: float) -> float:
    order = np.argsort(-values / np.maximum(costs, _ROUNDING), kind="stable")
    cost = costs[order]
    room = np.maximum(limit - (np.cumsum(cost) - cost), 0.0)
    share = np.where(cost > 0, np.minimum(room / np.where(cost > 0, cost, 1.0), 1.0), 1.0)
    return float((share * values[order]).sum())


def _fits(problem: Problem, choices: Chosen) -> Chosen:
    within: Chosen = (choices @ problem.minutes <= problem.most_minutes + _ROUNDING) & (
        choices @ problem.price <= problem.most_price + _ROUNDING
    )
    return within


def _with_each(chosen: Chosen) -> Chosen:
    """(n, n): the choice with one more, each in turn."""
    return chosen | np.eye(len(chosen), dtype=np.bool_)


def _burden(problem: Problem) -> Floats:
    """(n_measures,): the greater share that each takes of a limit."""
    return np.maximum(
        problem.minutes / max(problem.most_minutes, _ROUNDING),
        problem.price / max(problem.most_price, _ROUNDING),
    )


def _plan(problem: Problem, chosen: Chosen, *, least: float, is_exact: bool) -> Plan:
    nothing = np.zeros_like(chosen)
    before, after = float(problem.variance(nothing)), float(problem.variance(chosen))
    risk = problem.risk(after)
    return Plan(
        measures=tuple(int(place) for place in np.flatnonzero(chosen)),
        steps=_steps(problem, chosen),
        minutes=float(chosen @ problem.minutes),
        price=float(chosen @ problem.price),
        risk_before=problem.risk(before),
        risk=risk,
        variance_before=before,
        variance=after,
        least_variance=min(least, after),
        next_minute=_next_minute(problem, chosen, risk),
        toggled=_toggled(problem, chosen),
        short_of_sources=_short(problem, chosen),
        is_exact=is_exact,
    )


def _steps(problem: Problem, chosen: Chosen) -> tuple[PlanStep, ...]:
    taken = np.zeros_like(chosen)
    steps: list[PlanStep] = []
    risk = problem.risk(float(problem.variance(taken)))
    for _ in range(int(chosen.sum())):
        left = np.flatnonzero(chosen & ~taken)
        falls = float(problem.variance(taken)) - problem.variance(_with_each(taken)[left])
        best = int(left[np.argmax(falls / np.maximum(problem.minutes[left], _ROUNDING))])
        taken = taken.copy()
        taken[best] = True
        after = problem.risk(float(problem.variance(taken)))
        steps.append(
            PlanStep(
                measure=best,
                minutes=float(taken @ problem.minutes),
                price=float(taken @ problem.price),
                risk=after,
                risk_fall_per_minute=_per_minute(risk - after, float(problem.minutes[best])),
            )
        )
        risk = after
    return tuple(steps)


def _next_minute(problem: Problem, chosen: Chosen, risk: float) -> float:
    left = np.flatnonzero(~chosen)
    if not left.size:
        return 0.0
    variances = problem.variance(_with_each(chosen)[left])
    return max(
        _per_minute(risk - problem.risk(float(variance)), float(problem.minutes[place]))
        for variance, place in zip(variances, left, strict=True)
    )


def _toggled(problem: Problem, chosen: Chosen) -> tuple[float, ...]:
    variances = problem.variance(chosen ^ np.eye(len(chosen), dtype=np.bool_))
    return tuple(problem.risk(float(variance)) for variance in np.atleast_1d(variances))


def _per_minute(fall: float, minutes: float) -> float:
    if minutes > 0:
        return fall / minutes
    return np.inf if fall > 0 else 0.0


def _short(problem: Problem, chosen: Chosen) -> tuple[int, ...]:
    return tuple(
        criterion
        for criterion in range(len(problem.variances))
        if len(set(problem.source[chosen & (problem.criterion == criterion)])) < problem.sources
    )
