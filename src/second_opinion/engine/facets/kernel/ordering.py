"""Loops that bring ratings into order in time proportional to their number."""

from __future__ import annotations

import numpy as np

from second_opinion.engine.arrays import Integers
from second_opinion.engine.compiling import compiled


@compiled
def order_by(key: Integers, n_keys: int) -> Integers:
    """Rows by key, those of one key as they came (counting sort)."""
    next_place = np.zeros(n_keys + 1, np.int64)
    for one in key:
        next_place[one + 1] += 1
    for one in range(n_keys):
        next_place[one + 1] += next_place[one]
    order = np.empty(len(key), np.int64)
    for row in range(len(key)):
        order[next_place[key[row]]] = row
        next_place[key[row]] += 1
    return order


@compiled
def hang_together(first: Integers, second: Integers, n_first: int, n_second: int) -> bool:
    """Whether all levels that occur are joined by rows (union-find with path halving)."""
    parent = np.empty(n_first + n_second, np.int64)
    occurs = np.empty(n_first + n_second, np.bool_)
    for node in range(n_first + n_second):
        parent[node], occurs[node] = node, False
    n_groups = 0
    for row in range(len(first)):
        one, two = first[row], n_first + second[row]
        for node in (one, two):
            if not occurs[node]:
                occurs[node] = True
                n_groups += 1
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        while parent[two] != two:
            parent[two] = parent[parent[two]]
            two = parent[two]
        if one != two:
            parent[two] = one
            n_groups -= 1
    return n_groups <= 1
