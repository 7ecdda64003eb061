"""Before the file and after it: do you know anybody in it, and can you still assess?"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.cases import selectors as cases
from second_opinion.opinions import policies, services
from second_opinion.opinions import selectors as opinions
from second_opinion.opinions.models import Opinion
from second_opinion.panels.states import DeclineReason
from second_opinion.web.pages.coordinator.asking import REFUSED
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def declare_ties(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """The first page of who was engaged without being asked first: accept, or decline."""
    opinion = _own(request, pseudonym)
    case, sentence = opinion.candidacy.case, ""
    if opinions.is_declared(opinion):
        return redirect("assessment", pseudonym)
    if request.method == "POST":
        try:
            return _answered(request, opinion)
        except REFUSED as error:
            sentence = str(error)
    context = {
        "case": case,
        "candidates": cases.remaining_candidacies_of(case),
        "people": opinions.names_at_client(case),
        "due_at": cases.due_at(case),
        "because": DeclineReason.choices,
        "sentence": sentence,
    }
    return render(request, "panels/declare.html", context, status=422 if sentence else 200)


def _answered(request: SignedInRequest, opinion: Opinion) -> HttpResponse:
    because = request.POST.get("because", "")
    if because in DeclineReason.values:
        services.decline_engagement(
            actor=request.user,
            opinion=opinion,
            because=DeclineReason(because),
            words=request.POST.get("words", ""),
        )
        messages.success(request, _("Thank you. Your answer is with the coordinator."))
        return redirect("assessments")
    services.declare_ties(
        actor=request.user,
        opinion=opinion,
        declares_no_more=request.POST.get("declares") == "yes",
    )
    return redirect("assessment", opinion.pseudonym)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step_down(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Who cannot assess after all says why, before the seal; somebody else is asked then."""
    opinion = _own(request, pseudonym)
    case, sentence = opinion.candidacy.case, ""
    if not policies.may_end_engagement(request.user, case, request.user):
        return redirect("assessment", pseudonym)
    if request.method == "POST":
        try:
            services.end_engagement(
                actor=request.user,
                case=case,
                assessor=request.user,
                reason=request.POST.get("reason", ""),
            )
        except REFUSED as error:
            sentence = str(error)
        else:
            messages.success(request, _("The coordinator is told, and asks somebody else."))
            return redirect("assessments")
    context = {"opinion": opinion, "sentence": sentence}
    return render(request, "assessor/step-down.html", context, status=422 if sentence else 200)


def _own(request: SignedInRequest, pseudonym: UUID) -> Opinion:
    opinion = opinions.opinion_for(request.user, pseudonym)
    if opinion is None:
        raise Http404
    return opinion
