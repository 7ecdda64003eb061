"""The parts that the variance of a rating is made of."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import ArgumentError


@dataclass(frozen=True, slots=True, kw_only=True)
class VarianceComponents:
    """Variances of the parts that a rating is the sum of, beside its criterion's mean.

    All in score points squared, 0 or more.

    candidate : how much candidates differ on everything alike
    candidate_by_criterion : how much one candidate differs between criteria
    severity : how much assessors differ in level, over all candidates
    halo : how much one assessor's overall impression of one candidate is off, on all criteria alike
    residual : what is left in a single rating
    assessor_by_criterion : how much one assessor's level differs between criteria

    Raises
    ------
    ArgumentError : a variance is negative or not finite, or all are zero
    """

    candidate: float
    candidate_by_criterion: float
    severity: float
    halo: float
    residual: float
    assessor_by_criterion: float = 0.0

    def __post_init__(self) -> None:
        for name, variance in dataclasses.asdict(self).items():
            if not (math.isfinite(variance) and variance >= 0):
                raise ArgumentError(f"The variance {name!r} must be 0 or more; got {variance:g}.")
        if self.total <= 0:
            raise ArgumentError("At least one variance must be above 0; all are zero.")

    @property
    def total(self) -> float:
        """Variance of one rating on one criterion."""
        return math.fsum(dataclasses.asdict(self).values())

    def scaled(self, factor: float) -> VarianceComponents:
        """The same shares with every variance multiplied."""
        return VarianceComponents(
            **{name: variance * factor for name, variance in dataclasses.asdict(self).items()}
        )

    def whole_true(self, weights: Sequence[float] | Floats) -> float:
        """Variance of candidates' true weighted whole; weights sum to 1."""
        return self.candidate + self.candidate_by_criterion * _sum_of_squares(weights)

    def whole_error(self, weights: Sequence[float] | Floats) -> float:
        """Error variance of the weighted whole when one assessor rates every criterion."""
        by_criterion = self.residual + self.assessor_by_criterion
        return self.severity + self.halo + by_criterion * _sum_of_squares(weights)

    @property
    def single_error(self) -> float:
        """Error variance of one rating on one criterion by an assessor of unknown severity."""
        return self.severity + self.assessor_by_criterion + self.halo + self.residual

    def whole_agreement(self, weights: Sequence[float] | Floats) -> float:
        """Correlation between two separate assessors' weighted wholes, 0 to 1.

        References
        ----------
        The intraclass correlation ICC(1,1) of Shrout and Fleiss (1979) for the weighted whole.
        """
        true = self.whole_true(weights)
        return true / (true + self.whole_error(weights))


def _sum_of_squares(weights: Sequence[float] | Floats) -> float:
    return float(np.square(np.asarray(weights, dtype=np.float64)).sum())
