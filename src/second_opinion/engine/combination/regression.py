"""Why a second score is so often lower than a first one that impressed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtr

from second_opinion.engine.combination.components import VarianceComponents
from second_opinion.engine.errors import ArgumentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Regression:
    """What was to be expected of a second score, before it was given.

    standardised : the first score's distance from the level, in standard deviations
    expected : the second score that is most likely, in the first one's units
    spread : standard deviation of the second score about it, in the same units
    probability_nearer : that the second lies nearer to the level's side than the first
    """

    standardised: float
    expected: float
    spread: float
    probability_nearer: float


def probability_second_lower(standardised: float, *, agreement: float) -> float:
    """The probability that a second score is lower than a first one that lay so high.

    Parameters
    ----------
    standardised : the first score, in standard deviations above the level
    agreement : correlation of two opinions, 0 to below 1

    Raises
    ------
    ArgumentError : agreement outside 0 to below 1, or a score that is not finite

    References
    ----------
    Galton (1886); the conditional distribution of a bivariate normal: mean r z, variance 1 - r^2.
    """
    if not 0 <= agreement < 1:
        raise ArgumentError(f"agreement must lie between 0 and below 1; got {agreement:g}.")
    if not math.isfinite(standardised):
        raise ArgumentError("standardised must be a finite number.")
    return float(ndtr((1 - agreement) * standardised / math.sqrt(1 - agreement**2)))


def regression_of_second(
    first: float,
    *,
    level: float,
    level_variance: float,
    components: VarianceComponents,
    weights: tuple[float, ...],
) -> Regression:
    """What a first opinion's whole lets one expect of a second, separate one.

    Parameters
    ----------
    first : the first opinion's weighted whole, score points
    level, level_variance : of the case, before any rating
    weights : summing to 1

    Raises
    ------
    ArgumentError : a figure that is not finite
    """
    true = components.whole_true(weights) + level_variance
    spread = math.sqrt(true + components.whole_error(weights))
    agreement = true / spread**2
    standardised = (first - level) / spread
    if not math.isfinite(standardised):
        raise ArgumentError("first and level must be finite numbers.")
    lower = probability_second_lower(standardised, agreement=agreement)
    return Regression(
        standardised=standardised,
        expected=level + agreement * (first - level),
        spread=spread * math.sqrt(1 - agreement**2),
        probability_nearer=lower if standardised >= 0 else 1 - lower,
    )
