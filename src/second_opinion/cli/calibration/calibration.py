"""A calibration: what was read, what was fitted to it, and the tables after the fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from second_opinion.cli.calibration.direction import Turned, residuals_as_filed
from second_opinion.cli.calibration.words import interval, known
from second_opinion.ingest.ratings_file import RatingsFile

if TYPE_CHECKING:
    from second_opinion.engine.facets import FacetsFit, PersonIntervals
    from second_opinion.engine.facets.tables import FacetsTables
    from second_opinion.engine.facets.tables.unexpected import ResidualTable
    from second_opinion.engine.ratings import Ratings


def turns_round(read: RatingsFile) -> bool:
    """Whether scores are shown in the file's own direction, which is not that of the fit."""
    return read.lower_is_better and len(set(read.ratings.scales)) == 1


def points_in_words(points: float) -> str:
    """A score in words."""
    return f"{points:g}".replace("-", "−")


def turned_on(ratings: Ratings) -> Turned:
    """What turns score points round on the one scale that all ratings have."""
    ends = ratings.scales[0].low + ratings.scales[0].high
    return lambda points: np.round(ends - points, 12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Everything that sentences, tables, JSON and drawings are made from.

    model : as the command calls it
    tables : with score points in the file's own direction
    persons : intervals of the candidates that also know how sure severities are; None where the
        estimator has none
    """

    model: str
    read: RatingsFile
    fit: FacetsFit
    tables: FacetsTables
    persons: PersonIntervals | None

    @property
    def has_intervals(self) -> bool:
        """Joint maximum likelihood has none to show."""
        return self.fit.estimator == "mml"

    @property
    def turns_round(self) -> bool:
        """Whether scores can be shown as the file has them although lower is better there."""
        return turns_round(self.read)

    def interval(
        self, facet: str, row: int, measure: float, standard_error: float
    ) -> tuple[float | None, float | None]:
        """An element's 95 % interval; nothing where none is known."""
        if facet != "candidate" or self.persons is None:
            return interval(measure, standard_error)
        return known(float(self.persons.low.flat[row])), known(float(self.persons.high.flat[row]))

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Names of the abilities where there are several; else none."""
        names = self.fit.arrangement.layout.dimensions
        return names if len(names) > 1 else ()

    def candidate_of(self, row: int) -> tuple[str, str | None]:
        """Whose a candidate's row is, and of several abilities which."""
        names = self.dimensions
        if not names:
            return self.fit.candidates[row], None
        return self.fit.candidates[row // len(names)], names[row % len(names)]

    @property
    def residuals(self) -> ResidualTable:
        """One row for each rating, in the file's own direction."""
        found = self.tables.residuals()
        if not self.turns_round:
            return found
        return residuals_as_filed(found, turned_on(self.read.ratings))

    def score(self, value: float) -> float:
        """A score of the fit in the file's own direction; tables have theirs so already."""
        if not self.turns_round:
            return value
        return float(turned_on(self.read.ratings)(np.array(value)))

    def score_words(self, value: float) -> str:
        """A score of the fit in words, as the file has it."""
        return points_in_words(self.score(value))
