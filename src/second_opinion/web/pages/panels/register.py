"""The register of assessors: what each shows, by their own word and confirmed by a coordinator."""

from __future__ import annotations

import dataclasses
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.policies import Denied, require
from second_opinion.accounts.selectors import (
    organisations_where,
    people_with,
    person_of_pseudonym,
)
from second_opinion.accounts.states import Role
from second_opinion.panels import policies, services
from second_opinion.panels.analysis import suggestions_for
from second_opinion.panels.errors import PanelError
from second_opinion.panels.selectors.assessors import (
    Certificate,
    Shown,
    ShownCompetence,
    newest_of,
    registered_at,
    shown_in,
    versions_of,
)
from second_opinion.panels.selectors.certificates import ending_soon
from second_opinion.panels.selectors.vocabulary import vocabulary_of
from second_opinion.panels.states import Level, Proof
from second_opinion.web.pages.coordinator.asking import REFUSED
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_safe
def register(request: SignedInRequest) -> HttpResponse:
    provider = organisations_where(request.user, Role.COORDINATOR).first()
    if provider is None:
        require(Denied(_("Only coordinators read the register of assessors.")))
        raise Http404
    lines = [(one, ending_soon(one)) for one in registered_at(provider)]
    context = {"provider": provider, "registered": lines}
    return render(request, "panels/register.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registered(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """One assessor's page: their own, and their coordinators'."""
    person, provider = _of(request, pseudonym)
    sentence = ""
    if request.method == "POST" and request.POST.get("act") != "suggest":
        try:
            _act(request, person, provider)
            messages.success(request, _("Saved as a new version."))
            return redirect("registered", pseudonym)
        except REFUSED as error:
            sentence = str(error)
    text = request.POST.get("text", "") if request.POST.get("act") == "suggest" else ""
    return render(
        request,
        "panels/registered.html",
        _context(request, person, provider, text=text, sentence=sentence),
        status=422 if sentence else 200,
    )


def _of(request: SignedInRequest, pseudonym: UUID) -> tuple[Person, Organisation]:
    """Where the reader is an assessor themselves, or the person is one and the reader runs it."""
    person = person_of_pseudonym(pseudonym)
    if person is None:
        raise Http404
    if person == request.user:
        provider = organisations_where(person, Role.ASSESSOR).first()
    else:
        provider = next(
            (
                one
                for one in organisations_where(request.user, Role.COORDINATOR)
                if people_with({Role.ASSESSOR}, one).filter(pk=person.pk).exists()
            ),
            None,
        )
    if provider is None:
        raise Http404
    return person, provider


def _context(
    request: SignedInRequest, person: Person, provider: Organisation, *, text: str, sentence: str
) -> dict[str, object]:
    language = get_language() or "en"
    newest = newest_of(person, provider)
    shown = shown_in(newest)
    entries = vocabulary_of(provider, keys=[one.key for one in shown.competences])
    suggested = suggestions_for(text, provider) if text.strip() else []
    return {
        "person": person,
        "provider": provider,
        "is_own": person == request.user,
        "shown": shown,
        "competences": [
            (one, entries[one.key].label(language))
            for one in shown.competences
            if one.key in entries
        ],
        "certified": "\n".join(
            f"{one.instrument}; {one.valid_until}" if one.valid_until else one.instrument
            for one in shown.instruments
        ),
        "spoken": ", ".join(shown.languages),
        "ending": [
            certificate
            for one in registered_at(provider, [person])
            for certificate in ending_soon(one)
        ],
        "newest": newest,
        "is_confirmed": newest is not None and hasattr(newest, "confirmation"),
        "may_confirm": bool(policies.may_confirm(request.user, person, provider)),
        "may_enter": bool(policies.may_set_rule(request.user, provider)),
        "versions": versions_of(person, provider),
        "text": text,
        "suggested": [
            (entry, entry.label(language), entry.means(language))
            for one in suggested[:1]
            for entry in one.entries
        ],
        "levels": Level.choices,
        "proofs": Proof.choices,
        "sentence": sentence,
    }


def _act(request: SignedInRequest, person: Person, provider: Organisation) -> None:
    sent, shown = request.POST, shown_in(newest_of(person, provider))
    match sent.get("act"):
        case "add":
            shown = _with(shown, _competence(request))
        case "remove":
            kept = tuple(one for one in shown.competences if one.key != sent.get("key"))
            shown = dataclasses.replace(shown, competences=kept)
        case "details":
            shown = _detailed(shown, request)
        case "enter":
            entry = services.enter_competence(
                actor=request.user,
                provider=provider,
                sv=sent.get("sv", ""),
                en=sent.get("en", ""),
                means=sent.get("means", ""),
            )
            added = ShownCompetence(key=entry.key, level=Level.SKILLED, proof=Proof.DECLARED)
            shown = _with(shown, added)
        case "confirm":
            newest = newest_of(person, provider)
            if newest is None:
                raise PanelError(_("There is nothing to confirm yet."))
            services.confirm_assessor(actor=request.user, version=newest)
            return
        case _:
            raise PanelError(_("Choose what to do. Nothing was changed."))
    services.save_assessor(actor=request.user, assessor=person, provider=provider, shown=shown)


def _with(shown: Shown, added: ShownCompetence) -> Shown:
    others = tuple(one for one in shown.competences if one.key != added.key)
    return dataclasses.replace(shown, competences=(*others, added))


def _competence(request: SignedInRequest) -> ShownCompetence:
    sent = request.POST
    try:
        return ShownCompetence(
            key=sent.get("key", ""),
            level=Level(int(sent.get("level", ""))),
            proof=Proof(sent.get("proof", "")),
            expires_on=_day(sent.get("expires_on", "")),
        )
    except ValueError as error:
        raise PanelError(
            _("Choose the competence, a level and a proof. Nothing was saved.")
        ) from error


def _detailed(shown: Shown, request: SignedInRequest) -> Shown:
    sent = request.POST
    try:
        return dataclasses.replace(
            shown,
            languages=tuple(
                part.strip().lower()
                for part in sent.get("languages", "").split(",")
                if part.strip()
            ),
            certificates=sent.get("certificates", "").strip(),
            instruments=_certificates(sent.get("instruments", "")),
            years=int(sent["years"]) if sent.get("years", "").strip() else None,
            places=sent.get("places", "").strip(),
            sectors=sent.get("sectors", "").strip(),
            schools=sent.get("schools", "").strip(),
            declares=sent.get("declares", "").strip(),
            cap=int(sent.get("cap", "")),
            price=float(sent["price"].replace(" ", "")) if sent.get("price", "").strip() else None,
            free_from=_day(sent.get("free_from", "")),
        )
    except ValueError as error:
        raise PanelError(_("Write numbers as 12 and days as 2027-01-31. Nothing was saved.")) from (
            error
        )


def _certificates(text: str) -> tuple[Certificate, ...]:
    """One a line: the instrument, and after a semicolon its last day where it has one."""
    return tuple(
        Certificate(instrument=name.strip(), valid_until=_day(day))
        for name, _semicolon, day in (line.partition(";") for line in text.splitlines())
        if name.strip()
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text.strip()) if text.strip() else None
