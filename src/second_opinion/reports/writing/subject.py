"""One candidate of one case with the figures on them: what the chapters are written from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language

from second_opinion.ingest.case_file import (
    CaseFile,
    CriterionEntry,
    InstrumentEntry,
    OpinionEntry,
    RatingEntry,
    ReadingEntry,
    WrittenEntry,
)
from second_opinion.reports.analysis import (
    CandidateAnalysis,
    CaseAnalysis,
    ConclusionRule,
    CriterionAnalysis,
    opinions_on,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A candidate, by place in the case."""

    case: CaseFile
    analysis: CaseAnalysis
    place: int

    @property
    def name(self) -> str:
        return self.case.candidates[self.place]

    @property
    def figures(self) -> CandidateAnalysis:
        return self.analysis.candidates[self.place]

    @property
    def rule(self) -> ConclusionRule:
        return self.analysis.rule

    @property
    def opinions(self) -> tuple[OpinionEntry, ...]:
        return opinions_on(self.case, self.name)

    @property
    def anchor(self) -> str:
        return f"candidate-{self.place + 1}"

    @property
    def written(self) -> WrittenEntry:
        """What is written of the candidate in the reader's language, or else in another."""
        own = [one for one in self.case.written if one.candidate == self.name and not one.is_empty]
        language = (get_language() or self.case.language)[:2]
        nothing = WrittenEntry(candidate=self.name, language=language)
        return next((one for one in own if one.language == language), own[0] if own else nothing)

    def anchor_of(self, criterion: str) -> str:
        """Where in the report a criterion of this candidate stands."""
        criteria = [one.name for one in self.case.criteria]
        return f"{self.anchor}-criterion-{criteria.index(criterion) + 1}"

    def criteria(self) -> Iterator[tuple[CriterionEntry, CriterionAnalysis]]:
        """Each criterion of the profile with this candidate's figures on it."""
        return zip(self.case.criteria, self.figures.criteria, strict=True)

    def ratings_on(self, criterion: str) -> tuple[tuple[OpinionEntry, RatingEntry | None], ...]:
        """What each opinion says on a criterion; None where it says nothing of it."""
        return tuple(
            (
                opinion,
                next((each for each in opinion.ratings if each.criterion == criterion), None),
            )
            for opinion in self.opinions
        )

    def readings_on(self, criterion: str) -> tuple[tuple[InstrumentEntry, ReadingEntry], ...]:
        """What each instrument reads of this candidate on a criterion."""
        return tuple(
            (instrument, reading)
            for instrument in self.case.instruments
            if instrument.candidate == self.name
            for reading in instrument.readings
            if reading.criterion == criterion
        )


def subjects(case: CaseFile, analysis: CaseAnalysis) -> tuple[Subject, ...]:
    """All candidates, in the case's order."""
    return tuple(Subject(case, analysis, place) for place in range(len(case.candidates)))
