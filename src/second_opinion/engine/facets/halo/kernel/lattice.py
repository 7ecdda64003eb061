"""Loops over candidates whose impressions lie on grids that all pairs share.

As in the model without halo, what a rating adds at a node is looked up by its cell, and posterior
weights are added up by cell and node. Between the two stands, for each pair, the normal density of
halo from every node of the candidate's ability to every node of the pair's impression.

Arrays of one candidate with R pairs, P nodes of ability, and at most N nodes of an impression:

curve, share : (R, N), a pair's log-likelihood at its nodes; posterior probability of each node
likely : (R, N), the likelihood over its highest value
reach : (R, N * P), density of halo from an ability to a node, that of one node together
total : (R, P), the likelihood of a pair at each ability, over its highest value
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.compiling import compiled
from second_opinion.engine.facets.kernel.windows import largest, sum_rows

_LOG2_OF_E = 1.4426950408889634
_LOG_OF_2 = 0.6931471805599453
_LOWEST = -700.0  # of what exp is taken; below is zero to every digit that counts
_LARGE = 1e150


@compiled
def most_pairs(first_of_candidate: Integers) -> int:
    """How many pairs the candidate with most of them has."""
    found = 0
    for c in range(len(first_of_candidate) - 1):
        found = max(found, first_of_candidate[c + 1] - first_of_candidate[c])
    return found


@compiled
def exponentiate(values: Floats, scale: Floats, bits: Integers) -> None:
    """Exp of values that are at most some hundreds, in steps that a processor does side by side.

    scale, bits : the same memory as numbers and as integers: a power of two is its exponent there
    """
    for n in range(len(values)):
        value = max(values[n], _LOWEST)
        power = math.floor(value * _LOG2_OF_E + 0.5)
        r = value - power * _LOG_OF_2
        series = 1 + r / 9 * (1 + r / 10)
        series = 1 + r / 7 * (1 + r / 8 * series)
        series = 1 + r / 5 * (1 + r / 6 * series)
        series = 1 + r / 3 * (1 + r / 4 * series)
        values[n] = 1 + r * (1 + r / 2 * series)
        bits[n] = (np.int64(power) + 1023) << 52
    for n in range(len(values)):
        values[n] *= scale[n]


@compiled
def weigh_pair(
    points: float,
    impression: Floats,
    ability: Floats,
    halo_variance: float,
    curve: Floats,
    likely: Floats,
    reach: Floats,
    total: Floats,
    scale: Floats,
    bits: Integers,
) -> float:
    """One pair's likelihood at each ability; sums of rows in curve become its logarithm.

    points : sum of the pair's categories, weighted
    """
    n_abilities, factor = len(ability), 1 / (2 * halo_variance)
    top = -np.inf
    for i in range(len(impression)):
        curve[i] = points * impression[i] - curve[i]
        top = max(top, curve[i])
    for i in range(len(impression)):
        likely[i] = curve[i] - top
        for p in range(n_abilities):
            away = impression[i] - ability[p]
            reach[i * n_abilities + p] = -away * away * factor
    exponentiate(likely, scale, bits)
    exponentiate(reach, scale, bits)
    for p in range(n_abilities):
        total[p] = 0.0
    for i in range(len(impression)):
        for p in range(n_abilities):
            total[p] += likely[i] * reach[i * n_abilities + p]
    return top


@compiled
def weigh_abilities(
    ability: Floats, log_weight: Floats, population: Floats, total: Floats, chance: Floats
) -> float:
    """Posterior probability of each ability; returns the log of what they summed to.

    total : (pairs of the candidate, P)
    """
    top = -np.inf
    for p in range(len(ability)):
        away, product = ability[p] - population[0], 1.0
        chance[p] = log_weight[p] - away * away / (2 * population[1])
        for r in range(len(total)):
            product *= total[r, p]
            if product < 1 / _LARGE:
                chance[p] += math.log(max(product, 1e-300))
                product = 1.0
        chance[p] += math.log(product)
        top = max(top, chance[p])
    summed = 0.0
    for p in range(len(ability)):
        chance[p] = math.exp(chance[p] - top)
        summed += chance[p]
    for p in range(len(ability)):
        chance[p] /= summed
    return top + math.log(summed)


@compiled
def share_pair(
    impression: Floats,
    ability: Floats,
    chance: Floats,
    likely: Floats,
    reach: Floats,
    total: Floats,
    factor: Floats,
    share: Floats,
) -> float:
    """Posterior probability of each of a pair's nodes; returns E(halo squared)."""
    n_abilities, square = len(ability), 0.0
    for p in range(n_abilities):
        factor[p] = chance[p] / max(total[p], 1e-300)
    for i in range(len(impression)):
        weight, moved = 0.0, 0.0
        for p in range(n_abilities):
            away = impression[i] - ability[p]
            part = factor[p] * reach[i * n_abilities + p]
            weight += part
            moved += part * away * away
        share[i] = likely[i] * weight
        square += likely[i] * moved
    return square


