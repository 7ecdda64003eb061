"""What the client cannot judge itself, mapped to competences: suggested, and confirmed here."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case
from second_opinion.panels import policies, services
from second_opinion.panels.analysis import suggestions_for
from second_opinion.panels.selectors.proposals import Need, needs_of
from second_opinion.panels.selectors.vocabulary import Entry, vocabulary_of
from second_opinion.panels.states import Level
from second_opinion.web.pages.coordinator.asking import REFUSED, own_case
from second_opinion.web.requests import SignedInRequest

DEFAULT_LEVEL = Level.SKILLED


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words of the order, and the entries that they may mean."""

    number: int
    words: str
    options: tuple[tuple[Entry, str, str], ...]  # entry, label, meaning
    chosen: str
    level: int


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def needs(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Nothing of what is suggested counts before somebody has pressed the button."""
    case = own_case(request, pseudonym)
    sentence = ""
    if request.method == "POST":
        try:
            services.confirm_needs(actor=request.user, case=case, needs=_sent(request))
        except REFUSED as error:
            sentence = str(error)
        else:
            messages.success(request, _("Confirmed. The shortlist rests on it."))
            return redirect("panel", pseudonym)
    text = request.GET.get("text", "").strip() or cases.order_of(case).competence_lacking
    context = {
        "case": case,
        "text": text,
        "phrases": _phrases(case, text),
        "levels": Level.choices,
        "may_confirm": bool(policies.may_map_needs(request.user, case)),
        "sentence": sentence,
    }
    return render(request, "panels/needs.html", context, status=422 if sentence else 200)


def _phrases(case: Case, text: str) -> list[Phrase]:
    language = get_language() or "en"
    confirmed = {need.words: need for need in needs_of(case)}
    phrases = []
    for number, one in enumerate(suggestions_for(text, case.provider), 1):
        known = confirmed.get(one.words)
        entries = {entry.key: entry for entry in one.entries}
        if known is not None and known.key not in entries:
            entries |= vocabulary_of(case.provider, keys=[known.key])
        phrases.append(
            Phrase(
                number=number,
                words=one.words,
                options=tuple(
                    (entry, entry.label(language), entry.means(language))
                    for entry in entries.values()
                ),
                chosen=known.key if known else "",
                level=known.level if known else DEFAULT_LEVEL,
            )
        )
    return phrases


def _sent(request: SignedInRequest) -> list[Need]:
    """One for each phrase that an entry was chosen for; the same entry twice is one need."""
    found: dict[str, Need] = {}
    for number in range(1, 9):
        key = request.POST.get(f"key-{number}", "")
        level = request.POST.get(f"level-{number}", "")
        if key:
            found[key] = Need(
                words=request.POST.get(f"words-{number}", "")[:200],
                key=key,
                level=int(level) if level.isdecimal() else 0,
            )
    return list(found.values())
