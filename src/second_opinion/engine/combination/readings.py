"""What an outside figure becomes: a reading on the case's scale, with its standard error."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.arrays import Floats
from second_opinion.engine.combination.population import planning_population
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Scale

DEVIATIONS_PER_SPAN = 4
"""The norm group's mean is the middle of the scale, and two standard deviations reach its ends:
a convention, as the anchors of a measured attribute are written to it."""

RATER_PRIOR_WEIGHT = 4
"""Criteria that the planning error of one rater counts for, beside those two raters have rated
(our planning assumption)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """value, standard_error : score points of the case's scale"""

    value: float
    standard_error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RatersReading:
    """What one rater or two say together of several criteria.

    value : (m,), score points
    standard_error : of each value, score points, above 0
    error_correlation : between two criteria's errors, 0 to below 1
    """

    value: Floats
    standard_error: float
    error_correlation: float


def standard_error_of_measurement(*, reliability: float, standard_deviation: float) -> float:
    """How far an observed score lies from the true one: SD times the root of 1 - reliability.

    Parameters
    ----------
    reliability : above 0 and below 1
    standard_deviation : of observed scores in the norm group, in their own points, above 0

    References
    ----------
    Lord and Novick (1968), Statistical Theories of Mental Test Scores, ch. 3.

    >>> round(standard_error_of_measurement(reliability=0.91, standard_deviation=12), 6)
    3.6
    """
    _require_share(reliability, "reliability")
    if not (math.isfinite(standard_deviation) and standard_deviation > 0):
        raise ArgumentError(
            f"A standard deviation is a number above 0; got {standard_deviation:g}."
        )
    return standard_deviation * math.sqrt(1 - reliability)


def reading_of_score(
    score: float,
    *,
    norm_mean: float,
    norm_deviation: float,
    reliability: float,
    scale: Scale,
    validity: float | None = None,
) -> Reading:
    """A test score on the case's scale; past its ends it is set to the end.

    Without a validity the criterion is what the test measures, and only its error of measurement
    counts. With one, the score is a sign of the criterion: z / validity, with the error that
    lets both correlate so, the root of 1 - validity squared over validity. Combined with a prior
    of one deviation that gives back the regression, validity times z.

    Parameters
    ----------
    score, norm_mean, norm_deviation : in the test's own points
    reliability, validity : above 0 and below 1
    """
    error = standard_error_of_measurement(
        reliability=reliability, standard_deviation=norm_deviation
    )
    step = scale.span / DEVIATIONS_PER_SPAN / norm_deviation
    value, spread = (score - norm_mean) * step, error * step
    if not math.isfinite(value):
        raise ArgumentError(f"A score and its norm's mean are finite numbers; got {score:g}.")
    if validity is not None:
        _require_share(validity, "validity")
        value /= validity
        spread = norm_deviation * step * _noise(validity)
    within = min(max(scale.midpoint + value, scale.low), scale.high)
    return Reading(value=within, standard_error=spread)


def error_of_validity(validity: float, *, scale: Scale) -> float:
    """Standard error, in score points, of a rating that goes with the truth as `validity` says.

    The truth varies as the planning population has it. The rating itself is taken as it is, which
    is cautious: it moves the estimate by the square of the validity at most.
    """
    _require_share(validity, "validity")
    parts = planning_population([scale]).components
    return math.sqrt(parts.candidate + parts.candidate_by_criterion) * _noise(validity)


def reading_of_raters(
    first: ArrayLike, second: ArrayLike | None = None, *, scale: Scale
) -> RatersReading:
    """What two raters who do not know of each other say, or one alone.

    The error variance of one rater is half the mean squared difference over criteria (known as
    Dahlberg's formula; the within mean square of Shrout and Fleiss 1979, ICC(1,2)), pooled with
    the planning error by the number of criteria. The mean of two has half of it; one alone has
    the planning error. Raters' errors go together over criteria as the planning components say.

    Parameters
    ----------
    first, second : (m,), score points on the same criteria
    """
    one = np.asarray(first, dtype=np.float64)
    parts = planning_population([scale]).components
    variance = parts.single_error
    shared = (parts.severity + parts.halo) / parts.single_error
    _require_scores(one, scale)
    if second is None:
        return RatersReading(
            value=one.copy(), standard_error=math.sqrt(variance), error_correlation=shared
        )
    other = np.asarray(second, dtype=np.float64)
    _require_scores(other, scale)
    if one.shape != other.shape:
        raise ArgumentError("Two raters are compared on the same criteria, each rated by both.")
    within = float(np.square(one - other).sum()) / 2
    pooled = (within + RATER_PRIOR_WEIGHT * variance) / (one.size + RATER_PRIOR_WEIGHT)
    return RatersReading(
        value=(one + other) / 2, standard_error=math.sqrt(pooled / 2), error_correlation=shared
    )


def _noise(validity: float) -> float:
    """Standard deviation of the noise beside a truth of deviation 1 that lets them correlate so."""
    return math.sqrt(1 - validity**2) / validity


def _require_share(value: float, name: str) -> None:
    if not 0 < value < 1:
        raise ArgumentError(f"A {name} lies above 0 and below 1; got {value:g}.")


def _require_scores(scores: Floats, scale: Scale) -> None:
    inside = (scores >= scale.low) & (scores <= scale.high)  # not-a-number fails too
    if scores.ndim != 1 or scores.size == 0 or not inside.all():
        raise ArgumentError(
            f"Scores are numbers from {scale.low:g} to {scale.high:g}, one for each criterion."
        )
