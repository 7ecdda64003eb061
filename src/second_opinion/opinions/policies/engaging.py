"""Whose opinion on a candidate may be asked for: what it is called, and independent."""

from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Allowed, Decision, Denied
from second_opinion.accounts.selectors import has_role
from second_opinion.accounts.states import Role
from second_opinion.cases import policies as cases
from second_opinion.cases.models import Case
from second_opinion.cases.selectors import first_opinion_waiver_of
from second_opinion.cases.states import CaseState, Part
from second_opinion.instruments.selectors import is_rater
from second_opinion.opinions import selectors
from second_opinion.opinions.policies.early import has_not_read_early
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels.analysis import unresolved_in
from second_opinion.panels.selectors.proposals import is_challenged

CAN_BE_ENGAGED_IN = frozenset({CaseState.PROFILE_LOCKED, CaseState.IN_ASSESSMENT})


def may_engage(person: Person, case: Case) -> Decision:
    if isinstance(denied := cases.may_run(person, case), Denied):
        return denied
    if case.state in CAN_BE_ENGAGED_IN:
        return Allowed()
    return Denied(
        _("Assessors are engaged after the requirement profile is locked and before the opening.")
    )


def may_end_engagement(person: Person, case: Case, assessor: Person) -> Decision:
    """Who runs the case, and the assessor of themselves, while something of theirs is unsealed."""
    if person.pk != assessor.pk and isinstance(denied := may_engage(person, case), Denied):
        return denied
    if case.state in CAN_BE_ENGAGED_IN and selectors.has_unsealed_in(assessor, case):
        return Allowed()
    return Denied(_("Nothing is open to be ended here: what is sealed stays as it is."))


def may_give(assessor: Person, case: Case, kind: OpinionKind) -> Decision:
    """Whether this person's opinion would be what it is called, and independent."""
    part = Part.FIRST_ASSESSOR if kind == OpinionKind.FIRST else Part.ASSESSOR
    held = selectors.assessor_parts(assessor, case)
    if is_rater(assessor, case):
        return Denied(
            _("%(person)s rates the work sample: their opinion would count the same eyes twice.")
            % {"person": assessor}
        )
    if isinstance(denied := has_not_read_early(assessor, case), Denied):
        return denied
    apart = cases.keeps_interests_apart(assessor, case, part, held=held)
    if isinstance(apart, Denied):
        return apart
    if kind == OpinionKind.FIRST:
        return _may_give_first(assessor, case)
    if any(has_role(assessor, role, case.client) for role in (Role.ORDERER, Role.DECIDER)):
        return Denied(
            _("%(person)s orders or decides at %(client)s and cannot give an independent opinion.")
            % {"person": assessor, "client": case.client}
        )
    if kind == OpinionKind.SECOND and not has_role(assessor, Role.ASSESSOR, case.provider):
        return Denied(
            _("%(person)s is no assessor at %(provider)s, and the second opinion is theirs.")
            % {"person": assessor, "provider": case.provider}
        )
    if not assessor.memberships.filter(role=Role.ASSESSOR).exists():
        return Denied(_("%(person)s is no assessor.") % {"person": assessor})
    return _runs_alone_or_not_at_all(assessor, case)


def _may_give_first(assessor: Person, case: Case) -> Decision:
    if first_opinion_waiver_of(case) is not None:
        return Denied(_("This case has no first opinion: the client wanted none."))
    if any(has_role(assessor, role, case.client) for role in selectors.GIVES_FIRST):
        return Allowed()
    return Denied(
        _("The first opinion is the client's own, and %(person)s has no role at %(client)s.")
        % {"person": assessor, "client": case.client}
    )


def _runs_alone_or_not_at_all(assessor: Person, case: Case) -> Decision:
    """Who runs a case assesses in it only where nobody else could run it."""
    if assessor.pk != case.coordinator_id or selectors.is_lone_coordinator(assessor, case):
        return Allowed()
    return Denied(
        _(
            "%(person)s runs the case and others at %(provider)s could: let one of them run it, "
            "or somebody else assess."
        )
        % {"person": assessor, "provider": case.provider}
    )


def is_free_of_conflict(assessor: Person, case: Case, kind: OpinionKind) -> Decision:
    """Whether all that ties an assessor to the case has been cleared; the client's own may be tied.

    Asked of the register as it is now, each time.
    """
    if kind == OpinionKind.FIRST:
        return Allowed()
    if unresolved_in(case, [assessor], around=selectors.around_of(case)):
        return Denied(conflict_sentence(assessor))
    if is_challenged(case, assessor):
        return Denied(
            _("A candidate has challenged %(person)s, and that is not decided or was upheld.")
            % {"person": assessor}
        )
    return Allowed()


def conflict_sentence(assessor: Person) -> str:
    """Who may engage is told what there is on the page of conflicts, and nobody else is."""
    return _(
        "%(person)s has, or may have, a conflict of interest in this case that nobody has cleared."
    ) % {"person": assessor}
