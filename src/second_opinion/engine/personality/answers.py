"""Answers to a questionnaire as categories in the keyed direction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import AnswersError

MISSING = -1
MOST_CATEGORIES = 100
Categories = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What people answered.

    category : (n_persons, n_items), from 0, higher is more of what is measured; -1 where missing
    n_categories : (n_items,), 2 to 100
    """

    category: Categories
    n_categories: Integers

    @classmethod
    def of(cls, category: ArrayLike, n_categories: ArrayLike) -> Answers:
        """Categories from 0 that are keyed already, -1 where there is no answer.

        Parameters
        ----------
        n_categories : one number for all items, or (n_items,)

        Raises
        ------
        AnswersError : no table, a category that its item does not have, or too few or too many
        """
        table = np.asarray(category)
        if table.ndim != 2 or not table.shape[1]:
            raise AnswersError(
                f"Answers are a table of people by items; got {table.ndim} dimensions, "
                f"shape {table.shape}."
            )
        counts = np.broadcast_to(np.asarray(n_categories, dtype=np.int64), table.shape[1]).copy()
        if (counts < 2).any() or (counts > MOST_CATEGORIES).any():
            item = int(np.flatnonzero((counts < 2) | (counts > MOST_CATEGORIES))[0])
            raise AnswersError(
                f"Item {item + 1} has {counts[item]} categories; an item needs 2 to "
                f"{MOST_CATEGORIES}."
            )
        wrong = (table < MISSING) | (table >= counts)
        if wrong.any():
            person, item = (int(place) for place in np.argwhere(wrong)[0])
            raise AnswersError(
                f"Person {person + 1} has category {table[person, item]} on item {item + 1}, whose "
                f"categories are 0 to {counts[item] - 1}, or -1 for none."
            )
        return cls(category=table.astype(np.int8), n_categories=counts)

    @classmethod
    def from_scores(
        cls, scores: ArrayLike, *, low: ArrayLike, high: ArrayLike, is_reversed: ArrayLike
    ) -> Answers:
        """Scores as they were given, NaN where missing; reversed items are turned round.

        Parameters
        ----------
        scores : (n_persons, n_items), whole steps of 1 from low to high
        low, high, is_reversed : one for all items, or (n_items,)

        Raises
        ------
        AnswersError : a score outside the scale or between its points
        """
        given: Floats = np.asarray(scores, dtype=np.float64)
        if given.ndim != 2:
            raise AnswersError(f"Scores are a table of people by items; got shape {given.shape}.")
        lowest = np.broadcast_to(np.asarray(low, dtype=np.float64), given.shape[1])
        highest = np.broadcast_to(np.asarray(high, dtype=np.float64), given.shape[1])
        turned = np.broadcast_to(np.asarray(is_reversed, dtype=np.bool_), given.shape[1])
        step = np.where(turned, highest - given, given - lowest)
        is_missing = np.isnan(given)
        wrong = ~is_missing & ((step != np.round(step)) | (step < 0) | (step > highest - lowest))
        if wrong.any():
            person, item = (int(place) for place in np.argwhere(wrong)[0])
            raise AnswersError(
                f"Person {person + 1} has {given[person, item]:g} on item {item + 1}, whose scale "
                f"is {lowest[item]:g} to {highest[item]:g} in steps of 1."
            )
        category = np.where(is_missing, MISSING, step).astype(np.int64)
        return cls.of(category, (highest - lowest + 1).astype(np.int64))

    def __len__(self) -> int:
        return len(self.category)

    @property
    def n_items(self) -> int:
        return int(self.category.shape[1])

    @property
    def answered(self) -> Integers:
        """(n_persons,), how many items each person answered."""
        return np.asarray((self.category >= 0).sum(axis=1), dtype=np.int64)

    def of_people(self, people: Integers | NDArray[np.bool_] | slice) -> Answers:
        """Some of the people."""
        return Answers(category=self.category[people], n_categories=self.n_categories)

    def on_items(self, items: Integers | NDArray[np.bool_]) -> Answers:
        """Some of the items."""
        return Answers(
            category=np.ascontiguousarray(self.category[:, items]),
            n_categories=self.n_categories[items],
        )
