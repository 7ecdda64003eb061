"""Counts, means and covariances of answers, from everybody who answered both items of a pair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.personality.answers import Answers

_AT_ONCE = 200_000  # people


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """Sums over people, which add up over parts of the people.

    n_people : how many answered anything
    n_complete : how many answered every item
    n_both : (n_items, n_items), who answered both; on the diagonal, who answered
    first : (n_items, n_items), sums of the row's item over those who answered both
    second : (n_items, n_items), sums of products over them
    """

    n_people: int
    n_complete: int
    n_both: Integers
    first: Floats
    second: Floats

    def __add__(self, other: Moments) -> Moments:
        return Moments(
            n_people=self.n_people + other.n_people,
            n_complete=self.n_complete + other.n_complete,
            n_both=self.n_both + other.n_both,
            first=self.first + other.first,
            second=self.second + other.second,
        )

    @property
    def mean(self) -> Floats:
        """(n_items,), of categories from 0; NaN where nobody answered."""
        with np.errstate(invalid="ignore"):
            return np.diagonal(self.first) / np.diagonal(self.n_both)

    @property
    def covariance(self) -> Floats:
        """(n_items, n_items), over pairs; NaN where fewer than two people answered both."""
        with np.errstate(invalid="ignore", divide="ignore"):
            away = self.second - self.first * self.first.T / self.n_both
            return np.asarray(np.where(self.n_both > 1, away / (self.n_both - 1), np.nan))

    @property
    def correlation(self) -> Floats:
        """(n_items, n_items), of covariances over pairs and variances over each item."""
        covariance = self.covariance
        deviation = np.sqrt(np.diagonal(covariance))
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(covariance / np.outer(deviation, deviation))


def moments_of(answers: Answers) -> Moments:
    """The sums over all people; who answered nothing is not counted."""
    parts = range(0, max(len(answers), 1), _AT_ONCE)
    total = _part(answers.of_people(slice(0, _AT_ONCE)))
    for begin in parts[1:]:
        total += _part(answers.of_people(slice(begin, begin + _AT_ONCE)))
    return total


def _part(answers: Answers) -> Moments:
    is_given = (answers.category >= 0).astype(np.float64)
    given = np.where(answers.category >= 0, answers.category, 0).astype(np.float64)
    answered = answers.answered
    return Moments(
        n_people=int((answered > 0).sum()),
        n_complete=int((answered == answers.n_items).sum()),
        n_both=np.rint(is_given.T @ is_given).astype(np.int64),
        first=given.T @ is_given,
        second=given.T @ given,
    )
