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
from second_opinion.reports.rendering import csv_of, pdf_of, word_of
from second_opinion.reports.rendering.stored import document_for_candidate
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


def _of_report(request: SignedInRequest, pseudonym: UUID, made: Made, ending: str) -> HttpResponse:
    """As on the page: who decides says first what they would have done."""
    version = version_for(request, pseudonym)
    if reports.must_answer_first(request.user, version.case):
        return redirect("quick_answers", version.case.pseudonym)
    return file_answer(made(document_in_language(version)), version, ending)


def _of_candidate(
    request: SignedInRequest, pseudonym: UUID, position: int, made: Made, ending: str
) -> HttpResponse:
    """What one candidate reads, for the coordinators."""
    version = version_for(request, pseudonym)
    require(may_run(request.user, version.case))
    candidacy = get_object_or_404(remaining_candidacies_of(version.case), position=position)
    language = get_language() or version.case.language
    document = document_for_candidate(version, candidacy, language=language)
    return file_answer(made(document), version, ending, of=f"candidate-{position}")
