"""Each candidate's assessors: how alike they rated this one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.agreement.units import unit_codes
from second_opinion.engine.agreement.within_group import (
    even_variance,
    stepped_up_over_criteria,
    variance_within,
)
from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.ratings import Ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAgreement:
    """One candidate's ratings.

    n_assessors : who rated it
    n_criteria : that were rated twice or more
    mean_difference : between two assessors on one criterion, score points, without sign
    same : share of such pairs that gave one value, 0 to 1
    within_group : rwg of the criteria together, 0 to 1
    All three are NaN where no criterion was rated twice.
    """

    candidate: str
    n_assessors: int
    n_criteria: int
    mean_difference: float
    same: float
    within_group: float


def agreement_of_cases(ratings: Ratings, *, step: float | None) -> tuple[CaseAgreement, ...]:
    """Every candidate that was rated.

    Parameters
    ----------
    step : distance between neighbouring scores, for rwg; without it rwg is NaN

    References
    ----------
    James, Demaree and Wolf (1984), eq. 2.
    """
    _, first, unit = np.unique(unit_codes(ratings), return_index=True, return_inverse=True)
    m = np.bincount(unit)
    seen = m >= 2
    candidate, criterion = ratings.candidate.codes[first], ratings.criterion.codes[first]
    size = len(ratings.candidate)
    n_seen = np.bincount(candidate[seen], minlength=size)
    apart, alike = _pairs(unit, ratings.score, m)
    within = np.full(size, np.nan)
    if step is not None:
        share = variance_within(unit, ratings.score) / _even_variances(ratings, step)[criterion]
        within = stepped_up_over_criteria(_mean(share, seen, candidate, n_seen), n_seen)
    difference = _mean(apart, seen, candidate, n_seen)
    same = _mean(alike, seen, candidate, n_seen)
    n_assessors = _assessors(ratings)
    return tuple(
        CaseAgreement(
            candidate=ratings.candidate.labels[code],
            n_assessors=int(n_assessors[code]),
            n_criteria=int(n_seen[code]),
            mean_difference=float(difference[code]),
            same=float(same[code]),
            within_group=float(within[code]),
        )
        for code in np.flatnonzero(n_assessors)
    )


def _assessors(ratings: Ratings) -> Integers:
    size = len(ratings.assessor)
    met = np.unique(ratings.candidate.codes * size + ratings.assessor.codes)
    return np.bincount(met // size, minlength=len(ratings.candidate))


def _mean(
    values: Floats,
    seen: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    candidate: Integers,
    n_seen: Integers,
) -> Floats:
    sums = np.bincount(candidate, weights=np.where(seen, values, 0.0), minlength=len(n_seen))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(sums / n_seen)


def _pairs(unit: Integers, score: Floats, m: Integers) -> tuple[Floats, Floats]:
    """Mean distance of two ratings of a unit, and share of pairs that are alike."""
    order = np.lexsort((score, unit))
    own, value = unit[order], score[order]
    starts = np.cumsum(m) - m
    place = np.arange(len(order)) - starts[own]
    # in order, the i-th of m values is added i times and taken away m - 1 - i times
    apart = np.bincount(own, weights=(2 * place - m[own] + 1) * value)
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = (own[1:] != own[:-1]) | (value[1:] != value[:-1])
    often = np.bincount(np.cumsum(begins) - 1).astype(np.float64)
    alike = np.bincount(own[begins], weights=often * (often - 1) / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        n_pairs = m * (m - 1) / 2
        return np.asarray(apart / n_pairs), np.asarray(alike / n_pairs)


def _even_variances(ratings: Ratings, step: float) -> Floats:
    """Variance of even guessing on each criterion's scale, score points squared."""
    even = [even_variance(round(scale.span / step) + 1) for scale in ratings.scales]
    return np.array(even) * step**2
