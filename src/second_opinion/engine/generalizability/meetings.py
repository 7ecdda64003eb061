"""How often the levels of two effects meet, and products of such counts; compiled when it pays.

A few thousand ratings go through SciPy, whose overhead is small beside waiting for a compiler.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
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
    # Imported here, as everywhere below: few ratings must not wait for a compiler to load.
    from second_opinion.engine.generalizability.kernel import counted

    starts, column, often = counted(own, np.stack(columns), shape[0], shape[1])
    return csr_array((often.copy(), column.copy(), starts), shape=shape)  # lets go of spare room


def symmetric_product(left: csr_array, right: csr_array) -> Floats:
    """Left' right, dense, of which only the lower half is to be read."""
    if left.shape[0] * left.shape[1] < COMPILED_FROM:
        return np.asarray(left.toarray().T @ right.toarray())
    from second_opinion.engine.generalizability.kernel import add_lower

    found = np.zeros((left.shape[1], right.shape[1]))
    add_lower(*_parts(left), *_parts(right), found)
    return found


def paired(left: csr_array, right: csr_array, square: Floats) -> float:
    """Sum of left' right times a square, entry by entry."""
    if left.shape[0] * left.shape[1] < COMPILED_FROM:
        return float(((left.toarray().T @ right.toarray()) * square).sum())
    from second_opinion.engine.generalizability import kernel

    return float(kernel.paired(*_parts(left), *_parts(right), square))


def paired_with_itself(left: csr_array, square: Floats) -> float:
    """Sum of left' left times a symmetric square, entry by entry."""
    if left.shape[0] * left.shape[1] < COMPILED_FROM:
        return paired(left, left, square)
    from second_opinion.engine.generalizability import kernel

    return float(kernel.paired_with_itself(*_parts(left), square))


def _parts(matrix: csr_array) -> tuple[Integers, Integers, Floats]:
    """Index arrays in one type, so that one compiled function serves all."""
    return (
        matrix.indptr.astype(np.int64, copy=False),
        matrix.indices.astype(np.int64, copy=False),
        matrix.data,
    )
