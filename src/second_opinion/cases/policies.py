from django.utils.translation import gettext as _

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.policies import Allowed, Decision, Denied
from second_opinion.accounts.selectors import has_role
from second_opinion.accounts.states import Role
from second_opinion.cases.models import Case
from second_opinion.cases.selectors import approvals_awaited, is_decider, pending_profile
from second_opinion.cases.states import (
    CANDIDATES_CAN_WITHDRAW,
    CaseState,
    Part,
    illegal_move,
    may_become,
)

CAN_BE_SIGNED_IN = frozenset({CaseState.ORDERED, CaseState.PROFILE_LOCKED})
CAN_BE_WEIGHED_IN = frozenset({CaseState.DRAFT, CaseState.ORDERED})


def keeps_interests_apart(
    person: Person, case: Case, part: Part, *, held: frozenset[Part] = frozenset()
) -> Decision:
    """One person, one interest: whether this part can be added to what the person does already.

    held : parts that only higher rooms know of, such as an assessor's
    """
    if isinstance(denied := is_on_one_side(person, case.client, case.provider), Denied):
        return denied
    for other in sorted((_parts_in(person, case) | held) - {part}):
        if sentence := _why_apart(frozenset({part, other})):
            return Denied(sentence % {"person": person})
    return Allowed()


def is_on_one_side(person: Person, client: Organisation, provider: Organisation) -> Decision:
    """Nobody takes part who belongs to both who orders and who delivers."""
    if client == provider:
        return Allowed()
    sides = person.memberships.filter(organisation__in=[client, provider])
    if sides.values("organisation").distinct().count() < 2:
        return Allowed()
    return Denied(
        _(
            "%(person)s belongs to both %(client)s and %(provider)s and can take no part in a "
            "case between them: it would not be independent."
        )
        % {"person": person, "client": client, "provider": provider}
    )


def _parts_in(person: Person, case: Case) -> frozenset[Part]:
    parts = {Part.ORDERER: case.orderer_id, Part.COORDINATOR: case.coordinator_id}
    held = {part for part, holder in parts.items() if holder == person.pk}
    return frozenset(held | ({Part.DECIDER} if is_decider(person, case) else set()))


def _why_apart(parts: frozenset[Part]) -> str:
    """The sentence for a combination that breaks independence; empty for one that does not."""
    return {
        frozenset({Part.ORDERER, Part.COORDINATOR}): _(
            "%(person)s orders the case and cannot run it too: it would not be independent."
        ),
        frozenset({Part.DECIDER, Part.COORDINATOR}): _(
            "%(person)s runs the case and cannot decide in it: who runs it would steer towards "
            "the decision."
        ),
        frozenset({Part.FIRST_ASSESSOR, Part.COORDINATOR}): _(
            "%(person)s runs the case and cannot give the client's own opinion."
        ),
        frozenset({Part.ORDERER, Part.ASSESSOR}): _(
            "%(person)s orders the case and cannot give an independent opinion in it."
        ),
        frozenset({Part.DECIDER, Part.ASSESSOR}): _(
            "%(person)s decides in the case and cannot give an independent opinion in it."
        ),
        frozenset({Part.FIRST_ASSESSOR, Part.ASSESSOR}): _(
            "%(person)s gives the client's own opinion, and a second one by the same person "
            "would be the first once more."
        ),
    }.get(parts, "")


def may_begin_order(person: Person, *, client: Organisation) -> Decision:
    if has_role(person, Role.ORDERER, client):
        return Allowed()
    return Denied(_("Only an orderer at %(client)s can order for it.") % {"client": client})


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


def may_write_order(person: Person, case: Case) -> Decision:
    """Any of the client's orderers, while it is being written: colleagues help each other."""
    if not has_role(person, Role.ORDERER, case.client):
        return Denied(_("Only an orderer at %(client)s writes it.") % {"client": case.client})
    if case.state == CaseState.DRAFT:
        return Allowed()
    return Denied(_("The order has been sent. Ask the coordinator to hand it back to you."))


def may_submit_order(person: Person, case: Case) -> Decision:
    """Who signs why a second opinion is wanted must be the one in whose name it is ordered."""
    if isinstance(denied := may_write_order(person, case), Denied):
        return denied
    if person.pk == case.orderer_id:
        return Allowed()
    return Denied(_("Only %(person)s can sign and send it.") % {"person": case.orderer})


def may_weigh_order(person: Person, case: Case) -> Decision:
    """See what the order is worth: it rests on the orderer's own belief, which is nobody else's."""
    if person.pk != case.orderer_id or not has_role(person, Role.ORDERER, case.client):
        return Denied(
            _(
                "Only %(person)s sees what a second opinion is worth here: it rests on what they "
                "would decide today."
            )
            % {"person": case.orderer}
        )
    if case.state in CAN_BE_WEIGHED_IN:
        return Allowed()
    return Denied(_("The order is under way: what it is worth was weighed before that."))


