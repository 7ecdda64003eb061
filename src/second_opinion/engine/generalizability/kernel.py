"""Loops that count how often levels meet, and multiply such counts."""

from __future__ import annotations

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.compiling import compiled


@compiled
def members(own: Integers, n_rows: int) -> tuple[Integers, Integers]:
    """Where each level's ratings begin, and the ratings by level (counting sort)."""
    start = np.zeros(n_rows + 1, dtype=np.int64)
    for level in own:
        start[level + 1] += 1
    place = np.empty(n_rows, dtype=np.int64)
    for row in range(n_rows):
        place[row] = start[row]
        start[row + 1] += start[row]
    member = np.empty(len(own), dtype=np.int64)
    for rating, level in enumerate(own):
        member[place[level]] = rating
        place[level] += 1
    return start, member


@compiled
def counted(
    own: Integers, columns: Integers, n_rows: int, n_columns: int
) -> tuple[Integers, Integers, Floats]:
    """As ``meetings``: where each level's columns begin, the columns, and how often each came."""
    start, member = members(own, n_rows)
    seen_in, slot = np.empty(n_columns, dtype=np.int64), np.empty(n_columns, dtype=np.int64)
    for column in range(n_columns):
        seen_in[column] = -1
    found = np.empty(columns.size, dtype=np.int64)
    often = np.empty(columns.size)
    ends = np.zeros(n_rows + 1, dtype=np.int64)
    filled = 0
    for row in range(n_rows):
        for at in range(start[row], start[row + 1]):
            for kind in range(len(columns)):
                column = columns[kind, member[at]]
                if seen_in[column] != row:
                    seen_in[column] = row
                    slot[column] = filled
                    found[filled] = column
                    often[filled] = 0.0
                    filled += 1
                often[slot[column]] += 1.0
        ends[row + 1] = filled
    return ends, found[:filled], often[:filled]


@compiled
def add_lower(
    left_starts: Integers,
    left_columns: Integers,
    left: Floats,
    right_starts: Integers,
    right_columns: Integers,
    right: Floats,
    found: Floats,
) -> None:
    """Left' right, added to the lower half of found."""
    for row in range(len(left_starts) - 1):
        for at in range(left_starts[row], left_starts[row + 1]):
            for other in range(right_starts[row], right_starts[row + 1]):
                if right_columns[other] <= left_columns[at]:
                    found[left_columns[at], right_columns[other]] += left[at] * right[other]


@compiled
def paired(
    left_starts: Integers,
    left_columns: Integers,
    left: Floats,
    right_starts: Integers,
    right_columns: Integers,
    right: Floats,
    square: Floats,
) -> float:
    """Sum of left' right times a square, entry by entry."""
    total = 0.0
    for row in range(len(left_starts) - 1):
        for at in range(left_starts[row], left_starts[row + 1]):
            across = 0.0
            for other in range(right_starts[row], right_starts[row + 1]):
                across += square[left_columns[at], right_columns[other]] * right[other]
            total += across * left[at]
    return total


@compiled
def paired_with_itself(
    starts: Integers, columns: Integers, entries: Floats, square: Floats
) -> float:
    """The same of left' left and a symmetric square."""
    total = 0.0
    for row in range(len(starts) - 1):
        for at in range(starts[row], starts[row + 1]):
            across = 0.5 * square[columns[at], columns[at]] * entries[at]
            for other in range(starts[row], at):
                across += square[columns[at], columns[other]] * entries[other]
            total += 2 * across * entries[at]
    return total
