"""Bias and interaction: pairs of elements that are rated stricter or milder than the sum says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.tables.effective_information import (
    Nuisance,
    effective_information,
)
from second_opinion.engine.facets.tables.expectation import Expectation
from second_opinion.engine.facets.tables.responses import Responses
from second_opinion.engine.facets.tables.sums import sums_by
from second_opinion.engine.facets.tables.table import Table

UNTESTABLE = 1e-6  # share of its information below which a pair has nothing of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionTable(Table):
    """One row for each pair of elements that meet.

    facets : the two, joined by " x "
    chi_square, degrees, probability : all pairs together, against no interaction at all
    first, second : labels of the pair
    count : (n_pairs,), ratings
    observed, expected : (n_pairs,), mean score, score points
    size : (n_pairs,), logits; positive is stricter than the two elements' measures say, all else
        held fixed
    standard_error : (n_pairs,), of size if there is no interaction
    t : (n_pairs,), size over standard error, about standard normal if there is no interaction;
        NaN where the pair's ratings are used up by the measures themselves
    """

    facets: str
    chi_square: float
    degrees: float
    probability: float
    first: tuple[str, ...]
    second: tuple[str, ...]
    count: Integers
    observed: Floats
    expected: Floats
    size: Floats
    standard_error: Floats
    t: Floats


def interaction_table(
    responses: Responses,
    expectation: Expectation,
    pair: tuple[str, str],
    *,
    units: Nuisance,
    others: Sequence[Nuisance],
) -> InteractionTable:
    """Sizes with standard errors that know what the measures have taken up.

    The usual t divides by the pair's own information. But the main effects were estimated from
    the same ratings and have followed them: the usual t is too small, the more so the fewer
    criteria or assessors there are. Here the variance of the summed residual is the effective
    information, which makes t a score test.

    Parameters
    ----------
    pair : names of two facets of responses
    units, others : all that was estimated

    References
    ----------
    Linacre (1989), ch. 9, for the table; Rao (1948) for the test.
    """
    first, second = (responses.facets[name] for name in pair)
    cells, cell = np.unique(first.codes * len(second) + second.codes, return_inverse=True)
    weight, n_cells = responses.weight, len(cells)
    information = weight * expectation.variance

    def summed(values: Floats) -> Floats:
        return sums_by(cell, values, n_cells)

    own, residual = summed(information), summed(weight * expectation.residual(responses))
    left = effective_information(
        information=information, target=cell, n_targets=n_cells, units=units, others=others
    )
    testable = left > UNTESTABLE * own
    given = responses.points[responses.threshold_set, responses.category]
    error = np.where(testable, np.sqrt(left), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        square, degrees = float(np.sum(residual**2 / own)), float(np.sum(left / own))
        total = summed(weight)
        return InteractionTable(
            facets=" x ".join(pair),
            chi_square=square,
            degrees=degrees,
            probability=float(chi2.sf(square, degrees)) if degrees > 0 else math.nan,
            first=tuple(first.labels[index] for index in cells // len(second)),
            second=tuple(second.labels[index] for index in cells % len(second)),
            count=np.bincount(cell, minlength=n_cells),
            observed=summed(weight * given) / total,
            expected=summed(weight * expectation.points(responses)) / total,
            size=-residual / own,
            standard_error=error / own,
            t=-residual / error,
        )
