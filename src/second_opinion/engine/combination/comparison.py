"""Whether two assessors of one candidate differ more than chance explains."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.combination.components import VarianceComponents
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Ratings

SURPRISING = 1.96
"""Standard deviations beyond which a difference is called more than chance: 1 in 20 by chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Second assessor minus first, on what both rated.

    difference : (n_criteria,), score points, NaN where not both rated
    chance_range : how far apart two single ratings lie by chance 19 times in 20, score points
    whole_difference : on the weights of what both rated, NaN where they share nothing
    whole_chance_range : the same for that whole
    """

    difference: Floats
    chance_range: float
    whole_difference: float
    whole_chance_range: float

    @property
    def surprising(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """(n_criteria,): beyond the chance range; False where not both rated."""
        return np.abs(self.difference) > self.chance_range  # NaN compares as False

    @property
    def whole_surprising(self) -> bool:
        return abs(self.whole_difference) > self.whole_chance_range


def compare_opinions(
    ratings: Ratings,
    *,
    candidate: int,
    first: int,
    second: int,
    weights: Floats,
    components: VarianceComponents,
) -> Comparison:
    """The differences between two assessors, by code, on one candidate.

    Two ratings of the same truth differ with variance twice the variance of
    one rating's error: severity, assessor by criterion, halo and residual.

    Raises
    ------
    ArgumentError : first and second are the same assessor

    References
    ----------
    The limits of agreement of Bland and Altman (1986), with the model's own variance.
    """
    if first == second:
        raise ArgumentError("first and second must be two different assessors.")
    difference = _scores(ratings, candidate, second) - _scores(ratings, candidate, first)
    both = np.isfinite(difference)
    share = np.where(both, weights, 0.0)
    common = share.sum()
    if common > 0:
        share = share / common
        whole = float(share[both] @ difference[both])
        whole_range = SURPRISING * math.sqrt(2 * components.whole_error(share))
    else:
        whole = whole_range = math.nan
    return Comparison(
        difference=difference,
        chance_range=SURPRISING * math.sqrt(2 * components.single_error),
        whole_difference=whole,
        whole_chance_range=whole_range,
    )


def _scores(ratings: Ratings, candidate: int, assessor: int) -> Floats:
    scores = np.full(len(ratings.criterion), np.nan)
    own = (ratings.candidate.codes == candidate) & (ratings.assessor.codes == assessor)
    scores[ratings.criterion.codes[own]] = ratings.score[own]
    return scores
