"""Withdrawing, and one's own data: to see, and to take along."""

import json
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from second_opinion.candidates import services
from second_opinion.cases.policies import can_candidates_withdraw
from second_opinion.instruments.selectors import given_to
from second_opinion.web.candidate_data import data_of
from second_opinion.web.pages.candidate.door import for_candidate, page
from second_opinion.web.pages.candidate.forms import answered
from second_opinion.web.requests import CandidateRequest


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
def withdraw(request: CandidateRequest) -> HttpResponse:
    """Following a link withdraws nobody: the page says what it means, and the button does it."""

    def leave() -> None:
        services.withdraw(candidacy=request.candidacy)

    return answered(
        request,
        leave if request.method == "POST" else None,
        template="candidate/withdraw.html",
        context=_withdrawing,
        leads_to="candidate",
    )


@require_safe
@for_candidate
def data(request: CandidateRequest) -> HttpResponse:
    """All of it, and the way back to each questionnaire that was sent in."""
    language = get_language() or request.candidacy.language
    sent = [
        (state.given.pseudonym, state.questionnaire.name.in_language(language))
        for state in given_to(request.candidacy)
        if state.sent_at
    ]
    return page(request, "candidate/data.html", {"data": data_of(request.candidacy), "sent": sent})


@require_safe
@for_candidate
def data_file(request: CandidateRequest) -> HttpResponse:
    """The same as a file that programs can read."""
    text = json.dumps(data_of(request.candidacy), ensure_ascii=False, indent=2) + "\n"
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


def _withdrawing(request: CandidateRequest) -> dict[str, Any]:
    return {"can_withdraw": bool(can_candidates_withdraw(request.candidacy.case))}
