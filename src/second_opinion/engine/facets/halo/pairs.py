"""Candidate-by-assessor pairs: whose ratings share an impression."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Integers
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.facets.block import Block
from second_opinion.engine.facets.layout import Layout
from second_opinion.engine.facets.model import ASSESSOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """The pairs of a block, in the order of its rows.

    order : (n_rows,), the block's rows, those of a pair beside each other
    first : (n_pairs + 1,), where each pair's rows begin in that order
    first_of_candidate : (n_candidates + 1,), where each candidate's pairs begin
    """

    order: Integers
    first: Integers
    first_of_candidate: Integers

    @property
    def n_pairs(self) -> int:
        return len(self.first) - 1

    @property
    def candidate(self) -> Integers:
        """(n_pairs,), each pair's candidate within the block."""
        return np.repeat(
            np.arange(len(self.first_of_candidate) - 1), np.diff(self.first_of_candidate)
        )

    @property
    def pair(self) -> Integers:
        """(n_rows,), each row's pair, rows in ``order``."""
        return np.repeat(np.arange(self.n_pairs), np.diff(self.first))


def pairs_of(block: Block, layout: Layout) -> Pairs:
    """The pairs of candidate and assessor that the block's rows belong to.

    Raises
    ------
    ArgumentError : the assessor is not among the model's facets
    """
    column = [effect.facets for effect in layout.effects]
    if (ASSESSOR,) not in column:
        raise ArgumentError("Halo is an assessor's; the model needs the assessor among its facets.")
    assessor = block.elements[:, column.index((ASSESSOR,))].astype(np.int64)
    candidate = block.candidate
    key = candidate * (int(assessor.max(initial=0)) + 1) + assessor
    is_sorted = bool((key[1:] >= key[:-1]).all())
    order = np.arange(len(key)) if is_sorted else np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    return Pairs(
        order=order,
        first=np.append(starts, len(key)),
        first_of_candidate=np.searchsorted(starts, block.first),
    )
