"""What the client cannot judge itself, mapped to competences: suggested, and confirmed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case
from second_opinion.panels import policies, services
from second_opinion.panels.analysis import phrases_left_out
from second_opinion.panels.selectors.proposals import Need, needs_of
from second_opinion.panels.states import Level
from second_opinion.web.pages.coordinator.asking import REFUSED, own_case
from second_opinion.web.phrases import Chosen, Phrase, chosen_in, option_of, phrases_in
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def needs(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Nothing of what is suggested counts before somebody has pressed the button."""
    case = own_case(request, pseudonym)
    sentence = ""
    if request.method == "POST":
        try:
            _confirm(request, case)
        except REFUSED as error:
            sentence = str(error)
        else:
            messages.success(request, _("Confirmed. The shortlist rests on it."))
            return redirect("panel", pseudonym)
    text = request.GET.get("text", "").strip() or cases.order_of(case).competence_lacking
    context = {
        "case": case,
        "text": text,
        "phrases": _phrases(case, text, request.POST),
        "n_left_out": phrases_left_out(text),
        "levels": Level.choices,
        "may_confirm": bool(policies.may_map_needs(request.user, case)),
        "sentence": sentence,
    }
    return render(request, "panels/needs.html", context, status=422 if sentence else 200)


def _phrases(case: Case, text: str, sent: Mapping[str, str]) -> list[Phrase]:
    """As they were sent, else as they were confirmed, else with nothing chosen."""
    phrases = phrases_in(text, case.provider, written_in=case.language, sent=sent)
    if sent:
        return [
            replace(one, is_gap=_is_gap(sent, one.number), counts_double=_doubled(sent, one.number))
            for one in phrases
        ]
    confirmed = {need.words: need for need in needs_of(case)}
    return [
        _confirmed(case, one, confirmed[one.words]) if one.words in confirmed else one
        for one in phrases
    ]


def _confirmed(case: Case, phrase: Phrase, need: Need) -> Phrase:
    options = phrase.options
    if need.key not in {one.entry.key for one in options}:
        options += option_of(need.key, case.provider)
    return replace(
        phrase,
        options=options,
        chosen=need.key,
        level=need.level,
        is_gap=need.is_gap,
        counts_double=need.counts_double,
    )


def _confirm(request: SignedInRequest, case: Case) -> None:
    """One need for each phrase that an entry was chosen for; the same entry twice is one need."""
    sent = request.POST
    chosen = {_key(one): one for one in chosen_in(sent)}
    services.confirm_needs(
        actor=request.user,
        case=case,
        needs=[
            Need(
                words=one.words,
                key=key,
                level=one.level,
                is_gap=_is_gap(sent, one.number),
                weight=2.0 if _doubled(sent, one.number) else 1.0,
            )
            for key, one in chosen.items()
        ],
        entering={key: one.word for key, one in chosen.items() if one.is_own},
    )


def _key(one: Chosen) -> str:
    """The entry's, or one that stands for it until the word is entered."""
    return f"{one.key}-{one.number}" if one.is_own else one.key


def _is_gap(sent: Mapping[str, str], number: int) -> bool:
    return sent.get(f"gap-{number}") == "yes"


def _doubled(sent: Mapping[str, str], number: int) -> bool:
    return sent.get(f"double-{number}") == "yes"
