"""Who has read a sealed opinion before the opening: told to every party, done by coordinators."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.cases import policies as cases
from second_opinion.cases.models import Case
from second_opinion.opinions import policies, selectors, services
from second_opinion.opinions.errors import EarlyReadingError
from second_opinion.opinions.models import EarlyReading
from second_opinion.opinions.states import EarlyGround
from second_opinion.web.pages.coordinator.asking import REFUSED
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def early_readings(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """The marks for whoever takes part; what was asked, and asking, for who runs the case.

    The sealed words come in answer to a POST alone: looking is an act, and leaves its mark.
    """
    case = selectors.case_known_to(request.user, pseudonym)
    if case is None:
        raise Http404
    sentence = ""
    if request.method == "POST":
        try:
            if request.POST.get("act") == "read":
                return _read(request, case)
            _act(request, case)
        except REFUSED as error:
            sentence = str(error)
        else:
            return redirect("early_readings", pseudonym)
    context = {
        "case": case,
        "marks": selectors.marks_in(case),
        "sentence": sentence,
        "runs": bool(cases.may_run(request.user, case)),
        "asked": [
            (reading, *_chances(request, reading))
            for reading in selectors.early_readings_visible_to(request.user, case=case)
        ],
        "sealed": [
            opinion
            for opinion in selectors.sealed_until_opening(request.user, case=case)
            if policies.may_ask_early(request.user, opinion)
        ],
        "grounds": EarlyGround.choices,
        "is_alone": policies.may_grant_alone(request.user, case),
    }
    return render(request, "early/readings.html", context, status=422 if sentence else 200)


def _chances(request: SignedInRequest, reading: EarlyReading) -> tuple[str, bool, bool, bool]:
    """Why it was asked for, and whether the reader may agree, refuse and look."""
    return (
        selectors.reason_for_reading(reading),
        bool(policies.may_grant_early(request.user, reading)),
        bool(policies.may_refuse_early(request.user, reading)),
        bool(policies.may_look_early(request.user, reading)),
    )


def _act(request: SignedInRequest, case: Case) -> None:
    match request.POST.get("act"):
        case "ask":
            _ask(request, case)
        case "grant":
            services.grant_early_reading(actor=request.user, reading=_asked_for(request, case))
            messages.success(request, _("You have agreed. Everybody concerned has been told."))
        case "refuse":
            services.refuse_early_reading(actor=request.user, reading=_asked_for(request, case))
            messages.success(request, _("Nobody reads it."))
        case _:
            raise EarlyReadingError(_("Choose what to do. Nothing was changed."))


def _ask(request: SignedInRequest, case: Case) -> None:
    sealed = selectors.sealed_until_opening(request.user, case=case)
    asked, ground = _uuid(request.POST.get("opinion")), request.POST.get("ground", "")
    opinion = sealed.filter(pseudonym=asked).first() if asked else None
    if opinion is None or ground not in EarlyGround.values:
        raise EarlyReadingError(_("Choose an opinion and a ground. Nothing was asked for."))
    services.ask_early_reading(
        actor=request.user,
        opinion=opinion,
        ground=EarlyGround(ground),
        words=request.POST.get("words", ""),
    )
    messages.success(request, _("It is asked for, and stands in the log."))


def _read(request: SignedInRequest, case: Case) -> HttpResponse:
    reading = _asked_for(request, case)
    content = services.read_early(actor=request.user, reading=reading)
    context = {"case": case, "reading": reading, "content": content}
    return render(request, "early/opinion.html", context)


def _asked_for(request: SignedInRequest, case: Case) -> EarlyReading:
    asked = _uuid(request.POST.get("reading"))
    reading = selectors.early_reading_for(request.user, asked, case=case) if asked else None
    if reading is None:
        raise Http404
    return reading


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
