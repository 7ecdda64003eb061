"""Who is to assess in a case, for its orderer, who says here if somebody at the client is tied."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.policies import Denied, require
from second_opinion.panels import policies, services
from second_opinion.panels.selectors.proposals import Standing, proposed_in
from second_opinion.web.pages.coordinator.asking import REFUSED, visible_case
from second_opinion.web.pages.telling import tell, telling_of
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def who_assesses(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    case = visible_case(request, pseudonym)
    if case.orderer_id != request.user.pk:
        require(Denied(_("Only the orderer says here who at the client knows an assessor.")))
    proposed, sentence = proposed_in(case, request.user), ""
    if request.method == "POST":
        try:
            tell(proposed, request.POST, partial(_keep, request))
        except REFUSED as error:
            sentence = str(error)
        else:
            messages.success(request, _("It has reached us."))
            return redirect("who_assesses", pseudonym)
    context = {
        "case": case,
        "proposed": [
            (
                one.proposal,
                telling_of(
                    one,
                    request.user,
                    may_tell=bool(policies.may_tell_clients_tie(request.user, one)),
                    sent=request.POST,
                ),
            )
            for one in proposed
        ],
        "sentence": sentence,
    }
    status = 422 if sentence else 200
    return render(request, "orderer/who-assesses.html", context, status=status)


def _keep(request: SignedInRequest, standing: Standing, told: services.ToldTie) -> None:
    services.tell_clients_tie(actor=request.user, standing=standing, told=told)
