"""A referee's one page: who asks and why, the criteria with their levels, and a way to decline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.policies import Denied
from second_opinion.candidates.models import Referee
from second_opinion.candidates.selectors import together_of
from second_opinion.cases.selectors import criteria_of
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.instruments import policies, services
from second_opinion.instruments.errors import InstrumentError, InvalidReferenceError
from second_opinion.instruments.selectors import ReferenceAnswer, reference_of
from second_opinion.web.months import month_from
from second_opinion.web.pages.assessor.sheet import NOT_OBSERVED, points_of, score_from
from second_opinion.web.pages.candidate.door import for_referee
from second_opinion.web.requests import RefereeRequest


@require_http_methods(["GET", "HEAD", "POST"])
@for_referee
def answer(request: RefereeRequest) -> HttpResponse:
    if request.method != "POST":
        return _show(request)
    try:
        if request.POST.get("act") == "decline":
            reason = request.POST.get("reason", "")
            services.decline_reference(referee=request.referee, reason=reason)
        else:
            given = answer_from(request.POST, request.referee)
            services.give_reference(referee=request.referee, answer=given)
    except (InstrumentError, NotAllowedError) as error:
        return _show(request, sentence=str(error))
    messages.success(request, _("Thank you. It has reached us."))
    return redirect("referee")


def answer_from(sent: Mapping[str, str], referee: Referee) -> ReferenceAnswer:
    try:
        began = month_from(sent.get("began", ""), what=_("Began"))
        ended = month_from(sent["ended"], what=_("Ended")) if sent.get("ended") else None
    except ValueError as error:
        raise InvalidReferenceError(str(error)) from error
    return ReferenceAnswer(
        ratings=tuple(
            _rating(sent, criterion.position, criterion.name)
            for criterion in criteria_of(referee.candidacy.case)
        ),
        began=began,
        ended=ended,
        words=sent.get("words", "").strip(),
        may_be_shown=sent.get("may_be_shown") == "yes",
    )


def _rating(sent: Mapping[str, str], position: int, name: str) -> RatingEntry:
    chosen = sent.get(f"score-{position}", "")
    if not chosen:
        raise InvalidReferenceError(
            _("%(criterion)s: choose one of the levels, or that you have not seen it.")
            % {"criterion": name}
        )
    seen = sent.get(f"evidence-{position}", "")
    is_seen = chosen != NOT_OBSERVED
    return RatingEntry(
        criterion=name,
        score=score_from(chosen) if is_seen else None,
        evidence=tuple(line.strip() for line in seen.splitlines() if line.strip()),
        reason_not_observed="" if is_seen else _("has not seen it"),
    )


def _show(request: RefereeRequest, *, sentence: str = "") -> HttpResponse:
    referee, sent = request.referee, request.POST
    decision = policies.may_answer_reference(referee)
    case = referee.candidacy.case
    context: dict[str, Any] = {
        "referee": referee,
        "candidacy": referee.candidacy,
        "case": case,
        "reference": reference_of(referee),
        "together": together_of(referee),
        "why_not": decision.reason if isinstance(decision, Denied) else "",
        "sentence": sentence,
        "sent": sent,
        "parts": [
            {
                "criterion": criterion,
                "points": points_of(case, criterion, sent.get(f"score-{criterion.position}", "")),
                "evidence": sent.get(f"evidence-{criterion.position}", ""),
            }
            for criterion in criteria_of(case)
        ],
    }
    return render(request, "referee/answer.html", context, status=422 if sentence else 200)