def may_sign_why(person: Person, case: Case) -> Decision:
    if person.pk != case.orderer_id:
        return Denied(_("Only %(person)s can sign it.") % {"person": case.orderer})
    if case.state in CAN_BE_SIGNED_IN:
        return Allowed()
    return Denied(_("It can be signed until the assessment begins."))


def may_ask_back(person: Person, case: Case) -> Decision:
    return _may_move(person, case, CaseState.DRAFT)


def may_decline(person: Person, case: Case) -> Decision:
    return _may_move(person, case, CaseState.DECLINED)


def may_name_deciders(person: Person, case: Case) -> Decision:
    return may_change_profile(person, case)


def may_change_profile(person: Person, case: Case) -> Decision:
    """The client's orderers while they write; the coordinator until it is locked.

    What the coordinator changes the deciders have to approve. Once a version is locked, only a
    new one that was asked for with a reason can be written.
    """
    if case.state == CaseState.DRAFT:
        return may_write_order(person, case)
    if isinstance(denied := may_run(person, case), Denied):
        return denied
    if case.state == CaseState.ORDERED or has_new_version(case):
        return Allowed()
    return Denied(_("The requirement profile can be changed only until it is locked."))


def may_set_standard(person: Person, provider: Organisation) -> Decision:
    if has_role(person, Role.COORDINATOR, provider):
        return Allowed()
    return Denied(
        _("Only a coordinator at %(provider)s sets its standard rule.") % {"provider": provider}
    )


def may_make_new_version(person: Person, case: Case) -> Decision:
    """Between the lock and the assessment: criteria are fixed before anybody's data is opened."""
    if isinstance(denied := may_run(person, case), Denied):
        return denied
    if case.state != CaseState.PROFILE_LOCKED:
        return Denied(
            _(
                "A new version of the requirement profile is made between the lock and the "
                "assessment: criteria must be fixed before anybody is assessed by them."
            )
        )
    if has_new_version(case):
        return Denied(_("A new version is being written already."))
    return Allowed()


def may_answer_profile(person: Person, case: Case) -> Decision:
    if not is_decider(person, case):
        return Denied(_("Only those named as deciders in this case approve its criteria."))
    if not has_role(person, Role.DECIDER, case.client):
        return Denied(
            _("You are named as a decider, but no longer decide at %(client)s.")
            % {"client": case.client}
        )
    if case.state == CaseState.ORDERED or has_new_version(case):
        return Allowed()
    return Denied(_("There is no requirement profile that waits for approval."))


def may_lock_profile(person: Person, case: Case) -> Decision:
    """Accept the order and lock, in one act; or lock the new version of a locked profile."""
    if isinstance(denied := may_run(person, case), Denied):
        return denied
    if has_new_version(case):
        return Allowed()
    return _legal(case, CaseState.PROFILE_LOCKED)


def may_waive_first_opinion(person: Person, case: Case) -> Decision:
    """The coordinator notes the client's wish, before the assessment begins."""
    if isinstance(denied := may_run(person, case), Denied):
        return denied
    if case.state in CAN_BE_SIGNED_IN:
        return Allowed()
    return Denied(_("Whether there is a first opinion is settled before the assessment begins."))


def may_start_assessment(person: Person, case: Case) -> Decision:
    if has_new_version(case):
        return Denied(_("A new version of the requirement profile is not locked yet."))
    return _may_move(person, case, CaseState.IN_ASSESSMENT)


def may_withdraw(person: Person, case: Case) -> Decision:
    """The one who ordered it may call it off too, until the report is out.

    An order that is being written is its client's own matter.
    """
    if case.state == CaseState.DRAFT and person.pk != case.orderer_id:
        return Denied(_("Only %(person)s can call it off.") % {"person": case.orderer})
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


def is_ready_to_lock(person: Person, case: Case) -> Decision:
    """Whether locking would succeed: asked before anybody is led to a page that locks."""
    if isinstance(denied := may_lock_profile(person, case), Denied):
        return denied
    if pending_profile(case) is None:
        return Denied(_("Write the requirement profile before you lock it."))
    awaited = approvals_awaited([case]).get(case.pk, ())
    if awaited:
        return Denied(
            _("%(people)s must approve these criteria before they are locked.")
            % {"people": ", ".join(person.name for person in awaited)}
        )
    return Allowed()


def has_new_version(case: Case) -> bool:
    """Whether a locked profile has a version after it that is not locked yet."""
    return case.state == CaseState.PROFILE_LOCKED and pending_profile(case) is not None
