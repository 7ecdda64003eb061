"""Loops that split scores along polynomials in ability or impression, pair by pair.

along_ability : (D, P), along_impression : (D, N), values of the polynomials, orthonormal under the
    posterior
weights : (N, 2 D), what a pair's nodes count along impression, then along ability
of_pair : (2 D, L), scores along the polynomials by the L coordinates that the candidate's rows
    touch, mean, log SD and log SD of halo last
found : (L,), those coordinates; slot : the way back, -1 where there is none
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.compiling import compiled
from second_opinion.engine.facets.kernel.windows import clear


@compiled
def orthonormal(point: Floats, weight: Floats, found: Floats) -> None:
    """Polynomials of degree 1 and up over weighted points, by Stieltjes's three terms.

    References
    ----------
    Gautschi (2004), section 2.2.3.
    """
    n = len(point)
    centre, width = 0.0, 0.0
    for i in range(n):
        centre += weight[i] * point[i]
    for i in range(n):
        width += weight[i] * (point[i] - centre) ** 2
    width = math.sqrt(max(width, 1e-300))
    for degree in range(len(found)):
        first, second, size = 0.0, 0.0, 0.0
        for i in range(n):
            place = (point[i] - centre) / width
            one = found[degree - 1, i] if degree > 0 else 1.0
            two = found[degree - 2, i] if degree > 1 else float(degree)
            first += weight[i] * place * one * one
            second += weight[i] * place * one * two
        for i in range(n):
            place = (point[i] - centre) / width
            one = found[degree - 1, i] if degree > 0 else 1.0
            two = found[degree - 2, i] if degree > 1 else float(degree)
            found[degree, i] = (place - first) * one - second * two
            size += weight[i] * found[degree, i] ** 2
        factor = 1 / math.sqrt(size) if size > 1e-12 else 0.0
        for i in range(n):
            found[degree, i] *= factor


@compiled
def set_weights(
    impression: Floats,
    halo_variance: float,
    ability: Floats,
    likely: Floats,
    reach: Floats,
    factor: Floats,
    share: Floats,
    along_impression: Floats,
    along_ability: Floats,
    weights: Floats,
    of_pair: Floats,
    last: int,
) -> float:
    """Weights of a pair's nodes along each polynomial, and halo's own score along them.

    Returns
    -------
    the spread of halo's score that lies along none of them
    """
    degrees, mean, square = len(along_ability), 0.0, 0.0
    for i in range(len(impression)):
        for d in range(degrees):
            weights[i, d] = share[i] * along_impression[d, i]
            weights[i, degrees + d] = 0.0
        own = 0.0
        for p in range(len(ability)):
            part = likely[i] * factor[p] * reach[i * len(ability) + p]
            halo = (impression[i] - ability[p]) ** 2 / halo_variance - 1
            own += part * halo
            square += part * halo * halo
            for d in range(degrees):
                weights[i, degrees + d] += part * along_ability[d, p]
                of_pair[degrees + d, last] += part * halo * along_ability[d, p]
        mean += own
        for d in range(degrees):
            of_pair[d, last] += own * along_impression[d, i]
    rest = square - mean * mean
    for d in range(degrees):
        rest -= of_pair[d, last] ** 2
    return rest


@compiled
def find_places(
    cell: NDArray[np.int32],
    elements: NDArray[np.int32],
    group: NDArray[np.int32],
    category: NDArray[np.int32],
    slot: Integers,
    found: Integers,
) -> int:
    """Numbers the coordinates that rows touch, and the last three; returns how many there are."""
    n = 0
    for i in range(len(cell)):
        for e in range(elements.shape[1]):
            place = elements[cell[i], e]
            if slot[place] < 0:
                slot[place], found[n] = n, place
                n += 1
        for k in range(category.shape[1]):
            place = category[group[cell[i]], k]
            if place >= 0 and slot[place] < 0:
                slot[place], found[n] = n, place
                n += 1
    for extra in range(3):
        found[n + extra] = len(slot) - 3 + extra
    return n + 3


@compiled
def gather_pair(
    cell: NDArray[np.int32],
    weight: Floats,
    elements: NDArray[np.int32],
    group: NDArray[np.int32],
    category: NDArray[np.int32],
    expected: Floats,
    chance: Floats,
    begin: int,
    weights: Floats,
    slot: Integers,
    sums: Floats,
    along: Floats,
    of_pair: Floats,
) -> None:
    """A pair's score by elements and category parameters, along every polynomial.

    Rows of one group that follow one another go together where category parameters are meant.
    """
    n_inner, size = category.shape[1], len(weights)
    clear(sums)
    for i in range(len(cell)):
        row, factor = cell[i], weight[i] if len(weight) else 1.0
        clear(along)
        for j in range(size):
            own = factor * expected[row, begin + j]
            for d in range(len(along)):
                along[d] += own * weights[j, d]
        for e in range(elements.shape[1]):
            place = slot[elements[row, e]]
            for d in range(len(along)):
                of_pair[d, place] += along[d]
        for j in range(size * n_inner):
            sums[j] += factor * chance[row, begin * n_inner + j]
        if i + 1 == len(cell) or group[cell[i + 1]] != group[row]:
            gather_group(category[group[row]], weights, slot, sums, along, of_pair)
            clear(sums)


@compiled
def gather_group(
    places: NDArray[np.int32],
    weights: Floats,
    slot: Integers,
    sums: Floats,
    along: Floats,
    of_pair: Floats,
) -> None:
    """The score by the category parameters of one group, from sums of chances at the nodes."""
    for k in range(len(places)):
        if places[k] < 0:
            continue
        clear(along)
        for j in range(len(weights)):
            own = sums[j * len(places) + k]
            for d in range(len(along)):
                along[d] += own * weights[j, d]
        for d in range(len(along)):
            of_pair[d, slot[places[k]]] += along[d]
