"""The first page of who was engaged without being asked first: do you know anybody in it?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.cases import selectors as cases
from second_opinion.opinions import selectors as opinions
from second_opinion.opinions import services
from second_opinion.web.pages.coordinator.asking import REFUSED
from second_opinion.web.pages.panels.proposal import people_of_client
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def declare_ties(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    opinion = opinions.opinion_for(request.user, pseudonym)
    if opinion is None:
        raise Http404
    case, sentence = opinion.candidacy.case, ""
    if opinions.is_declared(opinion):
        return redirect("assessment", pseudonym)
    if request.method == "POST":
        try:
            services.declare_ties(
                actor=request.user,
                opinion=opinion,
                declares_no_more=request.POST.get("declares") == "yes",
            )
        except REFUSED as error:
            sentence = str(error)
        else:
            return redirect("assessment", pseudonym)
    context = {
        "case": case,
        "candidates": cases.remaining_candidacies_of(case),
        "people": people_of_client(case),
        "due_at": cases.due_at(case),
        "sentence": sentence,
    }
    return render(request, "panels/declare.html", context, status=422 if sentence else 200)
