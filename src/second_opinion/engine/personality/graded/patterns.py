"""Answers grouped: people who answered alike are gone through once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.personality.answers import Answers, Categories


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """Different rows of answers.

    category : (n_patterns, n_items)
    weight : (n_patterns,), how many people, or their weights' sum
    """

    category: Categories
    weight: Floats

    def __len__(self) -> int:
        return len(self.weight)

    def thinned(self, step: int) -> Patterns:
        """Every so manieth, and one for each answer that is not among these."""
        kept = np.zeros(len(self), dtype=np.bool_)
        kept[::step] = True
        for item in range(self.category.shape[1]):
            given = self.category[:, item]
            different, first = np.unique(given, return_index=True)
            kept[first[~np.isin(different, given[::step])]] = True
        return Patterns(
            category=np.ascontiguousarray(self.category[kept]), weight=self.weight[kept]
        )


def patterns_of(answers: Answers, weight: Floats | None = None) -> Patterns:
    """The different rows among answers, in no order that depends on who came first."""
    category = np.ascontiguousarray(answers.category)
    one = np.ones(len(category)) if weight is None else weight
    as_bytes = category.view(np.dtype((np.void, category.shape[1]))).ravel()
    _, first, code = np.unique(as_bytes, return_index=True, return_inverse=True)
    # scattered: neighbours in sorted order are alike, and a thinned sample must not be
    order: Integers = np.random.default_rng(0).permutation(len(first))
    total = np.bincount(code, one).astype(np.float64)
    return Patterns(category=category[first[order]], weight=total[order])
