"""Ratings and readings of a case as one vector with its covariance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import block_diag

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.combination.covariance import error_covariance, truth_covariance
from second_opinion.engine.combination.dependence import Dependence
from second_opinion.engine.combination.instruments import Instrument
from second_opinion.engine.combination.population import Population
from second_opinion.engine.combination.severity import SeverityTable
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Ratings

_LEAST_ROOT = -1e-9  # of the largest: what rounding alone makes negative


@dataclass(frozen=True, slots=True, kw_only=True)
class Observations:
    """All that was observed: the ratings first, then each instrument's readings.

    candidate, criterion : (n,), codes
    surprise : (n,), what was observed less what was expected before, score points
    covariance : (n, n), of the observed, score points squared
    unlearnt : the same with severities drawn anew for every candidate, so that nothing is learnt
        of an assessor from one candidate for another
    """

    candidate: Integers
    criterion: Integers
    surprise: Floats
    covariance: Floats
    unlearnt: Floats


def observations(
    ratings: Ratings,
    population: Population,
    dependence: Dependence | None,
    instruments: Sequence[Instrument],
) -> Observations:
    """The vector; its parts must fit each other.

    Raises
    ------
    ArgumentError : the declared dependence and the shared meetings contradict each other
    """
    severity = SeverityTable.of(
        ratings.assessor.labels,
        population.severities,
        population.components,
        n_criteria=len(ratings.criterion),
    )
    assessor, rated = ratings.assessor.codes, ratings.criterion.codes
    candidate = np.concatenate(
        [
            ratings.candidate.codes,
            *(np.full(len(one.value), one.candidate, dtype=np.int64) for one in instruments),
        ]
    )
    criterion = np.concatenate([rated, *(one.criterion for one in instruments)])
    expected = population.mean[rated] + severity.mean[assessor, rated]
    surprises = [ratings.score - expected]
    surprises += [one.value - population.mean[one.criterion] for one in instruments]

    full = _errors(ratings, population, severity, dependence, instruments)
    if dependence is not None and not dependence.is_none:
        _require_possible(full)
    truth = truth_covariance(
        candidate,
        candidate,
        criterion,
        criterion,
        components=population.components,
        mean_variance=population.mean_variance,
    )
    return Observations(
        candidate=candidate,
        criterion=criterion,
        surprise=np.concatenate(surprises),
        covariance=truth + full,
        # whatever errors share over candidates is severity
        unlearnt=truth + full * (candidate[:, None] == candidate[None, :]),
    )


def _errors(
    ratings: Ratings,
    population: Population,
    severity: SeverityTable,
    dependence: Dependence | None,
    instruments: Sequence[Instrument],
) -> Floats:
    of_ratings = error_covariance(
        ratings.candidate.codes,
        ratings.assessor.codes,
        ratings.criterion.codes,
        components=population.components,
        severity=severity,
        dependence=dependence,
        shared_meeting=population.shared_meeting,
    )
    together = block_diag(of_ratings, *(one.error_covariance for one in instruments))
    return np.asarray(together, dtype=np.float64)


def require_fitting(
    ratings: Ratings,
    population: Population,
    dependence: Dependence | None,
    instruments: Sequence[Instrument],
) -> None:
    """Refuse parts of a case that do not belong together.

    Raises
    ------
    ArgumentError : what does not fit, by name
    """
    n_candidates, n_criteria = len(ratings.candidate), len(ratings.criterion)
    if population.mean.shape != (n_criteria,):
        raise ArgumentError(
            f"The population has {population.mean.size} means for {n_criteria} criteria."
        )
    if not np.isfinite(ratings.score).all():
        raise ArgumentError("The ratings hold a score that is not a finite number.")
    shape = (n_candidates, len(ratings.assessor))
    if dependence is not None and dependence.meeting.shape != shape:
        raise ArgumentError(
            f"dependence is for {dependence.meeting.shape} candidates and assessors; the ratings "
            f"have {shape}."
        )
    for one in instruments:
        if not 0 <= one.candidate < n_candidates:
            raise ArgumentError(f"Instrument {one.name!r} names no candidate of the ratings.")
        if not ((one.criterion >= 0) & (one.criterion < n_criteria)).all():
            raise ArgumentError(f"Instrument {one.name!r} names no criterion of the ratings.")


def _require_possible(errors: Floats) -> None:
    roots = np.linalg.eigvalsh(errors)
    if len(roots) and roots[0] < _LEAST_ROOT * max(roots[-1], 1.0):
        raise ArgumentError(
            "dependence contradicts itself together with the shared meetings: no errors can "
            "correlate like this. Declare that the others hang together too, or correlate less."
        )
