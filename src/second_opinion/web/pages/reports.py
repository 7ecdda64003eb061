import json
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.cases.models import Case
from second_opinion.cases.policies import may_run
from second_opinion.cases.selectors import remaining_candidacies_of
from second_opinion.reports import policies
from second_opinion.reports import selectors as reports
from second_opinion.reports.models import ReportVersion
from second_opinion.reports.rendering import page_context, pdf_of
from second_opinion.reports.rendering.stored import (
    advice_of,
    document_for_candidate,
    document_of,
    figures_of_version,
)
from second_opinion.reports.writing import ReportDocument
from second_opinion.web import refusals
from second_opinion.web.files import file_answer
from second_opinion.web.pages.coordinator.moves import moves_of
from second_opinion.web.requests import SignedInRequest


def home_of(person: Person, case: Case, *, author: int) -> str:
    """The name of the case's page for this reader: that of an assessor who wrote, the discussion.

    author : the key of who wrote what is read
    """
    return "discussion" if author == person.pk and not may_run(person, case) else "case"


@never_cache
@require_safe
def report(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Deciders say first what they would have done, so that figures do not replace judgement."""
    version = version_for(request, pseudonym)
    if reports.must_answer_first(request.user, version.case):
        return redirect("quick_answers", version.case.pseudonym)
    context = {
        "version": version,
        "case": version.case,
        "home": home_of(request.user, version.case, author=version.author_id),
        "moves": moves_of(request.user, version),
        "replies_until": reports.replies_open_until(version.case),
        "candidacies": remaining_candidacies_of(version.case)
        if may_run(request.user, version.case)
        else (),
        "may_share": bool(policies.may_share(request.user, version)),
        "has_advice": bool(policies.may_read_advice(request.user, version)),
        **page_context(document_in_language(version)),
    }
    return render(request, "cases/report.html", context)


@never_cache
@require_safe
def report_json(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Every figure of the version, and what came after the opening, for other programs."""
    version = version_for(request, pseudonym)
    if reports.must_answer_first(request.user, version.case):
        return redirect("quick_answers", version.case.pseudonym)
    text = json.dumps(figures_of_version(version), ensure_ascii=False, indent=2)
    return file_answer(f"{text}\n".encode(), version, "json")


@never_cache
@require_safe
def candidate_version(request: SignedInRequest, pseudonym: UUID, position: int) -> HttpResponse:
    """What one candidate reads, for the coordinators: nobody is shown what was not looked at."""
    version = version_for(request, pseudonym)
    require(may_run(request.user, version.case))
    candidacy = get_object_or_404(remaining_candidacies_of(version.case), position=position)
    language = get_language() or version.case.language
    document = document_for_candidate(version, candidacy, language=language)
    context = {"version": version, "case": version.case, "candidacy": candidacy}
    return render(request, "reports/for-candidate.html", context | page_context(document))


@never_cache
@require_safe
def getting_started(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Advice and questions, once they have been given out; the coordinators read them before."""
    version = _with_advice(request, pseudonym)
    document = advice_of(version, language=get_language() or version.case.language)
    context = {
        "version": version,
        "case": version.case,
        "home": home_of(request.user, version.case, author=version.author_id),
        "may_release": bool(policies.may_release_advice(request.user, version)),
    }
    return render(request, "reports/getting-started.html", context | page_context(document))


@never_cache
@require_safe
def getting_started_pdf(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    version = _with_advice(request, pseudonym)
    document = advice_of(version, language=get_language() or version.case.language)
    return file_answer(pdf_of(document), version, "pdf")


def _with_advice(request: SignedInRequest, pseudonym: UUID) -> ReportVersion:
    version = version_for(request, pseudonym)
    require(policies.may_read_advice(request.user, version))
    return version


def version_for(request: SignedInRequest, pseudonym: UUID) -> ReportVersion:
    version = reports.report_for(request.user, pseudonym)
    if version is None:
        refusals.refuse_report(request.user, pseudonym)
    return version


def document_in_language(version: ReportVersion) -> ReportDocument:
    """What was stored, by the method that was stored, in the language of the page."""
    return document_of(version, language=get_language() or version.case.language)
