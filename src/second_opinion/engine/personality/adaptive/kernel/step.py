"""One step of an adaptive questionnaire: where somebody stands, and what each item would tell."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.compiling import compiled


@compiled
def stand(
    asked: Integers,
    given: Integers,
    scale: Integers,
    row: NDArray[np.int32],
    log_probability: Floats,
    ability: Floats,
    log_weight: Floats,
    share: Floats,
    moments: Floats,
) -> None:
    """Posterior weights, mean and deviation on each scale.

    share : (n_scales, n_nodes), filled
    moments : (n_scales, 2), filled
    """
    for s in range(len(share)):
        for q in range(len(ability)):
            share[s, q] = log_weight[q]
    for i in range(len(asked)):
        s, own = scale[asked[i]], row[asked[i], given[i]]
        for q in range(len(ability)):
            share[s, q] += log_probability[own, q]
    for s in range(len(share)):
        _normalise(share[s], ability, moments[s])


@compiled
def _normalise(share: Floats, ability: Floats, moments: Floats) -> None:
    """Log weights become weights that sum to 1."""
    top = -np.inf
    for q in range(len(share)):
        top = max(top, share[q])
    total, mean, square = 0.0, 0.0, 0.0
    for q in range(len(share)):
        share[q] = math.exp(share[q] - top)
        total += share[q]
        mean += share[q] * ability[q]
    mean /= total
    for q in range(len(share)):
        share[q] /= total
        away = ability[q] - mean
        square += share[q] * away * away
    moments[0], moments[1] = mean, math.sqrt(square)


@compiled
def first_wrong(asked: Integers, given: Integers, n_categories: Integers) -> int:
    """The first answer whose item or category is none, or that was given before; -1 if none is."""
    is_seen = np.zeros(len(n_categories), dtype=np.bool_)
    for i in range(len(asked)):
        item = asked[i]
        if item < 0 or item >= len(n_categories) or is_seen[item]:
            return i
        if given[i] < 0 or given[i] >= n_categories[item]:
            return i
        is_seen[item] = True
    return -1


@compiled
def open_facets(
    asked: Integers,
    scale: Integers,
    facet_scale: Integers,
    moments: Floats,
    precise: float,
    fewest: int,
    is_open: NDArray[np.bool_],
) -> bool:
    """Whether the scale of any facet is not precise enough yet; fills is_open with which."""
    count, any_open = np.zeros(len(moments)), False
    for i in range(len(asked)):
        count[scale[asked[i]]] += 1.0
    for f in range(len(facet_scale)):
        s = facet_scale[f]
        is_open[f] = moments[s, 1] > precise or count[s] < fewest
        any_open = any_open or is_open[f]
    return any_open


@compiled
def neediest_facet(
    asked: Integers, facet: Integers, size: Integers, target: Floats, is_open: NDArray[np.bool_]
) -> int:
    """The open facet that is furthest behind its share of what is asked; -1 where none is left."""
    count = np.zeros(len(target))
    for i in range(len(asked)):
        count[facet[asked[i]]] += 1.0
    best, most = -1, -np.inf
    for f in range(len(target)):
        behind = target[f] * (len(asked) + 1) - count[f]
        if is_open[f] and count[f] < size[f] and behind > most + 1e-12:
            best, most = f, behind
    return best


@compiled
def most_informative(
    asked: Integers, facet: Integers, wanted: int, node: int, weight: float, information: Floats
) -> int:
    """The item of a facet that tells most at a point between two nodes; -1 where none is left."""
    best, most = -1, -np.inf
    for j in range(len(facet)):
        if facet[j] == wanted:
            value = (1 - weight) * information[j, node] + weight * information[j, node + 1]
            if value > most and not _is_among(j, asked):
                best, most = j, value
    return best


@compiled
def _is_among(item: int, asked: Integers) -> bool:
    found = False
    for i in range(len(asked)):
        found = found or asked[i] == item
    return found


@compiled
def expected_variances(
    items: Integers,
    first_row: Integers,
    probability: Floats,
    ability: Floats,
    share: Floats,
    variance: Floats,
) -> None:
    """The posterior variance that is expected once each item is answered.

    share : (n_nodes,), posterior weights on the items' scale
    variance : (n_items,), filled
    """
    for i in range(len(items)):
        variance[i] = 0.0
        for own in range(first_row[items[i]], first_row[items[i] + 1]):
            chance, mean, square = 0.0, 0.0, 0.0
            for q in range(len(ability)):
                weight = share[q] * probability[own, q]
                chance += weight
                mean += weight * ability[q]
                square += weight * ability[q] * ability[q]
            if chance > 0:
                variance[i] += square - mean * mean / chance
