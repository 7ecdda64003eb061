"""The moves of a case. `_move` is the only place that writes its state."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import enqueue, record_event
from second_opinion.cases import policies, selectors
from second_opinion.cases.errors import IllegalTransitionError, InvalidOrderError
from second_opinion.cases.models import Case, CaseTransition
from second_opinion.cases.services.letters import CASE_WITHDRAWN, write_letter, write_letters
from second_opinion.cases.states import CaseState, LetterKind, illegal_move, may_become


@transaction.atomic
def start_assessment(*, actor: Person, case: Case) -> Case:
    require(policies.may_start_assessment(actor, case))
    return _move(case=case, target=CaseState.IN_ASSESSMENT, actor=actor)


@transaction.atomic
def withdraw_case(*, actor: Person, case: Case, reason: str) -> Case:
    """Call the case off, with a reason that stays in its timeline."""
    require(policies.may_withdraw(actor, case))
    if not reason.strip():
        raise InvalidOrderError(_("Say why the case is withdrawn: the reason stays with it."))
    withdrawn = _move(case=case, target=CaseState.WITHDRAWN, actor=actor, reason=reason.strip())
    write_letters(
        case=withdrawn,
        kind=LetterKind.WITHDRAWN,
        readers=[withdrawn.orderer, withdrawn.coordinator, *selectors.deciders_of(withdrawn)],
        author=actor,
    )
    enqueue(kind=CASE_WITHDRAWN, subject=withdrawn)  # for who is engaged, which is not known here
    return withdrawn


@transaction.atomic
def mark_opened(*, actor: Person | None, case: Case, reason: str = "") -> Case:
    """For the opinions room, which knows that all is sealed; a trigger checks it once more.

    No actor: the case opened by itself, because its coordinator has an opinion in it.
    """
    if actor is not None:
        require(policies.may_run(actor, case))
    return _move(case=case, target=CaseState.OPENED, actor=actor, reason=reason)


@transaction.atomic
def mark_reported(*, actor: Person, case: Case) -> Case:
    """For the reports room, when the first report version is released."""
    require(policies.may_run(actor, case))
    return _move(case=case, target=CaseState.REPORTED, actor=actor)


@transaction.atomic
def mark_decided(*, actor: Person, case: Case) -> Case:
    """For the reports room, when the client's decision is recorded; a trigger wants that first."""
    require(policies.may_mark_decided(actor, case))
    decided = _move(case=case, target=CaseState.DECIDED, actor=actor)
    write_letter(case=decided, kind=LetterKind.DECIDED, reader=decided.coordinator, author=actor)
    return decided


@transaction.atomic
def mark_closed(*, actor: Person, case: Case) -> Case:
    """For the reports room, which knows that nothing is left to be done."""
    require(policies.may_run(actor, case))
    return _move(case=case, target=CaseState.CLOSED, actor=actor)


def _move(*, case: Case, target: CaseState, actor: Person | None, reason: str = "") -> Case:
    """The only writer of `state`: checks the move on the locked row, and writes its step."""
    fresh = _locked_row(case)
    source = CaseState(fresh.state)
    if not may_become(source, target):
        raise IllegalTransitionError(illegal_move(source, target))
    fresh.state, fresh.state_since = target, timezone.now()
    fresh.save(update_fields=["state", "state_since"])
    CaseTransition.objects.create(
        case=fresh,
        source=source,
        target=target,
        actor=actor or fresh.coordinator,
        reason=reason,
        at=fresh.state_since,
    )
    record_event(
        actor=actor,
        verb="case.moved",
        subject=fresh,
        case=fresh,
        details={"source": source.value, "target": target.value},
    )
    case.state, case.state_since = (
        target,
        fresh.state_since,
    )  # the caller's object tells the truth too
    return fresh


def _locked_row(case: Case) -> Case:
    return Case.objects.select_for_update().get(pk=case.pk)
