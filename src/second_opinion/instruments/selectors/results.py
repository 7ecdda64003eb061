"""What instruments say of candidates. Nothing here asks who reads it: opinions does."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from second_opinion.audit.services import decrypt
from second_opinion.cases.models import Candidacy
from second_opinion.ingest.case_file import ReadingEntry
from second_opinion.instruments.models import Result
from second_opinion.instruments.states import ResultKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultEntry:
    """What an instrument says, before it is kept and as it is read again.

    name : as it stands in the report; no name of a person
    readings : in points of the case's scale, each with its standard error
    error_correlation : between its readings, 0 to below 1
    source : how the figures came about, one sentence
    about : what else is known of it, in words by short name
    """

    kind: ResultKind
    name: str
    readings: tuple[ReadingEntry, ...]
    source: str
    error_correlation: float = 0.0
    about: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        return {
            "name": self.name,
            "readings": [[r.criterion, r.value, r.standard_error] for r in self.readings],
            "source": self.source,
            "error_correlation": self.error_correlation,
            "about": dict(self.about),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptResult:
    """A version of a result; reason says why it took an earlier one's place."""

    result: Result
    entry: ResultEntry
    reason: str

    @property
    def is_taken_back(self) -> bool:
        return not self.entry.readings


def results_of(candidacies: Iterable[Candidacy]) -> list[KeptResult]:
    """The newest version of each, those that were taken back left out; the oldest first."""
    newest: dict[UUID, Result] = {}
    rows = Result.objects.filter(candidacy__in=candidacies).select_related(
        "candidacy__case", "entered_by"
    )
    for row in rows.order_by("pk"):
        newest[row.series] = row
    read = (written_in(row) for row in newest.values())
    return [kept for kept in read if not kept.is_taken_back]


def with_results(candidacies: Iterable[Candidacy]) -> frozenset[int]:
    """Keys of the candidacies of which an instrument says something that counts.

    A questionnaire does not: it is never a sole source.
    """
    return frozenset(
        kept.result.candidacy_id
        for kept in results_of(candidacies)
        if kept.entry.kind is not ResultKind.QUESTIONNAIRE
    )


def versions_of(result: Result) -> list[KeptResult]:
    """All that were kept in its place, the first one first."""
    rows = Result.objects.filter(series=result.series).select_related("candidacy__case")
    return [written_in(row) for row in rows.order_by("version")]


def written_in(result: Result) -> KeptResult:
    text = decrypt(result.content, case=result.candidacy.case, label=result_label(result))
    stored = json.loads(text)
    return KeptResult(
        result=result,
        entry=ResultEntry(
            kind=ResultKind(result.kind),
            name=stored["name"],
            readings=tuple(
                ReadingEntry(criterion=criterion, value=float(value), standard_error=float(error))
                for criterion, value, error in stored["readings"]
            ),
            source=stored["source"],
            error_correlation=stored["error_correlation"],
            about=stored["about"],
        ),
        reason=stored["reason"],
    )


def result_label(result: Result) -> str:
    return f"result:{result.pseudonym}"
