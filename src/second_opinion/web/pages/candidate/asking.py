"""Questions, and what the candidate needs to be able to show what they can do."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from second_opinion.candidates import policies, selectors, services
from second_opinion.web.pages.candidate.door import for_candidate
from second_opinion.web.pages.candidate.forms import answered
from second_opinion.web.requests import CandidateRequest


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
def questions(request: CandidateRequest) -> HttpResponse:
    def ask() -> None:
        services.ask(candidacy=request.candidacy, words=request.POST.get("words", ""))

    return answered(
        request,
        ask if request.method == "POST" else None,
        template="candidate/questions.html",
        context=_questions,
        leads_to="candidate_questions",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
def adjustment(request: CandidateRequest) -> HttpResponse:
    def ask() -> None:
        services.ask_adjustment(
            candidacy=request.candidacy,
            wish=request.POST.get("wish", ""),
            why=request.POST.get("why", ""),
        )

    return answered(
        request,
        ask if request.method == "POST" else None,
        template="candidate/adjustment.html",
        context=_adjustments,
        leads_to="candidate_adjustment",
    )


def _questions(request: CandidateRequest) -> dict[str, Any]:
    return {
        "questions": selectors.questions_of(request.candidacy),
        "can_ask": bool(policies.may_ask(request.candidacy)),
    }


def _adjustments(request: CandidateRequest) -> dict[str, Any]:
    return {
        "adjustments": selectors.adjustments_of(request.candidacy),
        "can_ask": bool(policies.may_take_part(request.candidacy)),
    }
