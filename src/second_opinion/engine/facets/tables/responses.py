"""Ratings as categories, with all of their place on the ruler but the ability."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Facet


@dataclass(frozen=True, slots=True, kw_only=True)
class Responses:
    """What a fitted many-facet model knows of each rating, as plain arrays.

    The probability of category k is proportional to exp(k (ability - difficulty) - t_k), with t_k
    the sum of the thresholds up to it.

    category : (n_ratings,), the category given, 0 to the last of its threshold set
    difficulty : (n_ratings,), logits; severity, criterion and interactions added up
    category_table : (n_sets, n_categories), t of each set of thresholds, 0 for the lowest; infinite
        for a category that the set does not have or nobody uses
    threshold_set : (n_ratings,), which set each rating follows
    points : (n_sets, n_categories), the score points that a category stands for; NaN where the set
        does not have it
    weight : (n_ratings,), as how many ratings each counts; at least 0
    facets : by name, the element that each rating belongs to
    """

    category: Integers
    difficulty: Floats
    category_table: Floats
    threshold_set: Integers
    points: Floats
    weight: Floats
    facets: Mapping[str, Facet]

    def __post_init__(self) -> None:
        n_ratings = len(self.category)
        lengths = {
            "difficulty": len(self.difficulty),
            "threshold_set": len(self.threshold_set),
            "weight": len(self.weight),
            **{name: len(facet.codes) for name, facet in self.facets.items()},
        }
        for name, length in lengths.items():
            if length != n_ratings:
                raise ArgumentError(
                    f"{name} must have one value for each of the {n_ratings} ratings; got {length}."
                )
        self._require_categories()

    def _require_categories(self) -> None:
        inside = (self.category >= 0) & (self.category < self.n_categories)
        known = self.category_table[self.threshold_set, np.where(inside, self.category, 0)]
        wrong = np.flatnonzero(~inside | np.isinf(known))
        if len(wrong):
            raise ArgumentError(
                f"Rating {wrong[0]} is in category {self.category[wrong[0]]}, which its set of "
                "thresholds does not have."
            )

    def __len__(self) -> int:
        return len(self.category)

    @property
    def n_categories(self) -> int:
        return int(self.category_table.shape[1])

    def cumulative(self) -> Floats:
        """Each rating's own t.

        Returns
        -------
        (n_categories, n_ratings), or (n_categories, 1) where all share one set; logits, infinite
        for a category that the rating cannot have
        """
        if len(self.category_table) == 1:
            return self.category_table.T.copy()
        return self.category_table[self.threshold_set].T.copy()

    @property
    def last(self) -> Integers:
        """The highest category of each set, (n_sets,)."""
        return highest_categories(self.category_table)


def highest_categories(category_table: Floats) -> Integers:
    """The last category of each row that is not infinite."""
    finite = np.isfinite(category_table)
    highest: Integers = finite.shape[1] - 1 - np.argmax(finite[:, ::-1], axis=1)
    return highest


def category_table_of(thresholds: Floats) -> Floats:
    """Sums of thresholds: t, as ``Responses`` has it.

    Parameters
    ----------
    thresholds : (n_sets, n_steps), logits; NaN beyond a set's last step

    Returns
    -------
    (n_sets, n_steps + 1), logits; infinite beyond the last
    """
    steps = np.where(np.isfinite(thresholds), thresholds, np.inf)
    return np.concatenate([np.zeros((len(steps), 1)), np.cumsum(steps, axis=1)], axis=1)


def thresholds_of(category_table: Floats) -> Floats:
    """Differences of t; past a category that nobody uses, from the last one in use.

    Returns
    -------
    (n_sets, n_categories), logits; NaN for the lowest category and for one that is not there
    """
    thresholds = np.full_like(category_table, np.nan)
    before = category_table[:, 0]
    for category in range(1, category_table.shape[1]):
        here = category_table[:, category]
        finite = np.isfinite(here)
        thresholds[finite, category] = (here - before)[finite]
        before = np.where(finite, here, before)
    return thresholds


def category_probabilities(location: Floats, cumulative: Floats) -> Floats:
    """The partial credit model's probabilities.

    Parameters
    ----------
    location : (n,), ability minus difficulty, logits
    cumulative : (n_categories, n) or (n_categories, 1), sums of thresholds

    Returns
    -------
    (n_categories, n), each column adds up to 1

    References
    ----------
    Masters (1982), eq. 8; Andrich (1978) where all share one set of thresholds.
    """
    logit = np.arange(len(cumulative), dtype=np.float64)[:, None] * location
    logit -= cumulative
    logit -= logit.max(axis=0)
    np.exp(logit, out=logit)
    logit /= logit.sum(axis=0)
    return logit
