"""Items of the graded response model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import AnswersError


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedItems:
    """Discriminations and thresholds: P(category k or higher) = logistic(a (ability - b_k)).

    discrimination : (n_items,), a, per standard deviation of ability; the logit has no 1.7
    threshold : (n_items, most categories - 1), b_1 to b_m, ascending (descending where a is
        negative); NaN past an item's last, and where two categories are not told apart because
        nobody used one of them
    n_categories : (n_items,)

    References
    ----------
    Samejima (1969).
    """

    discrimination: Floats
    threshold: Floats
    n_categories: Integers

    @classmethod
    def of(
        cls,
        discrimination: ArrayLike,
        threshold: ArrayLike,
        *,
        n_categories: ArrayLike | None = None,
    ) -> GradedItems:
        """Items from their parameters.

        Parameters
        ----------
        n_categories : (n_items,); unless given, one more than an item has thresholds

        Raises
        ------
        AnswersError : shapes that do not fit, a discrimination of 0 or no number, thresholds that
            are out of order, or none
        """
        slope: Floats = np.asarray(discrimination, dtype=np.float64)
        steps: Floats = np.asarray(threshold, dtype=np.float64)
        if slope.ndim != 1 or steps.ndim != 2 or len(slope) != len(steps) or not len(slope):
            raise AnswersError(
                "Items need one discrimination and one row of thresholds each; got shapes "
                f"{slope.shape} and {steps.shape}."
            )
        if n_categories is None:
            n_categories = (~np.isnan(steps)).sum(axis=1) + 1
        counts = np.asarray(n_categories, dtype=np.int64)
        for item, (one, row) in enumerate(zip(slope, steps, strict=True)):
            _refuse(item, float(one), row[: counts[item] - 1])
        return cls(discrimination=slope, threshold=steps, n_categories=counts)

    def __len__(self) -> int:
        return len(self.discrimination)

    def some(self, items: Integers) -> GradedItems:
        """Some of the items."""
        return GradedItems(
            discrimination=self.discrimination[items],
            threshold=self.threshold[items],
            n_categories=self.n_categories[items],
        )


def _refuse(item: int, slope: float, row: Floats) -> None:
    known = row[~np.isnan(row)]
    if not np.isfinite(slope) or slope == 0:
        raise AnswersError(
            f"Item {item + 1} has the discrimination {slope:g}; it must be a number other than 0."
        )
    if not len(known) or not np.isfinite(known).all():
        raise AnswersError(f"Item {item + 1} needs at least one threshold, each a finite number.")
    if (np.diff(known) * np.sign(slope) <= 0).any():
        raise AnswersError(
            f"The thresholds of item {item + 1} are out of order: "
            f"{', '.join(f'{one:g}' for one in known)}."
        )
