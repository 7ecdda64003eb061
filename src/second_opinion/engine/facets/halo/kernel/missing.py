"""Loops that take away what is not known because abilities and impressions are not observed.

A candidate's score is a sum over pairs. Its spread is that of what is expected of it given the
ability, and what each pair's impression adds once the ability is known: its spread over the
impression, less its spread over the ability. Each is split along the first polynomials in ability
or impression that are orthonormal under the posterior (Louis 1982, eq. 3.2, by parts).

of_all : (D, L), a candidate's scores along the ability; all else as in `scores`
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.compiling import compiled
from second_opinion.engine.facets.halo.kernel.lattice import most_pairs, share_pair, weigh_candidate
from second_opinion.engine.facets.halo.kernel.scores import (
    find_places,
    gather_pair,
    orthonormal,
    set_weights,
)
from second_opinion.engine.facets.kernel.windows import clear, largest


@compiled
def add_outer(n: int, sign: float, vectors: Floats, inside: Floats) -> None:
    """Adds sign times the outer products of the vectors' first n places, lower half."""
    for d in range(len(vectors)):
        for s in range(n):
            own = sign * vectors[d, s]
            if own != 0.0:
                for t in range(s + 1):
                    inside[s, t] += own * vectors[d, t]


@compiled
def begin_candidate(
    n: int,
    ability: Floats,
    chance: Floats,
    population: Floats,
    along_ability: Floats,
    of_all: Floats,
    inside: Floats,
) -> None:
    """Clears what is summed, and sets the population's own score along the ability."""
    for s in range(n):
        clear(inside[s, :n])
    for d in range(len(of_all)):
        clear(of_all[d, :n])
    orthonormal(ability, chance, along_ability)
    for p in range(len(ability)):
        away = ability[p] - population[0]
        for d in range(len(of_all)):
            part = chance[p] * along_ability[d, p] * away / population[1]
            of_all[d, n - 3] += part
            of_all[d, n - 2] += part * away


@compiled
def take_missing(
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
    expected: Floats,
    chance: Floats,
    elements: NDArray[np.int32],
    group: NDArray[np.int32],
    category: NDArray[np.int32],
    degrees: int,
    missing: Floats,
) -> None:
    """Adds what every candidate's spread hides to missing; one side of the diagonal.

    Arguments up to spread are those of ``pass_pairs``, the others those of the model without halo.
    """
    n_abilities, widest, size = len(node), largest(n_nodes), len(missing)
    most = most_pairs(first_of_candidate)
    slot, found = np.empty(size, np.int64), np.empty(size, np.int64)
    for place in range(size):
        slot[place] = -1
    curve, likely, share = np.empty((most, widest)), np.empty((most, widest)), np.empty(widest)
    reach, total = np.empty((most, widest * n_abilities)), np.empty((most, n_abilities))
    ability, posterior, factor = np.empty(n_abilities), np.empty(n_abilities), np.empty(n_abilities)
    scale, of_all = np.empty(widest * n_abilities), np.empty((degrees, size))
    bits, along_ability = scale.view(np.int64), np.empty((degrees, n_abilities))
    of_pair, inside = np.empty((2 * degrees, size)), np.empty((size, size))
    room = (
        np.empty((degrees, widest)), np.empty((widest, 2 * degrees)),
        np.empty((1, widest * category.shape[1])), np.empty((1, 2 * degrees)),
    )  # fmt: skip
    for c in range(len(peak)):
        lo, hi = first_of_candidate[c], first_of_candidate[c + 1]
        weigh_candidate(
            lo, hi, peak[c], first, cell, weight, points, log_sum, grid, start, n_nodes, node,
            log_weight, spread, curve, likely, reach, total, ability, posterior, scale, bits,
        )  # fmt: skip
        rows = slice(first[lo], first[hi])
        n = find_places(cell[rows], elements, group, category, slot, found)
        begin_candidate(n, ability, posterior, spread, along_ability, of_all, inside)
        for k in range(lo, hi):
            begin, stop, rows, r = start[k], n_nodes[k], slice(first[k], first[k + 1]), k - lo
            share_pair(
                grid[begin : begin + stop], ability, posterior, likely[r, :stop],
                reach[r, : stop * n_abilities], total[r], factor, share[:stop],
            )  # fmt: skip
            miss_pair(
                n, cell[rows], weight[rows], begin, grid[begin : begin + stop], spread[2], ability,
                likely[r, :stop], reach[r], factor, share[:stop], expected, chance, elements,
                group, category, along_ability, slot, room, of_pair, of_all, inside,
            )  # fmt: skip
        add_outer(n, 1.0, of_all, inside)
        scatter(n, found, slot, inside, missing)


@compiled
def miss_pair(
    n: int,
    cell: NDArray[np.int32],
    weight: Floats,
    begin: int,
    impression: Floats,
    halo_variance: float,
    ability: Floats,
    likely: Floats,
    reach: Floats,
    factor: Floats,
    share: Floats,
    expected: Floats,
    chance: Floats,
    elements: NDArray[np.int32],
    group: NDArray[np.int32],
    category: NDArray[np.int32],
    along_ability: Floats,
    slot: Integers,
    room: tuple[Floats, Floats, Floats, Floats],
    of_pair: Floats,
    of_all: Floats,
    inside: Floats,
) -> None:
    """What a pair's impression hides once the ability is known; its score along the ability."""
    along, weights, sums, projected = room
    degrees, size = len(along_ability), len(impression)
    orthonormal(impression, share, along)
    for d in range(len(of_pair)):
        clear(of_pair[d, :n])
    inside[n - 1, n - 1] += set_weights(
        impression, halo_variance, ability, likely, reach, factor, share, along, along_ability,
        weights, of_pair, n - 1,
    )  # fmt: skip
    gather_pair(
        cell, weight, elements, group, category, expected, chance, begin, weights[:size], slot,
        sums[0, : size * category.shape[1]], projected[0], of_pair,
    )  # fmt: skip
    add_outer(n, 1.0, of_pair[:degrees], inside)
    add_outer(n, -1.0, of_pair[degrees:], inside)
    for d in range(degrees):
        for s in range(n):
            of_all[d, s] += of_pair[degrees + d, s]


@compiled
def scatter(n: int, found: Integers, slot: Integers, inside: Floats, missing: Floats) -> None:
    """A candidate's part to the whole; its coordinates are forgotten but for the last three."""
    for s in range(n):
        row = missing[found[s]]
        for t in range(s + 1):
            row[found[t]] += inside[s, t]
        if s < n - 3:
            slot[found[s]] = -1
