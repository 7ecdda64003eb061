"""How often the levels of two effects meet, and products of such counts; compiled when it pays.

A few thousand ratings go through SciPy, whose overhead is small beside waiting for a compiler.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numba import njit
from scipy.sparse import coo_array, csr_array

from second_opinion.engine.arrays import Floats, Integers

COMPILED_FROM = 20_000  # ratings, or cells of a product


def meetings(own: Integers, columns: Sequence[Integers], shape: tuple[int, int]) -> csr_array:
    """How often each level meets each column.

    Parameters
    ----------
    own : (N,), a rating's level
    columns : (N,) each, the columns that it stands in
    shape : levels and columns

    Returns
    -------
    of that shape; columns of a row in no order
    """
    if len(own) < COMPILED_FROM:
        row = np.tile(own, len(columns))
        return coo_array((np.ones(len(row)), (row, np.concatenate(columns))), shape=shape).tocsr()
    starts, column, often = _counted(own, np.stack(columns), shape[0], shape[1])
    return csr_array((often, column, starts), shape=shape)


def symmetric_product(left: csr_array, right: csr_array) -> Floats:
    """Left' right, dense, of which only the lower half is to be read."""
    if left.shape[0] * left.shape[1] < COMPILED_FROM:
        return np.asarray(left.toarray().T @ right.toarray())
    found = np.zeros((left.shape[1], right.shape[1]))
    _add_lower(*_parts(left), *_parts(right), found)
    return found


def paired(left: csr_array, right: csr_array, square: Floats) -> float:
    """Sum of left' right times a square, entry by entry."""
    if left.shape[0] * left.shape[1] < COMPILED_FROM:
        return float(((left.toarray().T @ right.toarray()) * square).sum())
    return float(_paired(*_parts(left), *_parts(right), square))


def paired_with_itself(left: csr_array, square: Floats) -> float:
    """Sum of left' left times a symmetric square, entry by entry."""
    if left.shape[0] * left.shape[1] < COMPILED_FROM:
        return paired(left, left, square)
    return float(_paired_with_itself(*_parts(left), square))


def _parts(matrix: csr_array) -> tuple[Integers, Integers, Floats]:
    """Index arrays in one type, so that one compiled function serves all."""
    return (
        matrix.indptr.astype(np.int64, copy=False),
        matrix.indices.astype(np.int64, copy=False),
        matrix.data,
    )


@njit(cache=True)
def _counted(
    own: Integers, columns: Integers, n_rows: int, n_columns: int
) -> tuple[Integers, Integers, Floats]:
    start = np.zeros(n_rows + 1, dtype=np.int64)
    for level in own:
        start[level + 1] += 1
    start = np.cumsum(start)
    place = start[:-1].copy()
    member = np.empty(len(own), dtype=np.int64)
    for rating, level in enumerate(own):
        member[place[level]] = rating
        place[level] += 1
    seen_in = np.full(n_columns, -1, dtype=np.int64)
    slot = np.empty(n_columns, dtype=np.int64)
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
    return ends, found[:filled].copy(), often[:filled].copy()


@njit(cache=True)
def _add_lower(
    left_starts: Integers,
    left_columns: Integers,
    left: Floats,
    right_starts: Integers,
    right_columns: Integers,
    right: Floats,
    found: Floats,
) -> None:
    for row in range(len(left_starts) - 1):
        for at in range(left_starts[row], left_starts[row + 1]):
            for other in range(right_starts[row], right_starts[row + 1]):
                if right_columns[other] <= left_columns[at]:
                    found[left_columns[at], right_columns[other]] += left[at] * right[other]


@njit(cache=True)
def _paired(
    left_starts: Integers,
    left_columns: Integers,
    left: Floats,
    right_starts: Integers,
    right_columns: Integers,
    right: Floats,
    square: Floats,
) -> float:
    total = 0.0
    for row in range(len(left_starts) - 1):
        for at in range(left_starts[row], left_starts[row + 1]):
            across = 0.0
            for other in range(right_starts[row], right_starts[row + 1]):
                across += square[left_columns[at], right_columns[other]] * right[other]
            total += across * left[at]
    return total


@njit(cache=True)
def _paired_with_itself(
    starts: Integers, columns: Integers, entries: Floats, square: Floats
) -> float:
    total = 0.0
    for row in range(len(starts) - 1):
        for at in range(starts[row], starts[row + 1]):
            across = 0.5 * square[columns[at], columns[at]] * entries[at]
            for other in range(starts[row], at):
                across += square[columns[at], columns[other]] * entries[other]
            total += 2 * across * entries[at]
    return total