@compiled
def describe_curve(impression: Floats, curve: Floats, share: Floats, normal: Floats) -> None:
    """Pull and precision of the normal curve that fits the pair's likelihood where it counts."""
    mean = 0.0
    for i in range(len(impression)):
        mean += share[i] * impression[i]
    spacing = impression[1] - impression[0]
    i = min(max(round((mean - impression[0]) / spacing), 1), len(impression) - 2)
    precision = (2 * curve[i] - curve[i - 1] - curve[i + 1]) / (spacing * spacing)
    precision = max(precision, 1e-6)
    slope = (curve[i + 1] - curve[i - 1]) / (2 * spacing)
    normal[0], normal[1] = slope + precision * impression[i], precision


@compiled
def add_counts(
    cell: NDArray[np.int32], weight: Floats, start: int, share: Floats, counts: Floats
) -> None:
    """Posterior weights of one pair, to the cells of its rows."""
    for i in range(len(cell)):
        factor = weight[i] if len(weight) else 1.0
        for j in range(len(share)):
            counts[cell[i], start + j] += factor * share[j]


@compiled
def weigh_candidate(
    lo: int,
    hi: int,
    peak: Floats,
    first: Integers,
    cell: NDArray[np.int32],
    weight: Floats,
    points: Floats,
    log_sum: Floats,
    grid: Floats,
    start: NDArray[np.int32],
    n_nodes: NDArray[np.int32],
    node: Floats,
    log_weight: Floats,
    spread: Floats,
    curve: Floats,
    likely: Floats,
    reach: Floats,
    total: Floats,
    ability: Floats,
    chance: Floats,
    scale: Floats,
    bits: Integers,
) -> float:
    """The integrals of pairs lo to hi, then over the ability; returns the log-likelihood."""
    answer, n_abilities = math.log(peak[1]), len(node)
    for p in range(n_abilities):
        ability[p] = peak[0] + peak[1] * node[p]
    for pair in range(lo, hi):
        begin, size, r = start[pair], n_nodes[pair], pair - lo
        own, rows = grid[begin : begin + size], slice(first[pair], first[pair + 1])
        sum_rows(cell[rows], weight[rows], log_sum, begin, curve[r, :size])
        answer += math.log(own[1] - own[0]) + weigh_pair(
            points[pair], own, ability, spread[2], curve[r, :size], likely[r, :size],
            reach[r, : size * n_abilities], total[r], scale, bits,
        )  # fmt: skip
    return answer + weigh_abilities(ability, log_weight, spread, total[: hi - lo], chance)


@compiled
def pass_pairs(
    first_of_candidate: Integers,
    first: Integers,
    cell: NDArray[np.int32],
    weight: Floats,
    points: Floats,
    log_sum: Floats,
    grid: Floats,
    start: NDArray[np.int32],
    n_nodes: NDArray[np.int32],
    node: Floats,
    log_weight: Floats,
    peak: Floats,
    spread: Floats,
    normal: Floats,
    posterior: Floats,
    counts: Floats,
) -> tuple[float, float]:
    """Goes through all candidates; returns log-likelihood but for constants, and E(halo squared).

    points : (n_pairs,), sum of categories
    start, n_nodes : (n_pairs,), each pair's nodes on the grid
    node, log_weight : (P,), nodes of a normal density with variance 1 and their log weights
    peak : (n_candidates, 2), mean and SD that the nodes of the ability are placed by
    spread : (3,), mean and variance of the population, variance of halo
    normal : (n_pairs, 2), filled: see ``describe_curve``
    posterior : (n_candidates, 2), filled: mean and variance of the ability
    counts : (n_cells, nodes of the grid), added to
    """
    n_abilities, widest = len(node), largest(n_nodes)
    most = most_pairs(first_of_candidate)
    curve, likely, share = np.empty((most, widest)), np.empty((most, widest)), np.empty(widest)
    reach, total = np.empty((most, widest * n_abilities)), np.empty((most, n_abilities))
    ability, chance, factor = np.empty(n_abilities), np.empty(n_abilities), np.empty(n_abilities)
    scale = np.empty(widest * n_abilities)
    bits = scale.view(np.int64)
    answer, square = 0.0, 0.0
    for c in range(len(peak)):
        lo, hi = first_of_candidate[c], first_of_candidate[c + 1]
        answer += weigh_candidate(
            lo, hi, peak[c], first, cell, weight, points, log_sum, grid, start, n_nodes, node,
            log_weight, spread, curve, likely, reach, total, ability, chance, scale, bits,
        )  # fmt: skip
        moments(ability, chance, posterior[c])
        for k in range(lo, hi):
            begin, size, r = start[k], n_nodes[k], k - lo
            own, rows = grid[begin : begin + size], slice(first[k], first[k + 1])
            square += share_pair(
                own, ability, chance, likely[r, :size], reach[r, : size * n_abilities], total[r],
                factor, share[:size],
            )  # fmt: skip
            describe_curve(own, curve[r, :size], share[:size], normal[k])
            add_counts(cell[rows], weight[rows], begin, share[:size], counts)
    return answer, square


@compiled
def moments(ability: Floats, chance: Floats, posterior: Floats) -> None:
    """Mean and variance of the ability."""
    posterior[0], posterior[1] = 0.0, 0.0
    for p in range(len(ability)):
        posterior[0] += chance[p] * ability[p]
    for p in range(len(ability)):
        posterior[1] += chance[p] * (ability[p] - posterior[0]) ** 2
