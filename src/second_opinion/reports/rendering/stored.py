"""A stored report version as a document: computed anew, always the same."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from second_opinion.cases.models import Candidacy
from second_opinion.ingest.case_file import CaseFile
from second_opinion.reports import selectors
from second_opinion.reports.analysis import analyse_stored
from second_opinion.reports.models import ReportVersion
from second_opinion.reports.rendering.figures import figures_of
from second_opinion.reports.rendering.recent import Recent
from second_opinion.reports.writing import (
    ReportDocument,
    with_addendum,
    with_revisions_for_candidate,
    write_document,
    write_explanation,
    write_for_candidate,
    write_getting_started,
    write_memo,
    write_oral_summary,
    write_test_annex,
)

SCHEMA = "second-opinion/report/1"
_RECENT: Recent[ReportDocument] = Recent(most=8)
FURTHER: dict[str, Callable[..., ReportDocument]] = {
    "memo": write_memo,
    "test-annex": write_test_annex,
    "oral-summary": write_oral_summary,
}


def document_of(version: ReportVersion, *, language: str) -> ReportDocument:
    """The version's report in one of the languages, by the method that it was written under."""
    case = selectors.case_file_of_version(version)
    addendum = selectors.addendum_of_version(version)
    issued_on = timezone.localdate(version.released_at or version.written_at)

    def write() -> ReportDocument:
        analysis = analyse_stored(case, version.method)
        document = write_document(case, analysis, language=language, issued_on=issued_on)
        return with_addendum(document, addendum)

    made_from = (version.pseudonym, version.input_hash, version.addendum_hash)
    method = json.dumps(version.method, sort_keys=True)
    return _RECENT.of((*made_from, method, language, issued_on), write)


def document_for_candidate(
    version: ReportVersion, candidacy: Candidacy, *, language: str
) -> ReportDocument:
    """The candidate's own version of a report version; nothing of another finalist is in it."""
    case = selectors.case_file_of_version(version)
    document = write_for_candidate(
        case,
        analyse_stored(case, version.method),
        candidate=candidacy.name,
        language=language,
        issued_on=timezone.localdate(version.to_candidates_at or version.written_at),
    )
    addendum = selectors.addendum_of_version(version)
    return with_revisions_for_candidate(document, addendum, candidacy.name)


def further_document(version: ReportVersion, kind: str, *, language: str) -> ReportDocument:
    """Another document of the same case by the same method: one of FURTHER."""
    case = selectors.case_file_of_version(version)
    issued_on = timezone.localdate(version.released_at or version.written_at)
    analysis = analyse_stored(case, version.method)
    return FURTHER[kind](case, analysis, language=language, issued_on=issued_on)


def explanation_for(
    version: ReportVersion, candidacy: Candidacy, *, language: str
) -> ReportDocument:
    """How the system took part in the decision on one candidate."""
    case = selectors.case_file_of_version(version)
    return write_explanation(
        case,
        analyse_stored(case, version.method),
        candidate=candidacy.name,
        language=language,
        issued_on=timezone.localdate(version.to_candidates_at or version.written_at),
    )


def advice_of(version: ReportVersion, *, language: str) -> ReportDocument:
    """Advice on getting started and questions for references: a document of its own."""
    case = selectors.case_file_of_version(version)
    return write_getting_started(
        case,
        analyse_stored(case, version.method),
        language=language,
        issued_on=timezone.localdate(version.started_at or version.written_at),
    )


def _without_advice(case: CaseFile) -> CaseFile:
    """What has a release of its own goes out with nothing else."""
    return dataclasses.replace(
        case,
        written=tuple(
            dataclasses.replace(one, starting=(), to_ask_references=()) for one in case.written
        ),
    )


def figures_of_version(version: ReportVersion) -> dict[str, Any]:
    """The version as plain values, for other programs: `second-opinion/report/1`."""
    case = selectors.case_file_of_version(version)
    if version.started_at is None:
        case = _without_advice(case)
    addendum = dataclasses.asdict(selectors.addendum_of_version(version))
    return {
        "schema": SCHEMA,
        "number": version.number,
        "figures": figures_of(case, analyse_stored(case, version.method)),
        "after_the_opening": addendum,
    }
