"""What somebody is asked before they see the file: enough to accept or to decline."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case
from second_opinion.opinions import selectors as opinions
from second_opinion.panels import policies, services
from second_opinion.panels.selectors.proposals import needs_of, proposal_for
from second_opinion.panels.selectors.vocabulary import vocabulary_of
from second_opinion.panels.states import DeclineReason
from second_opinion.web.pages.coordinator.asking import REFUSED
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    standing = proposal_for(request.user, pseudonym)
    if standing is None:
        raise Http404
    sentence, case = "", standing.proposal.case
    if request.method == "POST":
        because = request.POST.get("because", "")
        try:
            services.answer_proposal(
                actor=request.user,
                standing=standing,
                around=opinions.around_of(case),
                declined_because=DeclineReason(because)
                if because in DeclineReason.values
                else None,
                words=request.POST.get("words", ""),
                declares_no_more=request.POST.get("declares") == "yes",
            )
        except REFUSED as error:
            sentence = str(error)
        else:
            messages.success(request, _("Thank you. Your answer is with the coordinator."))
            return redirect("assessments")
    context = {
        "standing": standing,
        "case": case,
        "candidates": cases.remaining_candidacies_of(case),
        "people": opinions.names_at_client(case),
        "due_at": cases.due_at(case),
        "needs": _needs(case),
        "may_answer": bool(policies.may_answer(request.user, standing)),
        "because": DeclineReason.choices,
        "sentence": sentence,
    }
    return render(request, "panels/proposal.html", context, status=422 if sentence else 200)


def _needs(case: Case) -> list[str]:
    needs, language = needs_of(case), get_language() or "en"
    entries = vocabulary_of(case.provider, keys=[one.key for one in needs])
    return [entries[one.key].label(language) for one in needs if one.key in entries]
