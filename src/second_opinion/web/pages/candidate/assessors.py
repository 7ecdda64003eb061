"""Who is to assess the candidate, and what they may have against it."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from second_opinion.panels import policies, services
from second_opinion.panels.selectors.proposals import (
    DECISIONS,
    Standing,
    proposed_to,
    step_words,
)
from second_opinion.panels.services import ToldTie
from second_opinion.panels.states import StepKind
from second_opinion.web.pages.candidate.door import for_candidate
from second_opinion.web.pages.candidate.forms import answered
from second_opinion.web.pages.telling import tell, telling_of
from second_opinion.web.requests import CandidateRequest


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
def assessors(request: CandidateRequest) -> HttpResponse:
    def keep(standing: Standing, told: ToldTie) -> None:
        services.tell_tie(candidacy=request.candidacy, standing=standing, told=told)

    def act() -> None:
        if request.POST.get("act") == "tell":
            tell(proposed_to(request.candidacy), request.POST, keep)
            return
        wanted = request.POST.get("proposal", "")
        for standing in proposed_to(request.candidacy):
            if str(standing.proposal.pseudonym) == wanted:
                services.challenge_proposal(
                    candidacy=request.candidacy,
                    standing=standing,
                    words=request.POST.get("words", ""),
                )

    return answered(
        request,
        act if request.method == "POST" else None,
        template="candidate/assessors.html",
        context=_proposed,
        leads_to="candidate_assessors",
    )


def _proposed(request: CandidateRequest) -> dict[str, Any]:
    return {"proposed": [_line(one, request) for one in proposed_to(request.candidacy)]}


def _line(one: Standing, request: CandidateRequest) -> dict[str, object]:
    own = one.own(request.candidacy, {StepKind.CHALLENGED})
    answer = one.own(request.candidacy, DECISIONS)
    return {
        "standing": one,
        "challenge": step_words(own) if own else "",
        "answer": step_words(answer) if answer else "",
        "telling": telling_of(
            one,
            request.candidacy,
            may_tell=bool(policies.may_tell_tie(request.candidacy, one)),
            sent=request.POST,
        ),
        "may_challenge": bool(policies.may_challenge(request.candidacy, one)),
    }
