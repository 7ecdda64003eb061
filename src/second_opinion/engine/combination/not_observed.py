"""Whether what was not observed was likely left out for a reason that the scores show."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import ndtr

from second_opinion.engine.arrays import Floats
from second_opinion.engine.combination.dependence import Dependence
from second_opinion.engine.combination.instruments import Instrument
from second_opinion.engine.combination.observations import observations, require_fitting
from second_opinion.engine.combination.population import Population
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Ratings

SURPRISING = 0.05
"""Two-sided probability below which leaving out is called likely informative."""


class LeftOut(StrEnum):
    """What can be said of what was not observed."""

    NOTHING = "nothing left out"
    CANNOT_TELL = "cannot tell"
    NO_SIGN = "no sign of a reason"
    LIKELY_INFORMATIVE = "likely informative"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotObserved:
    """The check of one candidate.

    left_out : opinions by criterion that have no score
    compared : of these, cells that another assessor or an instrument scored
    difference : those scores less what the rest lets expect, mean, score points; NaN if none
    probability : that chance alone gives a difference as large, two-sided; NaN if none
    """

    verdict: LeftOut
    left_out: int
    compared: int
    difference: float
    probability: float


def check_not_observed(
    ratings: Ratings,
    *,
    candidate: int,
    not_observed: Sequence[tuple[int, int]],
    population: Population,
    dependence: Dependence | None = None,
    instruments: Sequence[Instrument] = (),
) -> NotObserved:
    """Others' scores where somebody left out, against what all the rest lets expect.

    If assessors leave out what would have been low, those who did score it score lower there than
    the other criteria suggest. Under the model the mean difference is normal with known variance.

    Parameters
    ----------
    candidate : code
    not_observed : pairs of assessor and criterion, codes, without a score

    Raises
    ------
    ArgumentError : a pair that has a score, or parts that do not fit

    References
    ----------
    Rubin (1976) on what may be ignored; the test is a conditional normal of the model's own.
    """
    require_fitting(ratings, population, dependence, instruments)
    scored = set(
        zip(
            ratings.candidate.codes.tolist(),
            ratings.assessor.codes.tolist(),
            ratings.criterion.codes.tolist(),
            strict=True,
        )
    )
    if any((candidate, assessor, criterion) in scored for assessor, criterion in not_observed):
        raise ArgumentError("not_observed names an assessor and a criterion that have a score.")
    seen = observations(ratings, population, dependence, instruments)
    gaps = np.array(sorted({criterion for _, criterion in not_observed}), dtype=np.int64)
    chosen = (seen.candidate == candidate) & np.isin(seen.criterion, gaps)
    if not not_observed:
        return _answer(LeftOut.NOTHING, 0, 0, math.nan, math.nan)
    if not chosen.any() or chosen.all():
        return _answer(LeftOut.CANNOT_TELL, len(not_observed), 0, math.nan, math.nan)
    difference, deviation = _against_the_rest(seen.covariance, seen.surprise, chosen)
    probability = float(2 * ndtr(-abs(difference) / deviation))
    verdict = LeftOut.LIKELY_INFORMATIVE if probability < SURPRISING else LeftOut.NO_SIGN
    return _answer(verdict, len(not_observed), int(chosen.sum()), difference, probability)


def _against_the_rest(
    covariance: Floats, surprise: Floats, chosen: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> tuple[float, float]:
    """Mean difference of the chosen from what the rest predicts, and its standard deviation."""
    rest = ~chosen
    pull = np.linalg.solve(covariance[np.ix_(rest, rest)], covariance[np.ix_(rest, chosen)])
    difference = surprise[chosen] - pull.T @ surprise[rest]
    left = covariance[np.ix_(chosen, chosen)] - covariance[np.ix_(chosen, rest)] @ pull
    return float(difference.mean()), math.sqrt(max(float(left.mean()), 1e-12))


def _answer(
    verdict: LeftOut, left_out: int, compared: int, difference: float, probability: float
) -> NotObserved:
    return NotObserved(
        verdict=verdict,
        left_out=left_out,
        compared=compared,
        difference=difference,
        probability=probability,
    )
