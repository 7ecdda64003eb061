"""The assessor's own interview: times to offer, the one that was chosen, and calling it off."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.models import Person
from second_opinion.candidates import selectors as candidates
from second_opinion.candidates.errors import CandidateError
from second_opinion.opinions import policies, services
from second_opinion.opinions import selectors as opinions
from second_opinion.opinions.models import Opinion
from second_opinion.web.meetings import calendar_answer, times_from
from second_opinion.web.pages.assessor.workspace import own_opinion
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def interview(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    opinion = own_opinion(request, pseudonym)
    if request.method != "POST":
        return _show(request, opinion)
    try:
        _do(request.user, opinion, request.POST)
    except (CandidateError, NotAllowedError) as error:
        return _show(request, opinion, sentence=str(error))
    messages.success(request, _("The candidate is told by mail."))
    return redirect("interview", pseudonym)


@never_cache
@require_safe
def calendar(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    opinion = own_opinion(request, pseudonym)
    talk = opinions.interview_of(request.user, opinion.candidacy)
    return calendar_answer(talk, case=opinion.candidacy.case, page="assessments")


def _do(person: Person, opinion: Opinion, sent: Mapping[str, str]) -> None:
    if sent.get("act") == "call_off":
        services.call_off_interview(actor=person, opinion=opinion)
        return
    times = times_from(sent, case=opinion.candidacy.case)
    services.offer_interview(actor=person, opinion=opinion, times=times)


def _show(request: SignedInRequest, opinion: Opinion, *, sentence: str = "") -> HttpResponse:
    decision = policies.may_meet(request.user, opinion)
    zone = opinion.candidacy.case.provider.time_zone
    context = {
        "opinion": opinion,
        "talks": candidates.interviews_with(request.user, opinion.candidacy),
        "can_meet": bool(decision),
        "reason": getattr(decision, "reason", ""),
        "zone": zone,
        "sentence": sentence,
        "sent": request.POST,
    }
    return render(request, "assessor/interview.html", context, status=422 if sentence else 200)
