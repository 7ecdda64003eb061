"""Rows that share elements and threshold group, as one cell each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.block import Block
from second_opinion.engine.facets.layout import Layout

_MOST_KEYS = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Which cell each row is in, and what is in it.

    cell : (n_rows,)
    elements : (n_cells, n_effects), group : (n_cells,), as in the block
    total : (n_candidates,), sum of the categories given, weighted
    given : (n_coordinates,), the same by element; by category parameter how often it was given
    """

    cell: NDArray[np.int32]
    elements: NDArray[np.int32]
    group: NDArray[np.int32]
    total: Floats
    given: Floats


def cells_of(layout: Layout, block: Block) -> Cells:
    """The cells of a block's rows."""
    cell, example = _number(layout, block)
    elements, group = block.elements[example], block.group[example]
    weighted = block.category.astype(np.float64)
    if block.weight is not None:
        weighted *= block.weight
    sums = np.concatenate([[0.0], np.cumsum(weighted)])
    by_cell = np.bincount(cell, weights=weighted, minlength=len(group))
    given = np.zeros(layout.n_coordinates)
    for effect in range(elements.shape[1]):
        given += np.bincount(elements[:, effect], weights=by_cell, minlength=len(given))
    n_categories = layout.category.shape[1]
    count = np.bincount(
        block.group * n_categories + block.category,
        weights=block.weight,
        minlength=layout.category.size,
    ).reshape(layout.category.shape)
    free = layout.category >= 0
    given[layout.category[free]] += count[free]
    return Cells(
        cell=cell,
        elements=elements,
        group=group,
        total=sums[block.first[1:]] - sums[block.first[:-1]],
        given=given,
    )


def _number(layout: Layout, block: Block) -> tuple[NDArray[np.int32], Integers]:
    """Each row's cell, and a row of each cell."""
    key = block.group.astype(np.int64)
    n_keys = len(layout.groups)
    for effect, column in zip(layout.effects, block.elements.T, strict=True):
        if effect.facets == () or n_keys * len(effect.labels) > 2**62:
            break
        key *= len(effect.labels)
        key += column
        key -= effect.start
        n_keys *= len(effect.labels)
    if n_keys <= max(_MOST_KEYS, 4 * len(key)):
        row = np.full(n_keys, -1, dtype=np.int64)
        row[key] = np.arange(len(key))
        used = np.flatnonzero(row >= 0)
        number = np.empty(n_keys, dtype=np.int32)
        number[used] = np.arange(len(used), dtype=np.int32)
        return number[key], row[used]
    _, example, cell = np.unique(key, return_index=True, return_inverse=True)
    return cell.astype(np.int32), example
