from django.utils.translation import gettext as _

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.policies import Allowed, Decision, Denied
from second_opinion.accounts.selectors import has_role
from second_opinion.accounts.states import Role
from second_opinion.cases.models import Case
from second_opinion.cases.states import (
    CANDIDATES_CAN_WITHDRAW,
    CaseState,
    illegal_move,
    may_become,
)


def may_order(person: Person, *, client: Organisation, provider: Organisation) -> Decision:
    """The client's orderers order; the provider's coordinators enter an order they were given."""
    if has_role(person, Role.ORDERER, client) or has_role(person, Role.COORDINATOR, provider):
        return Allowed()
    return Denied(
        _("Only an orderer at %(client)s or a coordinator at %(provider)s can order this case.")
        % {"client": client, "provider": provider}
    )


def may_run(person: Person, case: Case) -> Decision:
    if has_role(person, Role.COORDINATOR, case.provider):
        return Allowed()
    return Denied(
        _("Only a coordinator at %(provider)s runs this case.") % {"provider": case.provider}
    )


def may_change_profile(person: Person, case: Case) -> Decision:
    if isinstance(denied := may_run(person, case), Denied):
        return denied
    if case.state == CaseState.ORDERED:
        return Allowed()
    return Denied(_("The requirement profile can be changed only until it is locked."))


def may_set_standard(person: Person, provider: Organisation) -> Decision:
    if has_role(person, Role.COORDINATOR, provider):
        return Allowed()
    return Denied(
        _("Only a coordinator at %(provider)s sets its standard rule.") % {"provider": provider}
    )


def may_lock_profile(person: Person, case: Case) -> Decision:
    return _may_move(person, case, CaseState.PROFILE_LOCKED)


def may_start_assessment(person: Person, case: Case) -> Decision:
    return _may_move(person, case, CaseState.IN_ASSESSMENT)


def may_withdraw(person: Person, case: Case) -> Decision:
    """The one who ordered it may call it off too, until the report is out."""
    if person.pk == case.orderer_id:
        return _legal(case, CaseState.WITHDRAWN)
    return _may_move(person, case, CaseState.WITHDRAWN)


def may_mark_decided(person: Person, case: Case) -> Decision:
    """The client decides, never the provider."""
    if any(has_role(person, role, case.client) for role in (Role.ORDERER, Role.DECIDER)):
        return Allowed()
    return Denied(_("Only %(client)s decides in this case.") % {"client": case.client})


def may_withdraw_candidacy(person: Person, case: Case) -> Decision:
    """For those who pass a candidate's wish on; the candidate needs nobody's leave."""
    if person.pk != case.orderer_id and isinstance(denied := may_run(person, case), Denied):
        return denied
    return can_candidates_withdraw(case)


def can_candidates_withdraw(case: Case) -> Decision:
    if case.state in CANDIDATES_CAN_WITHDRAW:
        return Allowed()
    return Denied(
        _("The case is %(state)s: nobody can withdraw from it any more.")
        % {"state": case.get_state_display()}
    )


def may_enter_contact(person: Person, case: Case) -> Decision:
    if person.pk == case.orderer_id:
        return Allowed()
    return may_run(person, case)


def _may_move(person: Person, case: Case, target: CaseState) -> Decision:
    if isinstance(denied := may_run(person, case), Denied):
        return denied
    return _legal(case, target)


def _legal(case: Case, target: CaseState) -> Decision:
    if may_become(case.state, target):
        return Allowed()
    return Denied(illegal_move(case.state, target))
