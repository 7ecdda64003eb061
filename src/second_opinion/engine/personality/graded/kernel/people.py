"""Loops over people: what their answers say at each node of ability.

category : (n_persons, n_items), -1 where missing
row : (n_items, most categories), each category's row in tables of (n_rows, n_nodes)
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats
from second_opinion.engine.compiling import compiled

_NOTHING = 1e-14  # posterior weight that moves no sum


@compiled
def weigh_person(
    category: NDArray[np.int8],
    row: NDArray[np.int32],
    log_probability: Floats,
    ability: Floats,
    log_weight: Floats,
    share: Floats,
    posterior: Floats,
) -> float:
    """One person's log-likelihood; share becomes posterior weights, posterior mean and SD."""
    for q in range(len(share)):
        share[q] = log_weight[q]
    for j in range(len(category)):
        if category[j] >= 0:
            own = row[j, category[j]]
            for q in range(len(share)):
                share[q] += log_probability[own, q]
    top = -np.inf
    for q in range(len(share)):
        top = max(top, share[q])
    marginal, first, second = 0.0, 0.0, 0.0
    for q in range(len(share)):
        share[q] = math.exp(share[q] - top)
        marginal += share[q]
        first += share[q] * ability[q]
    first /= marginal
    for q in range(len(share)):
        share[q] /= marginal
        away = ability[q] - first
        second += share[q] * away * away
    posterior[0] = first
    posterior[1] = math.sqrt(second)
    return top + math.log(marginal)


@compiled
def pass_over(
    category: NDArray[np.int8],
    weight: Floats,
    row: NDArray[np.int32],
    log_probability: Floats,
    ability: Floats,
    log_weight: Floats,
    posterior: Floats,
    counts: Floats,
) -> float:
    """The log-likelihood of all; posterior weights are added to counts of categories by node.

    counts : (n_rows, n_nodes), or empty where they are not wanted
    """
    share, answer = np.empty(len(ability)), 0.0
    for i in range(len(category)):
        answer += weight[i] * weigh_person(
            category[i], row, log_probability, ability, log_weight, share, posterior[i]
        )
        if len(counts):
            for q in range(len(share)):
                share[q] *= weight[i]
            add_shares(category[i], row, share, counts)
    return answer


@compiled
def add_shares(
    category: NDArray[np.int8], row: NDArray[np.int32], share: Floats, counts: Floats
) -> None:
    """One person's posterior weights to the categories of the answers."""
    begin, end = support(share)
    for j in range(len(category)):
        if category[j] >= 0:
            own = row[j, category[j]]
            for q in range(begin, end):
                counts[own, q] += share[q]


@compiled
def support(share: Floats) -> tuple[int, int]:
    """The nodes that weigh anything, from the first to before the last."""
    begin, end = 0, len(share)
    while begin < end - 1 and share[begin] < _NOTHING:
        begin += 1
    while end > begin + 1 and share[end - 1] < _NOTHING:
        end -= 1
    return begin, end
