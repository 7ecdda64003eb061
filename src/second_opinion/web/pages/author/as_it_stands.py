"""The report as its author would sign it today, and whether its answer fits on a page."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.cases.models import Case
from second_opinion.ingest.case_file import CaseFile
from second_opinion.reports import selectors
from second_opinion.reports.analysis import CaseAnalysis, analyse_stored, method_of
from second_opinion.reports.rendering import pages_of_answer
from second_opinion.reports.writing import ReportDocument, write_document


def analysed(case: Case, case_file: CaseFile) -> CaseAnalysis:
    """By the method that its earlier cases allow."""
    return analyse_stored(case_file, method_of(case_file, selectors.earlier_opinions(case)))


def as_it_stands(
    case_file: CaseFile, analysis: CaseAnalysis, language: str | None
) -> ReportDocument:
    """The report as it would be signed today."""
    return write_document(
        case_file,
        analysis,
        language=language or case_file.language,
        issued_on=timezone.localdate(),
    )


def too_long(case_file: CaseFile, analysis: CaseAnalysis, language: str) -> str:
    """That the answer does not fit on its page, in one language; empty where it does."""
    if not case_file.written:
        return ""
    pages = pages_of_answer(as_it_stands(case_file, analysis, language))
    if pages == 1:
        return ""
    sentence = {
        "sv": _(
            "In Swedish the answer takes %(pages)d pages and is to stand on one. Shorten what is "
            "written, or take a sentence out."
        ),
        "en": _(
            "In English the answer takes %(pages)d pages and is to stand on one. Shorten what is "
            "written, or take a sentence out."
        ),
    }[language]
    return sentence % {"pages": pages}


def too_long_in(case: Case) -> list[str]:
    """In the case's language, and in every other that somebody wrote in."""
    case_file = selectors.case_file_of(case)
    if not case_file.written:
        return []
    analysis = analysed(case, case_file)
    languages = dict.fromkeys((case.language, *(one.language for one in case_file.written)))
    said = (too_long(case_file, analysis, language) for language in languages)
    return [sentence for sentence in said if sentence]
