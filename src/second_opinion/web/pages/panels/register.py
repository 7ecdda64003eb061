"""The register of assessors: what each shows, by their own word and confirmed by a coordinator."""

from __future__ import annotations

import dataclasses
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.policies import Denied, require
from second_opinion.accounts.selectors import (
    organisations_where,
)
from second_opinion.accounts.states import Role
from second_opinion.panels import policies, services
from second_opinion.panels.analysis import phrases_left_out
from second_opinion.panels.errors import PanelError
from second_opinion.panels.selectors.assessors import (
    newest_of,
    registered_at,
    shown_in,
    versions_of,
)
from second_opinion.panels.selectors.certificates import ending_soon, required_at
from second_opinion.panels.selectors.mails import certificate_mails
from second_opinion.panels.selectors.vocabulary import vocabulary_of
from second_opinion.panels.services import OwnWord
from second_opinion.panels.states import LanguageLevel, Level, Proof
from second_opinion.web.pages.coordinator.asking import REFUSED
from second_opinion.web.pages.panels.showing import detailed, spoken_rows, with_chosen
from second_opinion.web.pages.panels.versions import assessor_for, since_confirmed
from second_opinion.web.phrases import phrases_in
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: SignedInRequest) -> HttpResponse:
    provider = organisations_where(request.user, Role.COORDINATOR).first()
    if provider is None:
        require(Denied(_("Only coordinators read the register of assessors.")))
        raise Http404
    sentence = ""
    if request.method == "POST":
        try:
            _require(request, provider)
            messages.success(request, _("Saved. It holds for all cases from now on."))
            return redirect("assessor_register")
        except REFUSED as error:
            sentence = str(error)
    context = {
        "provider": provider,
        "registered": [(one, ending_soon(one)) for one in registered_at(provider)],
        "required": required_at(provider),
        "sent": request.POST,
        "sentence": sentence,
    }
    status = 422 if sentence else 200
    return render(request, "panels/register.html", context, status=status)


def _require(request: SignedInRequest, provider: Organisation) -> None:
    sent = request.POST
    if "no_more" in sent:
        services.require_certificate_no_more(
            actor=request.user, provider=provider, instrument=sent["no_more"]
        )
        return
    services.require_certificate(
        actor=request.user,
        provider=provider,
        instrument=sent.get("instrument", ""),
        certificate=sent.get("certificate", ""),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registered(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """One assessor's page: their own, and their coordinators'."""
    person, provider = assessor_for(request, pseudonym)
    sentence = ""
    if request.method == "POST" and request.POST.get("act") != "suggest":
        try:
            _act(request, person, provider)
            messages.success(request, _("Saved as a new version."))
            return redirect("registered", pseudonym)
        except REFUSED as error:
            sentence = str(error)
    text = request.POST.get("text", "").strip() if request.method == "POST" else ""
    return render(
        request,
        "panels/registered.html",
        _context(request, person, provider, text=text, sentence=sentence),
        status=422 if sentence else 200,
    )


def _context(
    request: SignedInRequest, person: Person, provider: Organisation, *, text: str, sentence: str
) -> dict[str, object]:
    language = get_language() or "en"
    (registered,) = registered_at(provider, [person])
    newest = registered.newest
    shown = shown_in(newest)
    keys = [one.key for one in shown.competences]
    entries = vocabulary_of(provider, keys=keys, with_proposed=True)
    return {
        "person": person,
        "provider": provider,
        "is_own": person == request.user,
        "shown": shown,
        "competences": [
            (one, entries[one.key].label(language), entries[one.key].is_proposed)
            for one in shown.competences
            if one.key in entries
        ],
        "certified": "\n".join(
            f"{one.instrument}; {one.valid_until}" if one.valid_until else one.instrument
            for one in shown.instruments
        ),
        "spoken": spoken_rows(shown),
        "language_levels": LanguageLevel.choices,
        "ending": ending_soon(registered),
        "mails": certificate_mails(request.user, provider, person),
        "newest": newest,
        "confirmed": registered.confirmed,
        "differences": since_confirmed(provider, registered.confirmed, newest),
        "is_confirmed": newest is not None and hasattr(newest, "confirmation"),
        "may_confirm": bool(policies.may_confirm(request.user, person, provider)),
        "proposes": not policies.may_set_rule(request.user, provider),
        "versions": versions_of(person, provider),
        "text": text,
        "phrases": phrases_in(
            text, provider, written_in=language, sent=request.POST, with_proposed=True
        ),
        "n_left_out": phrases_left_out(text),
        "levels": Level.choices,
        "proofs": Proof.choices,
        "sentence": sentence,
    }


def _act(request: SignedInRequest, person: Person, provider: Organisation) -> None:
    sent, shown = request.POST, shown_in(newest_of(person, provider))
    entering: dict[str, OwnWord] = {}
    match sent.get("act"):
        case "add":
            shown, entering = with_chosen(shown, sent)
        case "remove":
            kept = tuple(one for one in shown.competences if one.key != sent.get("key"))
            shown = dataclasses.replace(shown, competences=kept)
        case "details":
            shown = detailed(shown, sent)
        case "confirm":
            newest = newest_of(person, provider)
            if newest is None:
                raise PanelError(_("There is nothing to confirm yet."))
            services.confirm_assessor(actor=request.user, version=newest)
            return
        case _:
            raise PanelError(_("Choose what to do. Nothing was changed."))
    services.save_assessor(
        actor=request.user, assessor=person, provider=provider, shown=shown, entering=entering
    )
