"""The moves of a case: each a POST; those that cannot be undone are asked about first."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Decision, Denied
from second_opinion.cases import policies
from second_opinion.cases import services as cases
from second_opinion.cases.models import Case
from second_opinion.cases.selectors import deciders_of
from second_opinion.cases.states import LetterKind
from second_opinion.opinions import policies as opinion_policies
from second_opinion.opinions import selectors as opinions
from second_opinion.opinions import services as opinion_services
from second_opinion.web.mails import letter_previews
from second_opinion.web.pages.coordinator.asking import (
    REFUSED,
    Question,
    ask_first,
    own_case,
    visible_case,
)
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_POST
def start_assessment(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    case = own_case(request, pseudonym)
    return _done(
        request,
        case,
        lambda: cases.start_assessment(actor=request.user, case=case),
        _("The assessment has begun. Assessors can write as soon as they are engaged."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_case(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Ask first; at the deadline, name who is shut out, and want a reason."""
    case = own_case(request, pseudonym)
    return ask_first(
        request,
        case,
        lambda reason: opinion_services.open_case(actor=request.user, case=case, reason=reason),
        may=lambda: _may_open(request, case),
        question=lambda case: _about_opening(request.user, case),
        said=_("All sealed opinions are open, at the same moment."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_case(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    case = visible_case(request, pseudonym)
    return ask_first(
        request,
        case,
        lambda reason: cases.withdraw_case(actor=request.user, case=case, reason=reason),
        may=lambda: policies.may_withdraw(request.user, case),
        question=lambda case: _about_withdrawing(request.user, case),
        said=_("The case is withdrawn."),
    )


def _may_open(request: SignedInRequest, case: Case) -> Decision:
    decision = opinion_policies.may_open(request.user, case)
    return decision if isinstance(decision, Denied) else opinion_policies.is_ready_to_open(case)


def _done(
    request: SignedInRequest, case: Case, act: Callable[[], object], said: str
) -> HttpResponse:
    try:
        act()
    except REFUSED as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("case", case.pseudonym)


def _about_opening(person: Person, case: Case) -> Question:
    sealers = opinions.sealers_of(case)
    mails = letter_previews(LetterKind.OPENED, case, sealers, author=person)
    together = _("All sealed opinions are opened at the same moment, for all candidates.")
    for_good = _("Nobody can be engaged, and nothing sealed, after that.")
    if opinions.is_everything_sealed(case):
        return Question(
            title=_("Open the opinions"),
            lead=_("Everything is sealed. Opening cannot be undone."),
            consequences=(together, for_good),
            button=_("Open all opinions now"),
            mails=mails,
        )
    return Question(
        title=_("Open the opinions at the deadline"),
        lead=_("The deadline has passed, and not everything is sealed. Opening cannot be undone."),
        consequences=(
            together,
            _("What is not sealed takes no part: %(who)s.") % {"who": _unsealed(case)},
            _("The report says so, and your reason stays in the course of the case."),
            for_good,
        ),
        button=_("Open without what is not sealed"),
        mails=mails,
        reason_label=_("Why does the case open now?"),
        reason_hint=_("Name no candidate here: the client reads it."),
    )


def _unsealed(case: Case) -> str:
    engagements = opinions.engagements_of(case)
    return "; ".join(
        _("%(assessor)s on %(candidate)s") % {"assessor": one.assessor, "candidate": one.candidate}
        for one in engagements
        if not one.is_sealed
    )


def _about_withdrawing(person: Person, case: Case) -> Question:
    readers = [case.orderer, case.coordinator, *deciders_of(case)]
    if policies.may_run(person, case):  # who is engaged is not for the client to know
        readers += opinions.assessors_of(case)
    return Question(
        title=_("Withdraw the case %(reference)s") % {"reference": case.reference},
        lead=_("The case ends here and no report is written. That cannot be undone."),
        consequences=(
            _("What has been written so far stays sealed or unsealed as it is; nobody reads it."),
            _("Tell the candidates yourself: no mail goes to them."),
        ),
        button=_("Withdraw the case"),
        mails=letter_previews(LetterKind.WITHDRAWN, case, readers, author=person),
        reason_label=_("Why is it withdrawn?"),
        reason_hint=_("It stays in the course of the case, for client and provider."),
    )
