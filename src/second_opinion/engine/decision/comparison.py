"""Weights out of paired comparisons, and how well the comparisons agree with each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError

_GREATEST_GCI = {3: 0.31, 4: 0.35}
_GREATEST_GCI_OF_MORE = 0.37


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedWeights:
    """
    weights : (n_items,), positive, sum to 1
    residuals : (n_comparisons,), natural logarithm of the given ratio over the weights' ratio
    geometric_consistency : residual variance, >= 0; nan where no comparison is to spare
    typical_factor : exp of the residual standard deviation, >= 1; nan likewise
    is_consistent : geometric_consistency is within what is taken as consistent; true where nothing
        could be inconsistent
    """

    weights: Floats
    residuals: Floats
    geometric_consistency: float
    typical_factor: float
    is_consistent: bool


def weights_from_comparisons(
    first: ArrayLike, second: ArrayLike, ratio: ArrayLike, *, n_items: int
) -> ComparedWeights:
    """Weights whose log ratios lie closest to those given, in least squares.

    With every pair compared once the weights are the rows' geometric means, and the residual
    variance is Crawford and Williams' consistency index with its (n - 1)(n - 2) / 2 degrees of
    freedom. Pairs may be left out, as long as every item hangs together with every other.

    Parameters
    ----------
    first, second : (n_comparisons,), item indices, 0 to n_items - 1
    ratio : (n_comparisons,), how many times as important the first is as the second, > 0
    n_items : at least 2

    Raises
    ------
    ArgumentError : an index or ratio that cannot be, or items that no chain of comparisons joins

    References
    ----------
    Crawford and Williams (1985), Journal of Mathematical Psychology 29, 387: the method, and s^2.
    Aguaron and Moreno-Jimenez (2003), European Journal of Operational Research 147, 137, table 4:
    .31, .35 and .37 (three, four, more items) agree with Saaty's consistency ratio of .10.
    Bozoki, Fulop and Ronyai (2010), Mathematical and Computer Modelling 52, 318: pairs left out.
    """
    of_first, of_second = np.asarray(first, dtype=np.int64), np.asarray(second, dtype=np.int64)
    ratios = np.asarray(ratio, dtype=float)
    _check(of_first, of_second, ratios, n_items=n_items)
    rows = np.arange(ratios.size)
    design = np.zeros((ratios.size, n_items))
    design[rows, of_first] = 1.0
    design[rows, of_second] = -1.0
    logs, _squares, rank, _singular = np.linalg.lstsq(design, np.log(ratios), rcond=None)
    if rank < n_items - 1:
        raise ArgumentError(
            "The comparisons fall into groups that none joins, so no weights follow between them; "
            "compare one item of each group with one of another."
        )
    residuals = np.log(ratios) - design @ logs
    spare = ratios.size - (n_items - 1)
    variance = float(residuals @ residuals) / spare if spare else float("nan")
    shares = np.exp(logs - logs.max())
    limit = _GREATEST_GCI.get(n_items, _GREATEST_GCI_OF_MORE)
    return ComparedWeights(
        weights=shares / shares.sum(),
        residuals=residuals,
        geometric_consistency=variance,
        typical_factor=float(np.exp(np.sqrt(variance))),
        is_consistent=not variance > limit,
    )


def _check(first: Integers, second: Integers, ratio: Floats, *, n_items: int) -> None:
    if n_items < 2:
        raise ArgumentError(f"Weights need at least two items to compare; there are {n_items}.")
    if not first.shape == second.shape == ratio.shape or ratio.ndim != 1:
        raise ArgumentError("first, second and ratio must be of one length.")
    if ratio.size and not (np.isfinite(ratio).all() and (ratio > 0).all()):
        raise ArgumentError("A ratio must be a finite number above 0.")
    indices = np.concatenate([first, second])
    if indices.size and not ((indices >= 0).all() and (indices < n_items).all()):
        raise ArgumentError(f"An item's index must lie between 0 and {n_items - 1}.")
    if (first == second).any():
        raise ArgumentError("An item cannot be compared with itself.")
