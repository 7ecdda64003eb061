"""A calibration: what was read, what was fitted to it, and the tables after the fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from second_opinion.cli.calibration.words import interval, known
from second_opinion.ingest.ratings_file import RatingsFile

if TYPE_CHECKING:
    from second_opinion.engine.facets import FacetsFit, PersonIntervals
    from second_opinion.engine.facets.tables import FacetsTables


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Everything that sentences, tables, JSON and drawings are made from.

    model : as the command calls it
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
        return self.read.lower_is_better and len(set(self.read.ratings.scales)) == 1

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

    def score(self, value: float) -> float:
        """A score, or a mean of scores, in the file's own direction."""
        if not self.turns_round:
            return value
        scale = self.read.ratings.scales[0]
        return round(scale.low + scale.high - value, 12)

    def score_words(self, value: float) -> str:
        """A score as the file has it."""
        return f"{self.score(value):g}".replace("-", "−")
