"""Ratings that surprise, and the table of residuals that they are taken from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.facets.tables.expectation import Expectation, known_points
from second_opinion.engine.facets.tables.responses import Responses
from second_opinion.engine.facets.tables.table import Table
from second_opinion.engine.ratings import Facet


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidualTable(Table):
    """One row for each rating, in the order of the ratings or of their surprise.

    row : (n,), place among the ratings, from 0
    candidate, assessor, criterion : labels
    observed, expected : (n,), score points
    residual : (n,), score points; positive is higher than expected
    variance : (n,), score points squared, of a rating under the model
    standardised : (n,), residual in standard deviations
    """

    row: Integers
    candidate: tuple[str, ...]
    assessor: tuple[str, ...]
    criterion: tuple[str, ...]
    observed: Floats
    expected: Floats
    residual: Floats
    variance: Floats
    standardised: Floats

    def sentences(self) -> tuple[str, ...]:
        """Each row in words."""
        return tuple(
            f"{self.assessor[row]!r} gave {self.candidate[row]!r} {self.observed[row]:g} on "
            f"{self.criterion[row]!r}, where {self.expected[row]:.1f} was expected: "
            f"{abs(self.standardised[row]):.1f} standard deviations too "
            f"{'high' if self.residual[row] > 0 else 'low'}."
            for row in range(len(self))
        )


def residual_table(
    responses: Responses, expectation: Expectation, rows: Integers | None = None
) -> ResidualTable:
    """Observed beside expected for each rating, or for the chosen rows in their order.

    Score points, not categories: where a scale's points are not one apart, expected and variance
    follow the points.
    """
    chosen = np.arange(len(responses)) if rows is None else rows
    known = known_points(responses)[responses.threshold_set[chosen]].T
    chance = expectation.probability[:, chosen]
    expected = (known * chance).sum(axis=0)
    variance = (np.square(known - expected) * chance).sum(axis=0)
    observed = known[responses.category[chosen], np.arange(len(chosen))]
    return ResidualTable(
        row=chosen,
        candidate=_labels(responses.facets["candidate"], chosen),
        assessor=_labels(responses.facets["assessor"], chosen),
        criterion=_labels(responses.facets["criterion"], chosen),
        observed=observed,
        expected=expected,
        residual=observed - expected,
        variance=variance,
        standardised=expectation.standardised(responses)[chosen],
    )


def unexpected_ratings(
    responses: Responses, expectation: Expectation, *, limit: float = 3.0
) -> ResidualTable:
    """The ratings whose standardised residual reaches the limit, most surprising first.

    Parameters
    ----------
    limit : standard deviations, above 0

    Raises
    ------
    ArgumentError : the limit is not above 0
    """
    if not limit > 0:
        raise ArgumentError(f"The limit must be above 0 standard deviations; got {limit:g}.")
    surprise = np.abs(expectation.standardised(responses))
    beyond = np.flatnonzero(surprise >= limit)
    return residual_table(
        responses, expectation, beyond[np.argsort(-surprise[beyond], kind="stable")]
    )


def _labels(facet: Facet, rows: Integers) -> tuple[str, ...]:
    return tuple(facet.labels[code] for code in facet.codes[rows])
