"""An order at the provider's: asked back, declined, or accepted and locked; and what is settled
between the lock and the assessment.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.cases import policies, selectors, services
from second_opinion.cases.models import Case
from second_opinion.cases.states import CaseState, LetterKind
from second_opinion.web.mails import letter_previews
from second_opinion.web.pages.coordinator.asking import Question, ask_first, own_case
from second_opinion.web.requests import SignedInRequest

METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(METHODS)
def ask_back(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    case = own_case(request, pseudonym)
    return ask_first(
        request,
        case,
        lambda reason: services.ask_back(actor=request.user, case=case, question=reason),
        may=lambda: policies.may_ask_back(request.user, case),
        question=_about_asking_back,
        said=_("The order is with its orderer again, with your question."),
    )


@never_cache
@require_http_methods(METHODS)
def decline(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    case = own_case(request, pseudonym)
    return ask_first(
        request,
        case,
        lambda reason: services.decline_order(actor=request.user, case=case, reason=reason),
        may=lambda: policies.may_decline(request.user, case),
        question=_about_declining,
        said=_("The order is declined."),
    )


@never_cache
@require_http_methods(METHODS)
def accept(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Accept the order and lock its criteria, or lock a new version of them."""
    case = own_case(request, pseudonym)
    return ask_first(
        request,
        case,
        lambda _reason: services.lock_profile(actor=request.user, case=case),
        may=lambda: policies.is_ready_to_lock(request.user, case),
        question=_about_accepting,
        said=_("The requirement profile is locked."),
    )


@never_cache
@require_http_methods(METHODS)
def waive_first_opinion(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    case = own_case(request, pseudonym)
    return ask_first(
        request,
        case,
        lambda reason: services.waive_first_opinion(actor=request.user, case=case, reason=reason),
        may=lambda: policies.may_waive_first_opinion(request.user, case),
        question=_about_waiving,
        said=_("The case has no first opinion, and says so."),
    )


@never_cache
@require_http_methods(METHODS)
def change_profile(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    case = own_case(request, pseudonym)
    return ask_first(
        request,
        case,
        lambda reason: services.change_profile(actor=request.user, case=case, reason=reason),
        may=lambda: policies.may_make_new_version(request.user, case),
        question=_about_changing,
        said=_("A new version is begun. Change it, and let the deciders approve it."),
    )


def _about_asking_back(case: Case) -> Question:
    return Question(
        title=_("Ask back about %(reference)s") % {"reference": case.reference},
        lead=_("The orderer can write in the order again, and sends it when it is ready."),
        consequences=(_("Your question stays in the course of the case."),),
        button=_("Ask back"),
        mails=letter_previews(LetterKind.ASKED_BACK, case, [case.orderer]),
        reason_label=_("What do you need to know, or want changed?"),
        reason_hint=_("The orderer reads it as you write it."),
    )


def _about_declining(case: Case) -> Question:
    return Question(
        title=_("Decline the order %(reference)s") % {"reference": case.reference},
        lead=_("The case ends here. That cannot be undone."),
        consequences=(_("No candidate is told anything by us."),),
        button=_("Decline the order"),
        mails=letter_previews(LetterKind.DECLINED, case, [case.orderer]),
        reason_label=_("Why do you decline?"),
        reason_hint=_("The orderer reads it as you write it."),
    )


def _about_accepting(case: Case) -> Question:
    is_new = case.state == CaseState.ORDERED  # a new version is locked in silence
    return Question(
        title=_("Accept and lock: %(reference)s") % {"reference": case.reference},
        lead=_("You take the case on, and its criteria are fixed. That cannot be undone."),
        consequences=(
            _("Criteria, weights, minimum levels and bar are hashed into the log."),
            _("Until the assessment begins, only a new version with a reason can change them."),
        ),
        button=_("Accept and lock the criteria"),
        mails=letter_previews(LetterKind.ACCEPTED, case, [case.orderer] if is_new else []),
    )


def _about_waiving(case: Case) -> Question:
    return Question(
        title=_("No first opinion in %(reference)s") % {"reference": case.reference},
        lead=_("The client gives no opinion of its own first. That cannot be undone."),
        consequences=(
            _("What the second opinion adds to the client's own cannot be measured."),
            _("The case says so, with the reason and your name."),
        ),
        button=_("Go on without a first opinion"),
        reason_label=_("Why does the client want none?"),
        reason_hint=_("It stays with the case."),
    )


def _about_changing(case: Case) -> Question:
    return Question(
        title=_("Change the locked criteria of %(reference)s") % {"reference": case.reference},
        lead=_("A new version begins as a copy of the locked one, which stays to be read."),
        consequences=(
            _("Every decider has to approve the new version before it is locked."),
            _("No assessment begins before that."),
            _("The reason stays with the case."),
        ),
        button=_("Begin a new version"),
        mails=letter_previews(LetterKind.APPROVAL_WANTED, case, selectors.deciders_of(case)),
        reason_label=_("Why do the criteria change?"),
        reason_hint=_("Name no candidate here."),
    )
