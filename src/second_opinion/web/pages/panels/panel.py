"""Whom to ask for a case: the shortlist with its reasons, who was asked, and what they answered."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.selectors import people_with
from second_opinion.accounts.states import Role
from second_opinion.cases.models import Candidacy, Case
from second_opinion.opinions import selectors as opinions
from second_opinion.opinions import services as engaging
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels import policies, services
from second_opinion.panels.analysis import Shortlist, shortlist_for
from second_opinion.panels.analysis.matching import LENGTH
from second_opinion.panels.errors import PanelError
from second_opinion.panels.selectors.proposals import (
    Standing,
    needs_of,
    standing_in,
    standings_in,
)
from second_opinion.panels.selectors.vocabulary import vocabulary_of
from second_opinion.panels.states import Level
from second_opinion.web.checks import ASSESSORS_PER_PAGE
from second_opinion.web.pages.coordinator.asking import REFUSED, own_case
from second_opinion.web.panels import asked_lines, how_it_counts, listed_lines, why_left_out
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def panel(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    case = own_case(request, pseudonym)
    sentence = ""
    if request.method == "POST":
        try:
            _act(request, case)
            return redirect("panel", pseudonym)
        except REFUSED as error:
            sentence = str(error)
    return render(
        request,
        "panels/panel.html",
        _context(request, case, sentence),
        status=422 if sentence else 200,
    )


def _context(request: SignedInRequest, case: Case, sentence: str) -> dict[str, object]:
    standings, shows_all = standings_in(case), "all" in request.GET
    found = _shortlist(case, standings, shows_all=shows_all)
    listed = found.listed if found else ()
    first = listed[0].person if listed else None
    page = Paginator(listed, ASSESSORS_PER_PAGE).get_page(request.GET.get("page"))
    needs = needs_of(case)
    labels = vocabulary_of(case.provider, keys=[need.key for need in needs])
    language = get_language() or "en"
    return {
        "case": case,
        "needs": [
            (
                labels[need.key].label(language),
                [
                    str(Level(need.level).label),
                    *how_it_counts(is_gap=need.is_gap, weight=need.weight),
                ],
                need.words,
            )
            for need in needs
            if need.key in labels
        ],
        "shortlist": found,
        "page": page,
        "shows_all": shows_all,
        "listed": listed_lines(page, first=first),
        "left_out": [(one.person, why_left_out(one)) for one in found.left_out] if found else [],
        "asked": asked_lines(case, standings, next_on_list=first),
        "may_propose": policies.may_propose(request.user, case),
        "sentence": sentence,
    }


def _shortlist(case: Case, standings: list[Standing], *, shows_all: bool) -> Shortlist | None:
    asking = opinions.asking_in(case)
    taken = {one.proposal.assessor_id for one in standings} | asking.engaged
    return shortlist_for(
        case,
        around=asking.around,
        load=asking.load,
        taken=frozenset(taken),
        instruments=asking.instruments,
        language=get_language() or "en",
        length=None if shows_all else LENGTH,
    )


def _act(request: SignedInRequest, of_case: Case) -> None:
    match request.POST.get("act"):
        case "propose":
            _propose(request, of_case)
        case "withdraw":
            services.withdraw_proposal(
                actor=request.user, standing=_standing(request, of_case), reason=_words(request)
            )
            messages.success(request, _("Taken back."))
        case "uphold" | "dismiss":
            standing = _standing(request, of_case)
            engaging.decide_challenge(
                actor=request.user,
                standing=standing,
                candidacy=_challenger(request, standing),
                is_upheld=request.POST["act"] == "uphold",
                words=_words(request),
            )
            messages.success(request, _("Decided, and the candidate is told."))
        case "engage":
            standing = _standing(request, of_case)
            if not standing.is_accepted:
                raise PanelError(_("They have not accepted. Nobody was engaged."))
            engaging.engage_for_case(
                actor=request.user,
                case=of_case,
                assessor=standing.proposal.assessor,
                kind=OpinionKind.SECOND,
            )
            messages.success(request, _("Engaged. They get a mail, and see the file now."))
        case "end":
            engaging.end_engagement(
                actor=request.user,
                case=of_case,
                assessor=_standing(request, of_case).proposal.assessor,
                reason=_words(request),
            )
            messages.success(request, _("Ended, and the assessor is told. Ask somebody else."))
        case _:
            raise PanelError(_("Choose what to do. Nothing was changed."))


def _propose(request: SignedInRequest, case: Case) -> None:
    wanted = request.POST.get("assessor", "")
    for person in people_with({Role.ASSESSOR}, case.provider):
        if str(person.pseudonym) == wanted:
            services.propose_assessor(
                actor=request.user,
                case=case,
                assessor=person,
                asking=opinions.asking_in(case),
                reason=_words(request),
            )
            messages.success(
                request, _("%(person)s is asked, and gets a mail.") % {"person": person}
            )
            return
    raise PanelError(_("Choose whom to ask."))


def _standing(request: SignedInRequest, case: Case) -> Standing:
    try:
        found = standing_in(case, UUID(request.POST.get("proposal", "")))
    except ValueError:
        found = None
    if found is None:
        raise PanelError(_("That is not asked here any more."))
    return found


def _challenger(request: SignedInRequest, standing: Standing) -> Candidacy:
    for step in standing.open_challenges:
        if step.candidacy and str(step.candidacy.pseudonym) == request.POST.get("candidacy"):
            return step.candidacy
    raise PanelError(_("There is no challenge that waits for an answer."))


def _words(request: SignedInRequest) -> str:
    return request.POST.get("reason", "")
