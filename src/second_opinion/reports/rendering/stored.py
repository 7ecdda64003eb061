"""A stored report version as a document: computed anew, always the same."""

from __future__ import annotations

from django.utils import timezone

from second_opinion.ingest.case_file import from_dict
from second_opinion.reports.analysis import analyse_stored
from second_opinion.reports.models import ReportVersion
from second_opinion.reports.writing import ReportDocument, write_document


def document_of(version: ReportVersion, *, language: str) -> ReportDocument:
    """The version's report in one of the languages, by the method that it was written under."""
    case = from_dict(version.input)
    analysis = analyse_stored(case, version.method)
    issued_on = timezone.localdate(version.released_at or version.written_at)
    return write_document(case, analysis, language=language, issued_on=issued_on)
