"""The candidate's own version of the report, behind a mailed code; the reply; and what follows."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from second_opinion.candidates import policies, selectors, services
from second_opinion.candidates.errors import CandidateError, CodeError, NotAskedError
from second_opinion.candidates.states import ReplyKind
from second_opinion.cases.states import IS_OPENED
from second_opinion.library.experience import HIGHEST, ITEMS, LOWEST
from second_opinion.reports import selectors as reports
from second_opinion.reports.models import ReportVersion
from second_opinion.reports.rendering import page_context, pdf_of, word_of
from second_opinion.reports.rendering.stored import document_for_candidate, explanation_for
from second_opinion.reports.writing import ReportDocument
from second_opinion.web.files import file_answer
from second_opinion.web.pages.candidate.door import for_candidate, page
from second_opinion.web.pages.candidate.forms import answered
from second_opinion.web.requests import CandidateRequest

CONFIRMED = "candidate_confirmed"  # the link whose mailbox has been shown to be the visitor's


@require_safe
@for_candidate
def report(request: CandidateRequest) -> HttpResponse:
    def shown(document: ReportDocument, _version: ReportVersion) -> HttpResponse:
        context = _reply_context(request) | page_context(document)
        return page(request, "candidate/report.html", context)

    return _own_version(request, shown)


@require_safe
@for_candidate
def report_pdf(request: CandidateRequest) -> HttpResponse:
    return _own_version(request, lambda own, version: file_answer(pdf_of(own), version, "pdf"))


@require_safe
@for_candidate
def report_word(request: CandidateRequest) -> HttpResponse:
    return _own_version(request, lambda own, version: file_answer(word_of(own), version, "docx"))


@require_safe
@for_candidate
def explanation(request: CandidateRequest) -> HttpResponse:
    """A letter on which part the system had in the decision."""
    return _own_version(
        request,
        lambda own, version: file_answer(pdf_of(own), version, "pdf", of="explanation"),
        write=explanation_for,
    )


def _own_version(
    request: CandidateRequest,
    answer: Callable[[ReportDocument, ReportVersion], HttpResponse],
    *,
    write: Callable[..., ReportDocument] = document_for_candidate,
) -> HttpResponse:
    """What the candidate may read, once the mailbox has been shown to be theirs."""
    version = reports.version_for_candidate(request.candidacy)
    if version is None:
        return page(request, "candidate/no-report.html", {})
    if not _is_confirmed(request):
        return redirect("candidate_code")
    language = get_language() or request.candidacy.language
    document = write(version, request.candidacy, language=language)
    return answer(document, version)


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
def code(request: CandidateRequest) -> HttpResponse:
    """Ask for a code, or enter it; no report is shown without."""
    is_entered = request.POST.get("act") == "enter"

    def act() -> None:
        if not is_entered:
            services.ask_for_code(link=request.link)
            return
        services.enter_code(link=request.link, code=request.POST.get("code", ""))
        request.session[CONFIRMED] = str(request.link.pseudonym)

    if request.method == "POST" and not is_entered:
        return _code_sent(request, act)
    return answered(
        request,
        act if request.method == "POST" else None,
        template="candidate/code.html",
        context=lambda _request: {"is_sent": is_entered},
        leads_to="candidate_report",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
def reply(request: CandidateRequest) -> HttpResponse:
    def say() -> None:
        kind = request.POST.get("kind", "")
        if kind not in ReplyKind.values:
            raise NotAskedError(_("Say whether a fact is wrong, or you want to comment."))
        services.reply(
            candidacy=request.candidacy,
            kind=ReplyKind(kind),
            words=request.POST.get("words", ""),
            released_at=reports.to_candidates_at(request.candidacy.case),
        )

    return answered(
        request,
        say if request.method == "POST" else None,
        template="candidate/reply.html",
        context=_reply_context,
        leads_to="candidate_reply",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
def feedback(request: CandidateRequest) -> HttpResponse:
    def decline() -> None:
        services.decline_feedback(candidacy=request.candidacy)

    return answered(
        request,
        decline if request.method == "POST" else None,
        template="candidate/feedback.html",
        context=_feedback_context,
        leads_to="candidate_feedback",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
def experience(request: CandidateRequest) -> HttpResponse:
    def tell() -> None:
        services.tell_experience(
            candidacy=request.candidacy,
            answers=_answers(request),
            words=request.POST.get("words", ""),
        )

    return answered(
        request,
        tell if request.method == "POST" else None,
        template="candidate/experience.html",
        context=_experience_context,
        leads_to="candidate_experience",
    )


def _is_confirmed(request: CandidateRequest) -> bool:
    """In practice nothing is mailed, and its one reader is signed in: there is no code."""
    if request.candidacy.case.is_practice:
        return True
    return request.session.get(CONFIRMED) == str(request.link.pseudonym)


def _code_sent(request: CandidateRequest, act: Any) -> HttpResponse:  # noqa: ANN401 - a closure
    sentence = ""
    try:
        act()
    except CodeError as error:
        sentence = str(error)
    context = {"is_sent": True, "sentence": sentence}
    return page(request, "candidate/code.html", context, status=422 if sentence else 200)


def _reply_context(request: CandidateRequest) -> dict[str, Any]:
    candidacy = request.candidacy
    released_at = reports.to_candidates_at(candidacy.case)
    return {
        "replies": selectors.replies_of(candidacy),
        "can_reply": bool(policies.may_reply(candidacy, released_at=released_at)),
        "closes_at": selectors.reply_closes_at(candidacy, released_at) if released_at else None,
        "kinds": ReplyKind,
    }


def _feedback_context(request: CandidateRequest) -> dict[str, Any]:
    candidacy = request.candidacy
    return {
        "is_settled": selectors.feedback_settled(candidacy),
        "notes": candidacy.feedback_notes.all(),
        "is_opened": candidacy.case.state in IS_OPENED and not candidacy.is_withdrawn,
    }


def _experience_context(request: CandidateRequest) -> dict[str, Any]:
    language = get_language() or request.candidacy.language
    decision = policies.may_tell_experience(request.candidacy)
    return {
        "can_tell": bool(decision),
        "reason": getattr(decision, "reason", ""),
        "items": [
            {"key": item.key, "text": item.text(language), "given": request.POST.get(item.key, "")}
            for item in ITEMS
        ],
        "points": [str(point) for point in range(LOWEST, HIGHEST + 1)],
    }


def _answers(request: CandidateRequest) -> dict[str, int]:
    """The answers that were given; an item may be left out."""
    given = {item.key: request.POST.get(item.key, "") for item in ITEMS}
    answers = {key: answer for key, answer in given.items() if answer}
    if not all(answer.isascii() and answer.isdecimal() for answer in answers.values()):
        raise CandidateError(_("One of the answers is none of those that were asked for."))
    return {key: int(answer) for key, answer in answers.items()}
