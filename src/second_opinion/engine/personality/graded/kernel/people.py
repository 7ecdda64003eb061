"""Loops over people: what their answers say at each node of ability.

category : (n_persons, n_items), -1 where missing
row : (n_items, most categories), each category's row in tables of (n_rows, n_nodes)
ability : (n_nodes,), equally spaced
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats
from second_opinion.engine.compiling import compiled

_NOTHING = 1e-14  # posterior weight that moves no sum
_AT_EDGE = 1e-11  # posterior weight at the edge of a window that is wide enough
_AT_ONCE = 8  # nodes that a processor takes together: a few more cost less than a rest
_REACH = 8.0  # standard deviations of the posterior that was last seen


@compiled
def window(near: Floats, ability: Floats, reach: float) -> tuple[int, int]:
    """The nodes around a posterior's mean, from the first to before the last; all if unknown."""
    if near[1] <= 0:
        return 0, len(ability)
    spacing = ability[1] - ability[0]
    n_needed = int(2 * reach * near[1] / spacing) + 2
    n_nodes = min((n_needed + _AT_ONCE - 1) // _AT_ONCE * _AT_ONCE, len(ability))
    begin = int((near[0] - ability[0]) / spacing) + 1 - n_nodes // 2
    begin = min(max(begin, 0), len(ability) - n_nodes)
    return begin, begin + n_nodes


@compiled
def weigh_person(
    category: NDArray[np.int8],
    row: NDArray[np.int32],
    log_probability: Floats,
    ability: Floats,
    log_weight: Floats,
    begin: int,
    end: int,
    share: Floats,
    posterior: Floats,
) -> float:
    """One person's log-likelihood; share becomes posterior weights, posterior mean and SD."""
    for q in range(begin, end):
        share[q] = log_weight[q]
    inside = share[begin:end]
    for j in range(len(category)):
        if category[j] >= 0:
            said = log_probability[row[j, category[j]], begin:end]
            for q in range(len(inside)):
                inside[q] += said[q]
    top = -np.inf
    for q in range(begin, end):
        top = max(top, share[q])
    marginal, first, second = 0.0, 0.0, 0.0
    for q in range(begin, end):
        share[q] = math.exp(share[q] - top)
        marginal += share[q]
        first += share[q] * ability[q]
    first /= marginal
    for q in range(begin, end):
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

    posterior : (n_persons, 2), where each was last seen, or zeros; mean and deviation are filled in
    counts : (n_rows, n_nodes), or empty where they are not wanted
    """
    n_nodes, share, answer = len(ability), np.empty(len(ability)), 0.0
    for i in range(len(category)):
        begin, end = window(posterior[i], ability, _REACH)
        own = weigh_person(
            category[i], row, log_probability, ability, log_weight, begin, end, share, posterior[i]
        )
        too_low = begin > 0 and share[begin] > _AT_EDGE
        if too_low or (end < n_nodes and share[end - 1] > _AT_EDGE):
            begin, end = 0, n_nodes
            own = weigh_person(
                category[i], row, log_probability, ability, log_weight, begin, end, share,
                posterior[i],
            )  # fmt: skip
        answer += weight[i] * own
        if len(counts):
            add_shares(category[i], row, share, begin, end, weight[i], counts)
    return answer


@compiled
def add_shares(
    category: NDArray[np.int8],
    row: NDArray[np.int32],
    share: Floats,
    begin: int,
    end: int,
    weight: float,
    counts: Floats,
) -> None:
    """One person's posterior weights to the categories of the answers."""
    while begin < end - 1 and share[begin] < _NOTHING:
        begin += 1
    while end > begin + 1 and share[end - 1] < _NOTHING:
        end -= 1
    for q in range(begin, end):
        share[q] *= weight
    inside = share[begin:end]
    for j in range(len(category)):
        if category[j] >= 0:
            count = counts[row[j, category[j]], begin:end]
            for q in range(len(inside)):
                count[q] += inside[q]
