"""Which questionnaires the candidates of a case answer: the same for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.policies import Denied
from second_opinion.accounts.selectors import people_with
from second_opinion.accounts.states import Role
from second_opinion.candidates.selectors import acknowledgement_of, newest_notice
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.selectors import remaining_candidacies_of
from second_opinion.instruments import policies, selectors, services
from second_opinion.instruments.selectors import GivenState
from second_opinion.instruments.writing.giving import asked_anyway
from second_opinion.instruments.writing.register import is_normed, warnings_on
from second_opinion.library.questionnaires import Questionnaire
from second_opinion.opinions import selectors as opinions
from second_opinion.panels.selectors.certificates import certificate_sentence, certificates_at
from second_opinion.web.pages.coordinator.asking import REFUSED, own_case
from second_opinion.web.requests import SignedInRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One candidate and one questionnaire: a state, and nothing of the answers."""

    candidacy: Candidacy
    name: str
    is_told: bool
    has_read: bool
    given_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """Which scale is to speak of a criterion; chosen is empty for none."""

    criterion: str
    field: str
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One questionnaire that the candidates could be given."""

    key: str
    name: str
    minutes: int
    n_items: int
    warnings: tuple[str, ...]
    scales: tuple[tuple[str, str], ...]
    bearings: tuple[Bearing, ...]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_questionnaires(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """What was given, how far it has come, and what more could be given."""
    case = own_case(request, pseudonym)
    if request.method != "POST":
        return _show(request, case)
    key = request.POST.get("key", "")
    if request.POST.get("act") == "take_back":
        return _take_back(request, case, key)
    try:
        given = services.give_questionnaire(
            actor=request.user, case=case, key=key, bears_on=_sent(request, case)
        )
    except REFUSED as error:
        return _show(request, case, sentence=str(error))
    if given:
        messages.success(
            request,
            _("Given. Now write the information to each candidate, so that they know of it."),
        )
    return redirect("case_questionnaires", pseudonym)


def _take_back(request: SignedInRequest, case: Case, key: str) -> HttpResponse:
    reason = request.POST.get("reason", "")
    try:
        services.take_questionnaire_back(actor=request.user, case=case, key=key, reason=reason)
    except REFUSED as error:
        return _show(request, case, sentence=str(error))
    messages.success(request, _("Taken back. Nobody is asked to answer it any more."))
    return redirect("case_questionnaires", case.pseudonym)


def _show(request: SignedInRequest, case: Case, *, sentence: str = "") -> HttpResponse:
    language = get_language() or "sv"
    candidacies = list(remaining_candidacies_of(case))
    states = [(each, state) for each in candidacies for state in selectors.given_to(each)]
    decision = policies.may_give_questionnaires(request.user, case)
    given = {state.given.form.key for _candidacy, state in states}
    context = {
        "case": case,
        "lines": [_line(each, state, language) for each, state in states],
        "to_take_back": [
            {"key": key, "name": name}
            for key, name in {
                state.given.form.key: state.questionnaire.name.in_language(language)
                for _candidacy, state in states
            }.items()
            if policies.may_take_back(request.user, case, key)
        ],
        "taken_back": [
            {
                "name": one.questionnaire.name.in_language(language),
                "because": one.because,
                "at": one.at,
            }
            for one in selectors.taken_back_in(case)
        ],
        "offers": []
        if isinstance(decision, Denied)
        else [
            _offer(each, case, candidacies, language)
            for key, each in selectors.offered_questionnaires().questionnaires.items()
            if key not in given
        ],
        "asked_anyway": asked_anyway(case),
        "reason": decision.reason if isinstance(decision, Denied) else "",
        "sentence": sentence,
    }
    return render(
        request, "coordinator/questionnaires.html", context, status=422 if sentence else 200
    )


def _line(candidacy: Candidacy, state: GivenState, language: str) -> Line:
    read, newest = acknowledgement_of(candidacy), newest_notice(candidacy)
    given_at = state.given.at
    return Line(
        candidacy=candidacy,
        name=state.questionnaire.name.in_language(language),
        is_told=newest is not None and newest.written_at >= given_at,
        has_read=read is not None and read.notice.written_at >= given_at,
        given_at=given_at,
        sent_at=state.sent_at,
    )


def _offer(
    each: Questionnaire, case: Case, candidacies: Sequence[Candidacy], language: str
) -> Offer:
    warned = [
        warning
        for spoken in sorted({candidacy.language for candidacy in candidacies})
        for warning in warnings_on(
            each,
            language=spoken,
            has_own_norm=is_normed(each, language=spoken, provider=case.provider),
        )
    ]
    warned += _not_certified(each, case)
    suggested = selectors.suggested_scales(case, each)
    return Offer(
        key=each.key,
        name=each.name.in_language(language),
        minutes=each.minutes,
        n_items=len(each.item),
        warnings=tuple(dict.fromkeys(warned)),
        scales=tuple((scale.key, scale.name.in_language(language)) for scale in each.scale),
        bearings=tuple(
            Bearing(criterion=criterion, field=_field(place), chosen=chosen)
            for place, (criterion, chosen) in enumerate(suggested.items(), start=1)
        ),
    )


def _not_certified(each: Questionnaire, case: Case) -> list[str]:
    """Of those who are engaged: they could not read the answers."""
    certificates, instrument = certificates_at(case.provider), selectors.certified_as(each)
    engaged = opinions.engaged_people_of(case)
    return [
        certificate_sentence(person, instrument)
        for person in people_with({Role.ASSESSOR}, case.provider)
        if person.pk in engaged and certificates.lacking(person, [instrument])
    ]


def _sent(request: SignedInRequest, case: Case) -> dict[str, str]:
    """Criterion to scale, as the fields of that questionnaire said."""
    measured = selectors.measured_by_questionnaire(case)
    return {
        criterion.name: request.POST.get(_field(place), "")
        for place, criterion in enumerate(measured, start=1)
    }


def _field(place: int) -> str:
    return f"scale{place}"
