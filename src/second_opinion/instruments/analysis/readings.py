"""Tests, references and raters as readings on a case's scale."""

from collections.abc import Sequence

from second_opinion.cases.models import Case
from second_opinion.engine.combination import (
    RatersReading,
    Reading,
    error_of_validity,
    reading_of_raters,
    reading_of_score,
)
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Scale
from second_opinion.instruments.errors import ResultError
from second_opinion.instruments.selectors import OutsideTest


def scale_of(case: Case) -> Scale:
    return Scale(case.scale_low, case.scale_high)


def reading_of_test(test: OutsideTest, *, case: Case) -> Reading:
    try:
        return reading_of_score(
            test.score,
            norm_mean=test.norm_mean,
            norm_deviation=test.norm_deviation,
            reliability=test.reliability,
            validity=test.validity,
            scale=scale_of(case),
        )
    except ArgumentError as error:
        raise ResultError(str(error)) from error


def error_by_validity(validity: float, *, case: Case) -> float:
    return error_of_validity(validity, scale=scale_of(case))


def raters_together(
    first: Sequence[float], second: Sequence[float] | None, *, case: Case
) -> RatersReading:
    return reading_of_raters(first, second, scale=scale_of(case))


def halo_of_one_rater(*, case: Case) -> float:
    """How far one person's errors go together over the criteria, 0 to below 1."""
    scale = scale_of(case)
    return reading_of_raters([scale.midpoint], scale=scale).error_correlation
