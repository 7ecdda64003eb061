"""Ratings as a list of who gave which unit what: a table of units by raters without its gaps.

A provider's history has hundreds of assessors of whom two or three rate one unit; as a table it
would be a hundred times larger than what it holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.agreement.table import as_table
from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import UnknownNameError
from second_opinion.engine.ratings import Ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """N ratings; at most one for each unit and rater, where raters can be told apart.

    unit, rater : (N,), numbered from 0; every unit and every rater has a rating
    score : (N,), finite
    raters : their names, in the order of their numbers
    """

    unit: Integers
    rater: Integers
    score: Floats
    n_units: int
    raters: tuple[str, ...]

    @classmethod
    def of_ratings(cls, ratings: Ratings, *, criterion: str | None = None) -> Units:
        """One criterion's candidates, or every candidate on every criterion.

        What is rated on two occasions is two units. Weights have no part in agreement.

        Raises
        ------
        UnknownNameError : the table does not hold the criterion
        """
        unit = unit_codes(ratings)
        assessor, score = ratings.assessor.codes, ratings.score
        if criterion is not None:
            rows = np.flatnonzero(ratings.criterion.codes == _criterion_code(ratings, criterion))
            unit, assessor, score = unit[rows], assessor[rows], score[rows]
        units, unit = np.unique(unit, return_inverse=True)
        known, rater = np.unique(assessor, return_inverse=True)
        return cls(
            unit=unit,
            rater=rater,
            score=score,
            n_units=len(units),
            raters=tuple(ratings.assessor.labels[code] for code in known),
        )

    @classmethod
    def of_table(cls, ratings: ArrayLike) -> Units:
        """A table (U, R) with NaN where not rated; empty rows and columns are dropped.

        Raises
        ------
        ArgumentError, NothingRatedError
        """
        table = as_table(ratings)
        given = ~np.isnan(table)
        rated, known = given.any(axis=1), np.flatnonzero(given.any(axis=0))
        table, given = table[rated][:, known], given[rated][:, known]
        unit, rater = np.nonzero(given)
        return cls(
            unit=unit,
            rater=rater,
            score=table[given],
            n_units=len(table),
            raters=tuple(str(code + 1) for code in known),
        )

    @property
    def n_raters(self) -> int:
        return len(self.raters)

    @property
    def n_ratings(self) -> Integers:
        """Ratings of each unit.

        Returns
        -------
        (n_units,), 1 or more
        """
        return np.bincount(self.unit, minlength=self.n_units)

    @property
    def is_complete(self) -> bool:
        """Whether every rater rated every unit."""
        return len(self.score) == self.n_units * self.n_raters

    @property
    def is_nested(self) -> bool:
        """Whether no rater rated two units, or there is one rater: no rater can be compared."""
        return self.n_raters < 2 or bool((np.bincount(self.rater) < 2).all())

    def without_raters(self) -> Units:
        """The same ratings by raters who cannot be told apart."""
        return replace(self, rater=np.zeros_like(self.rater), raters=("",))

    def whole(self) -> Floats:
        """The table of the units that every rater rated.

        Returns
        -------
        (units, raters), without gaps
        """
        kept = self.n_ratings == self.n_raters
        row = np.cumsum(kept) - 1
        rows = np.flatnonzero(kept[self.unit])
        table = np.empty((int(kept.sum()), self.n_raters))
        table[row[self.unit[rows]], self.rater[rows]] = self.score[rows]
        return table

    def n_constant(self) -> int:
        """Raters who gave two ratings or more, all of one value."""
        low, high = np.full(self.n_raters, np.inf), np.full(self.n_raters, -np.inf)
        np.minimum.at(low, self.rater, self.score)
        np.maximum.at(high, self.rater, self.score)
        several = np.bincount(self.rater, minlength=self.n_raters) >= 2
        return int((several & (low == high)).sum())


def unit_codes(ratings: Ratings) -> Integers:
    """A number for each combination of candidate, criterion and further facets.

    Returns
    -------
    (n_ratings,), with gaps
    """
    code = np.zeros(len(ratings), dtype=np.int64)
    for facet in (ratings.candidate, ratings.criterion, *ratings.further.values()):
        code = code * len(facet) + facet.codes
    return code


def _criterion_code(ratings: Ratings, criterion: str) -> int:
    if criterion not in ratings.criterion.labels:
        raise UnknownNameError(
            f"{criterion!r} is not among the criteria; known are "
            f"{', '.join(map(repr, ratings.criterion.labels))}."
        )
    return ratings.criterion.labels.index(criterion)
