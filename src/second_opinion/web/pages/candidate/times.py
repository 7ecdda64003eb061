"""Times to choose from, and the chosen one for one's calendar."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from second_opinion.candidates import policies, selectors, services
from second_opinion.candidates.errors import NotAskedError
from second_opinion.candidates.selectors import Talk
from second_opinion.web.meetings import calendar_answer
from second_opinion.web.pages.candidate.door import for_candidate
from second_opinion.web.pages.candidate.forms import answered
from second_opinion.web.requests import CandidateRequest

NONE_SUITS = "none"


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
def times(request: CandidateRequest) -> HttpResponse:
    return answered(
        request,
        (lambda: _choose(request)) if request.method == "POST" else None,
        template="candidate/times.html",
        context=_times,
        leads_to="candidate_times",
    )


@require_safe
@for_candidate
def calendar(request: CandidateRequest, meeting: UUID) -> HttpResponse:
    talk = _talk(request, str(meeting))
    return calendar_answer(talk, case=request.candidacy.case, page="candidate_times")


def _choose(request: CandidateRequest) -> None:
    talk = _talk(request, request.POST.get("meeting", ""))
    chosen = request.POST.get("time", "")
    if talk is None or not chosen:
        raise NotAskedError(_("Choose one of the times, or say that none suits."))
    offer = next((one for one in talk.offers if str(one.time.pseudonym) == chosen), None)
    if offer is None and chosen != NONE_SUITS:
        raise NotAskedError(_("That time can no longer be chosen. Choose another."))
    services.choose_time(
        candidacy=request.candidacy, meeting=talk.meeting, time=offer.time if offer else None
    )


def _talk(request: CandidateRequest, pseudonym: str) -> Talk | None:
    talks = selectors.talks_of(request.candidacy)
    return next((talk for talk in talks if str(talk.meeting.pseudonym) == pseudonym), None)


def _times(request: CandidateRequest) -> dict[str, Any]:
    return {
        "talks": selectors.talks_of(request.candidacy),
        "can_choose": bool(policies.may_ask(request.candidacy)),
        "none_suits": NONE_SUITS,
    }
