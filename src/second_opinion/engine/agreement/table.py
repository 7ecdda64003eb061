"""Units x raters: the array that agreement is read from, and the way to it from ratings.

Shape letters in this room: U units, R raters, V different values; NaN is "not rated".
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import ArgumentError, NothingRatedError, UnknownNameError
from second_opinion.engine.ratings import Ratings

Answer = TypeVar("Answer")


def as_table(ratings: ArrayLike) -> Floats:
    """The ratings as a checked array of U units and R raters.

    Raises
    ------
    ArgumentError : not two-dimensional, or a rating is infinite
    NothingRatedError : every cell is empty
    """
    table = np.asarray(ratings, dtype=np.float64)
    if table.ndim != 2:
        raise ArgumentError(
            f"Agreement needs a table of units x raters; got {table.ndim} dimensions."
        )
    finite = np.isfinite(table)
    if not finite.all() and np.isinf(table).any():
        raise ArgumentError("A rating is infinite; leave a cell that was not rated as NaN.")
    if not finite.any():
        raise NothingRatedError("There is not a single rating to read.")
    return table


def units_by_raters(ratings: Ratings, *, criterion: str | None = None) -> Floats:
    """One criterion's scores, or every candidate's criteria as units of their own.

    Returns
    -------
    (n_candidates, n_assessors), or (n_candidates * n_criteria, n_assessors), score points; NaN
    where not rated

    Raises
    ------
    UnknownNameError : the table does not hold the criterion
    """
    n_criteria = len(ratings.criterion)
    if criterion is None:
        table = np.full((len(ratings.candidate) * n_criteria, len(ratings.assessor)), np.nan)
        unit = ratings.candidate.codes * n_criteria + ratings.criterion.codes
        table[unit, ratings.assessor.codes] = ratings.score
        return table
    if criterion not in ratings.criterion.labels:
        raise UnknownNameError(
            f"{criterion!r} is not among the criteria; known are "
            f"{', '.join(map(repr, ratings.criterion.labels))}."
        )
    rows = np.flatnonzero(ratings.criterion.codes == ratings.criterion.labels.index(criterion))
    table = np.full((len(ratings.candidate), len(ratings.assessor)), np.nan)
    table[ratings.candidate.codes[rows], ratings.assessor.codes[rows]] = ratings.score[rows]
    return table


def by_criterion(ratings: Ratings, statistic: Callable[[Floats], Answer]) -> dict[str, Answer]:
    """The statistic of each criterion that was rated, by the criterion's label."""
    rated = set(ratings.criterion.codes.tolist())
    return {
        label: statistic(units_by_raters(ratings, criterion=label))
        for code, label in enumerate(ratings.criterion.labels)
        if code in rated
    }


def by_pair(
    ratings: Ratings, statistic: Callable[[Floats], Answer], *, criterion: str | None = None
) -> dict[tuple[str, str], Answer]:
    """The statistic of each two assessors over the units that both rated.

    Returns
    -------
    by the two labels; pairs that share no unit are left out. The statistic is handed an array of
    (n_shared, 2) without NaN.
    """
    table = units_by_raters(ratings, criterion=criterion)
    given = ~np.isnan(table)
    shared = given.T.astype(np.float64) @ given
    labels = ratings.assessor.labels
    return {
        (labels[first], labels[second]): statistic(
            table[given[:, first] & given[:, second]][:, [first, second]]
        )
        for first, second in combinations(range(len(labels)), 2)
        if shared[first, second]
    }
