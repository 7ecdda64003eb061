"""Units x raters: the array that agreement is read from.

Shape letters in this room: U units, R raters, V different values; NaN is "not rated".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import ArgumentError, NothingRatedError


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
