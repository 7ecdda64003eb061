"""Ratings as the plain arrays that the passes over the data read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Ratings of some candidates, whole candidates only, sorted by candidate.

    first : (n_candidates + 1,), where each candidate's rows begin; the last is the number of rows
    category : (n_rows,), the category given, from 0 in the row's threshold group
    elements : (n_rows, n_effects), places of the row's elements among the parameters
    group : (n_rows,), the row's threshold group
    weight : (n_rows,), how many times the row counts; None where all count once
    dimension : (n_rows,), which ability; None where there is one
    row : (n_rows,), which row of the ratings this is
    """

    first: Integers
    category: NDArray[np.int16]
    elements: NDArray[np.int32]
    group: NDArray[np.int32]
    weight: Floats | None
    dimension: NDArray[np.int16] | None
    row: Integers

    @property
    def n_candidates(self) -> int:
        return len(self.first) - 1

    @property
    def n_rows(self) -> int:
        return len(self.category)

    @property
    def candidate(self) -> Integers:
        """(n_rows,), each row's candidate within the block."""
        return np.repeat(np.arange(self.n_candidates), np.diff(self.first))

    def part(self, candidates: slice) -> Block:
        """The rows of some candidates that follow one another."""
        first = self.first[candidates.start : candidates.stop + 1]
        rows = slice(int(first[0]), int(first[-1]))
        return Block(
            first=first - first[0],
            category=self.category[rows],
            elements=self.elements[rows],
            group=self.group[rows],
            weight=None if self.weight is None else self.weight[rows],
            dimension=None if self.dimension is None else self.dimension[rows],
            row=self.row[rows],
        )

    def rows_of(self, chosen: Integers) -> tuple[Integers, Integers]:
        """Where the rows of chosen candidates begin, as `first`, and which rows these are."""
        count = self.first[chosen + 1] - self.first[chosen]
        first = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
        rows = np.repeat(self.first[chosen] - first[:-1], count)
        rows += np.arange(first[-1])
        return first, rows

    def thinned(self, step: int) -> Block:
        """The rows of every so many-th candidate."""
        first, rows = self.rows_of(np.arange(0, self.n_candidates, step))
        return Block(
            first=first,
            category=self.category[rows],
            elements=self.elements[rows],
            group=self.group[rows],
            weight=None if self.weight is None else self.weight[rows],
            dimension=None if self.dimension is None else self.dimension[rows],
            row=self.row[rows],
        )
