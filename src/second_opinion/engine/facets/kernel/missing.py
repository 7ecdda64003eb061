"""Loops that take away what is not known because abilities are not observed.

Each candidate's score, as a function of ability, is split along two polynomials: what is linear
and what is quadratic in ability. What is beyond is some ten-thousandths of the information.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.compiling import compiled
from second_opinion.engine.facets.kernel.windows import (
    add_shares,
    clear,
    largest,
    sum_rows,
    weigh_window,
)


@compiled
def polynomials(
    share: Floats, ability: Floats, moments: Floats, linear: Floats, bent: Floats
) -> None:
    """Posterior weights times the two polynomials that are orthonormal under them."""
    deviation = math.sqrt(moments[1])
    third, fourth = 0.0, 0.0
    for j in range(len(share)):
        place = (ability[j] - moments[0]) / deviation
        linear[j] = share[j] * place
        third += linear[j] * place * place
        fourth += linear[j] * place * place * place
    scale = 1 / math.sqrt(max(fourth - third * third - 1, 1e-12))
    for j in range(len(share)):
        place = (ability[j] - moments[0]) / deviation
        bent[j] = share[j] * (place * place - third * place - 1) * scale


@compiled
def pass_with_information(
    first: Integers,
    cell: NDArray[np.int32],
    weight: Floats,
    total: Floats,
    log_sum: Floats,
    ability: Floats,
    start: NDArray[np.int32],
    n_nodes: NDArray[np.int32],
    population: Floats,
    posterior: Floats,
    counts: Floats,
    expected: Floats,
    chance: Floats,
    elements: NDArray[np.int32],
    group: NDArray[np.int32],
    category: NDArray[np.int32],
    information: Floats,
) -> float:
    """As pass_windows; and the spread of every candidate's score is taken from information.

    information : one side of the diagonal, whichever comes

    elements, group : of each cell
    category : (n_groups, n_categories - 2), places of the inner category parameters; negative
        where there is none
    """
    size, widest = len(information), largest(n_nodes)
    slot, found = np.empty(size, np.int64), np.empty(size, np.int64)
    for place in range(size):
        slot[place] = -1
    first_score, second_score = np.empty(size), np.empty(size)
    shares, linears, bents = np.empty(widest), np.empty(widest), np.empty(widest)
    inner = np.empty(category.shape[1] * widest)
    answer = 0.0
    for c in range(len(total)):
        lo, hi, begin, stop = first[c], first[c + 1], start[c], start[c] + n_nodes[c]
        share, linear, bent = shares[: n_nodes[c]], linears[: n_nodes[c]], bents[: n_nodes[c]]
        own = ability[begin:stop]
        sum_rows(cell[lo:hi], weight[lo:hi], log_sum, begin, share)
        answer += weigh_window(total[c], own, population, share, posterior[c])
        add_shares(cell[lo:hi], weight[lo:hi], share, begin, counts)
        polynomials(share, own, posterior[c], linear, bent)
        n_found = _gather_elements(
            cell[lo:hi], weight[lo:hi], expected, elements, linear, bent, begin,
            slot, found, first_score, second_score,
        )  # fmt: skip
        n_found = _gather_categories(
            cell[lo:hi], weight[lo:hi], group, chance, category, linear, bent, begin,
            inner, n_found, found, first_score, second_score,
        )  # fmt: skip
        n_found = _gather_population(
            own, linear, bent, population, size, n_found, found, first_score, second_score
        )
        _take_outer(found, n_found, first_score, second_score, information)
    return answer


@compiled
def _gather_elements(
    cell: NDArray[np.int32],
    weight: Floats,
    expected: Floats,
    elements: NDArray[np.int32],
    linear: Floats,
    bent: Floats,
    begin: int,
    slot: Integers,
    found: Integers,
    first_score: Floats,
    second_score: Floats,
) -> int:
    """One candidate's score by the elements that its rows touch, along both polynomials."""
    n_found, size = 0, len(linear)
    for i in range(len(cell)):
        own = cell[i]
        one, two = 0.0, 0.0
        for j in range(size):
            one += linear[j] * expected[own, begin + j]
            two += bent[j] * expected[own, begin + j]
        if len(weight):
            one *= weight[i]
            two *= weight[i]
        for e in range(elements.shape[1]):
            at = elements[own, e]
            s = slot[at]
            if s < 0:
                slot[at] = n_found
                found[n_found] = at
                first_score[n_found], second_score[n_found] = one, two
                n_found += 1
            else:
                first_score[s] += one
                second_score[s] += two
    for s in range(n_found):
        slot[found[s]] = -1
    return n_found


@compiled
def _gather_categories(
    cell: NDArray[np.int32],
    weight: Floats,
    group: NDArray[np.int32],
    chance: Floats,
    category: NDArray[np.int32],
    linear: Floats,
    bent: Floats,
    begin: int,
    inner: Floats,
    n_found: int,
    found: Integers,
    first_score: Floats,
    second_score: Floats,
) -> int:
    """The same by category parameters; rows of one group follow one another and go together."""
    n_inner = category.shape[1]
    size = len(linear) * n_inner
    begin = begin * n_inner
    sums, before = inner[:size], -1
    for i in range(len(cell)):
        own = cell[i]
        if group[own] != before:
            if before >= 0:
                n_found = _flush(
                    category[before], sums, linear, bent, n_found, found, first_score, second_score
                )
            before = group[own]
            clear(sums)
        if len(weight):
            for j in range(size):
                sums[j] += weight[i] * chance[own, begin + j]
        else:
            for j in range(size):
                sums[j] += chance[own, begin + j]
    if before >= 0:
        n_found = _flush(
            category[before], sums, linear, bent, n_found, found, first_score, second_score
        )
    return n_found


@compiled
def _flush(
    places: NDArray[np.int32],
    sums: Floats,
    linear: Floats,
    bent: Floats,
    n_found: int,
    found: Integers,
    first_score: Floats,
    second_score: Floats,
) -> int:
    n_inner = len(places)
    for k in range(n_inner):
        if places[k] < 0:
            continue
        one, two = 0.0, 0.0
        for j in range(len(linear)):
            one += linear[j] * sums[j * n_inner + k]
            two += bent[j] * sums[j * n_inner + k]
        found[n_found] = places[k]
        first_score[n_found], second_score[n_found] = one, two
        n_found += 1
    return n_found


@compiled
def _gather_population(
    ability: Floats,
    linear: Floats,
    bent: Floats,
    population: Floats,
    size: int,
    n_found: int,
    found: Integers,
    first_score: Floats,
    second_score: Floats,
) -> int:
    """The same by the population's mean and log standard deviation."""
    found[n_found], found[n_found + 1] = size - 2, size - 1
    for s in range(n_found, n_found + 2):
        first_score[s], second_score[s] = 0.0, 0.0
    for j in range(len(ability)):
        away = (ability[j] - population[0]) / population[1]
        first_score[n_found] += linear[j] * away
        second_score[n_found] += bent[j] * away
        first_score[n_found + 1] += linear[j] * away * away * population[1]
        second_score[n_found + 1] += bent[j] * away * away * population[1]
    return n_found + 2


@compiled
def _take_outer(
    found: Integers, n_found: int, first_score: Floats, second_score: Floats, information: Floats
) -> None:
    for s in range(n_found):
        row, one, two = found[s], first_score[s], second_score[s]
        for t in range(s + 1):
            information[row, found[t]] -= one * first_score[t] + two * second_score[t]
