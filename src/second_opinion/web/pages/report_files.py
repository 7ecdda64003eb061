"""A report's files to keep or to go on working with, each for whoever may read the report."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from second_opinion.accounts.policies import require
from second_opinion.cases.policies import may_run
from second_opinion.cases.selectors import remaining_candidacies_of
from second_opinion.reports import selectors as reports
from second_opinion.reports.models import ReportVersion
from second_opinion.reports.rendering import csv_of, pdf_of, word_of
from second_opinion.reports.rendering.stored import (
    document_for_candidate,
    explanation_for,
    further_document,
)
from second_opinion.reports.writing import ReportDocument
from second_opinion.web.files import file_answer
from second_opinion.web.pages.reports import document_in_language, version_for
from second_opinion.web.requests import SignedInRequest

Made = Callable[[ReportDocument], bytes]


@never_cache
@require_safe
def report_pdf(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    return _of_report(request, pseudonym, pdf_of, "pdf")


@never_cache
@require_safe
def report_word(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    return _of_report(request, pseudonym, word_of, "docx")


@never_cache
@require_safe
def report_drawings(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """The numbers of all drawings."""
    return _of_report(request, pseudonym, csv_of, "csv")


@never_cache
@require_safe
def candidate_version_pdf(request: SignedInRequest, pseudonym: UUID, position: int) -> HttpResponse:
    return _of_candidate(request, pseudonym, position, pdf_of, "pdf")


@never_cache
@require_safe
def candidate_version_word(
    request: SignedInRequest, pseudonym: UUID, position: int
) -> HttpResponse:
    return _of_candidate(request, pseudonym, position, word_of, "docx")


@never_cache
@require_safe
def report_memo(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """For employers in the public sector; its annex is given out or not by itself."""
    return _further(request, pseudonym, "memo")


@never_cache
@require_safe
def report_test_annex(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    return _further(request, pseudonym, "test-annex")


@never_cache
@require_safe
def report_oral_summary(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    return _further(request, pseudonym, "oral-summary")


@never_cache
@require_safe
def candidate_version_explanation(
    request: SignedInRequest, pseudonym: UUID, position: int
) -> HttpResponse:
    return _of_candidate(request, pseudonym, position, pdf_of, "pdf", write=explanation_for)


def _further(request: SignedInRequest, pseudonym: UUID, kind: str) -> HttpResponse:
    """What the report holds too, under the same conditions."""

    def document(version: ReportVersion) -> ReportDocument:
        language = get_language() or version.case.language
        return further_document(version, kind, language=language)

    return _of_report(request, pseudonym, pdf_of, "pdf", write=document, of=kind)


def _of_report(
    request: SignedInRequest,
    pseudonym: UUID,
    made: Made,
    ending: str,
    *,
    write: Callable[[ReportVersion], ReportDocument] = document_in_language,
    of: str = "",
) -> HttpResponse:
    """As on the page: who decides says first what they would have done."""
    version = version_for(request, pseudonym)
    if reports.must_answer_first(request.user, version.case):
        return redirect("quick_answers", version.case.pseudonym)
    return file_answer(made(write(version)), version, ending, of=of)


def _of_candidate(
    request: SignedInRequest,
    pseudonym: UUID,
    position: int,
    made: Made,
    ending: str,
    *,
    write: Callable[..., ReportDocument] = document_for_candidate,
) -> HttpResponse:
    """What one candidate reads, for the coordinators."""
    version = version_for(request, pseudonym)
    require(may_run(request.user, version.case))
    candidacy = get_object_or_404(remaining_candidacies_of(version.case), position=position)
    document = write(version, candidacy, language=get_language() or version.case.language)
    return file_answer(made(document), version, ending, of=f"candidate-{position}")
