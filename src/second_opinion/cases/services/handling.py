"""What the coordinator does with an order besides accepting it."""

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import record_event
from second_opinion.cases import policies
from second_opinion.cases.errors import InvalidOrderError
from second_opinion.cases.models import Case, FirstOpinionWaiver
from second_opinion.cases.services.journey import _locked_row, _move
from second_opinion.cases.services.letters import write_letter
from second_opinion.cases.states import CaseState, LetterKind


@transaction.atomic
def ask_back(*, actor: Person, case: Case, question: str) -> Case:
    """Hand the order back to be written on, with a question that stays in the timeline."""
    require(policies.may_ask_back(actor, _locked_row(case)))
    if not question.strip():
        raise InvalidOrderError(_("Say what you need to know or want changed."))
    moved = _move(case=case, target=CaseState.DRAFT, actor=actor, reason=question.strip())
    write_letter(case=moved, kind=LetterKind.ASKED_BACK, reader=moved.orderer, author=actor)
    return moved


@transaction.atomic
def decline_order(*, actor: Person, case: Case, reason: str) -> Case:
    """Say no to an order, with a reason that the orderer reads."""
    require(policies.may_decline(actor, _locked_row(case)))
    if not reason.strip():
        raise InvalidOrderError(_("Say why you decline: the orderer will read it."))
    moved = _move(case=case, target=CaseState.DECLINED, actor=actor, reason=reason.strip())
    write_letter(case=moved, kind=LetterKind.DECLINED, reader=moved.orderer, author=actor)
    return moved


@transaction.atomic
def waive_first_opinion(*, actor: Person, case: Case, reason: str) -> FirstOpinionWaiver:
    """Note that the client wants no opinion of its own first; every later report says so."""
    fresh = _locked_row(case)
    require(policies.may_waive_first_opinion(actor, fresh))
    if not reason.strip():
        raise InvalidOrderError(_("Say why there is no first opinion: every report will."))
    waiver, is_new = FirstOpinionWaiver.objects.get_or_create(
        case=fresh, defaults={"person": actor, "reason": reason.strip()}
    )
    if is_new:
        record_event(actor=actor, verb="first_opinion.waived", subject=fresh, case=fresh)
    return waiver
