"""During a case: what the design alone says before the opening, and one more opinion after it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.arguments import (
    broadcast,
    correlations,
    finite,
    strictly_within,
    within,
)
from second_opinion.engine.decision.finalists import expected_best
from second_opinion.engine.decision.information import Block, best_block
from second_opinion.engine.decision.success import GREATEST_TRUE_VALIDITY, break_even
from second_opinion.engine.errors import ArgumentError


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignFacts:
    """What can be said before anything is opened: nothing here depends on a score.

    unobserved : criteria that no engaged opinion looks at
    single_source : criteria that only one looks at
    reliability : expected, of the mean of all opinions
    effective_opinions : how many independent ones they are worth
    """

    unobserved: tuple[int, ...]
    single_source: tuple[int, ...]
    reliability: float
    effective_opinions: float


def design_facts(
    looks_at: ArrayLike, error_correlations: ArrayLike, *, reliability: float
) -> DesignFacts:
    """The facts of a design.

    Parameters
    ----------
    looks_at : (n_opinions, n_criteria), 1 or True where an opinion looks at a criterion
    error_correlations : (n_opinions, n_opinions), of their errors
    reliability : of one opinion, between 0 and 1

    Raises
    ------
    ArgumentError : also for correlations that cannot exist together

    References
    ----------
    The mean of k has error variance ``s^2 1'R1 / k^2``, so they are worth ``k^2 / 1'R1``.
    """
    looks = within(looks_at, name="looks_at", low=0, high=1)
    if looks.ndim != 2 or not looks.size:
        raise ArgumentError(f"looks_at must be opinions by criteria; got shape {looks.shape}.")
    n = len(looks)
    matrix = correlations(error_correlations, name="error_correlations", n=n)
    r = float(strictly_within(reliability, name="reliability", low=0, high=1))
    shared = float(matrix.sum()) / n**2
    counts = (looks > 0).sum(axis=0)
    return DesignFacts(
        unobserved=tuple(int(place) for place in np.flatnonzero(counts == 0)),
        single_source=tuple(int(place) for place in np.flatnonzero(counts == 1)),
        reliability=r / (r + (1 - r) * max(shared, 0.0)),
        effective_opinions=float(np.inf) if shared <= 0 else 1 / shared,
    )


def worth_of_further_opinions(
    mean: ArrayLike,
    standard_deviation: ArrayLike,
    *,
    error_variance: float,
    true_validity: float,
    base_rate: float,
    slope: float,
    price: float,
    delay_cost: float = 0.0,
    most: int = 5,
) -> Block:
    """After the opening: what 1, 2, 3, ... further opinions on every finalist would gain.

    A further opinion is a new sealed round, so a block is asked together.

    Parameters
    ----------
    mean, standard_deviation : (n_candidates,), posterior of the true weighted whole, standardised
        over the reference group
    error_variance : of one further opinion, on the same scale, 0 or more
    true_validity : of a perfectly reliable whole, 0 to .95
    base_rate : share of the reference group who worked out, between 0 and 1
    slope : worth of one standard deviation of performance over the tenure
    price : of one opinion on one candidate; delay_cost : of a round
    most : how many are looked at, 1 or more

    Raises
    ------
    ArgumentError

    References
    ----------
    As worth_of_opinions, with the posterior in place of the first opinion's verdict.
    """
    m, s = broadcast(
        mean=np.atleast_1d(finite(mean, name="mean")),
        standard_deviation=np.atleast_1d(
            within(standard_deviation, name="standard_deviation", low=0)
        ),
    )
    if m.ndim != 1 or not m.size:
        raise ArgumentError(f"mean must be one list of numbers; got shape {m.shape}.")
    if most < 1:
        raise ArgumentError(f"most must be 1 or more; got {most}.")
    error = float(within(error_variance, name="error_variance", low=0))
    validity = within(true_validity, name="true_validity", low=0, high=GREATEST_TRUE_VALIDITY)
    money = float(within(slope, name="slope", low=0))
    each = float(within(price, name="price", low=0)) * len(m)
    line = float(break_even(base_rate))
    spread = float(validity) * _preposterior(s**2, error, np.arange(1.0, most + 1))
    expected = float(validity) * m
    best = expected_best(np.broadcast_to(expected, spread.shape), spread, floor=np.full(most, line))
    values = money * np.maximum(best - max(float(expected.max()), line), 0.0)
    return best_block(values, price=each, fixed_cost=delay_cost)


def _preposterior(variance: Floats, error: float, n: Floats) -> Floats:
    """(n, n_candidates): how far n opinions move each whole."""
    total = n[:, None] * variance + error
    share = np.divide(n[:, None] * variance, total, out=np.zeros_like(total), where=total > 0)
    spread: Floats = np.sqrt(variance * share)
    return spread
