from datetime import datetime

from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Allowed, Decision, Denied
from second_opinion.candidates import selectors
from second_opinion.cases import policies as cases
from second_opinion.cases.models import Candidacy
from second_opinion.cases.states import BEGINS_AS, IS_OPENED, IS_OVER, CaseState

CAN_BE_INFORMED_IN = frozenset({CaseState.PROFILE_LOCKED, CaseState.IN_ASSESSMENT})


def may_attend(person: Person, candidacy: Candidacy) -> Decision:
    """Who answers, offers and notes things on the provider's side."""
    if isinstance(denied := cases.may_run(person, candidacy.case), Denied):
        return denied
    if candidacy.is_withdrawn:
        return Denied(_("The candidate has withdrawn: nothing more is asked of them."))
    if candidacy.case.state in IS_OVER:
        return Denied(_("The case is over: nothing more is asked of the candidate."))
    if candidacy.case.state in BEGINS_AS:
        return Denied(
            _("The candidate is asked something only after the requirement profile is locked.")
        )
    return Allowed()


def may_inform(person: Person, candidacy: Candidacy) -> Decision:
    """A notice says what is assessed and how it weighs, so the profile must be locked first."""
    if isinstance(denied := may_attend(person, candidacy), Denied):
        return denied
    if candidacy.case.state in CAN_BE_INFORMED_IN:
        return Allowed()
    return Denied(
        _(
            "The candidate is informed after the requirement profile is locked, and before the "
            "opinions are opened."
        )
    )


def may_take_part(candidacy: Candidacy) -> Decision:
    """What the candidate does on their own page before the opening."""
    if isinstance(denied := _is_with_us(candidacy), Denied):
        return denied
    if candidacy.case.state in IS_OPENED:
        return Denied(_("All assessments are done and opened: this can no longer be changed."))
    return Allowed()


def may_release_referee(candidacy: Candidacy) -> Decision:
    """References are taken during the assessment, of a candidate who knows what it is about."""
    if isinstance(denied := may_take_part(candidacy), Denied):
        return denied
    if candidacy.case.state != CaseState.IN_ASSESSMENT:
        return Denied(_("Referees can be written to once the assessment has begun."))
    if not selectors.has_acknowledged(candidacy):
        return Denied(_("Please read first what this is about: nothing is asked before that."))
    return Allowed()


def may_ask(candidacy: Candidacy) -> Decision:
    """Questions, and the choice of a time, are open for as long as the case is."""
    return _is_with_us(candidacy)


def may_reply(candidacy: Candidacy, *, released_at: datetime | None) -> Decision:
    """On the report, from the moment the candidate can read it, for two working days."""
    if isinstance(denied := _is_with_us(candidacy), Denied):
        return denied
    if released_at is None:
        return Denied(_("The report is not there yet. We write to you when it is."))
    if not selectors.is_reply_open(candidacy, released_at):
        return Denied(_("The two working days for your reply are over. Write to the coordinator."))
    return Allowed()


def may_tell_experience(candidacy: Candidacy) -> Decision:
    """Once, after the talk about the result, also when the case is closed by then."""
    if candidacy.is_withdrawn or candidacy.case.state == CaseState.WITHDRAWN:
        return _is_with_us(candidacy)
    if selectors.has_told_experience(candidacy):
        return Denied(_("You have told us. Thank you."))
    if not selectors.is_feedback_over(candidacy):
        return Denied(_("We ask you about this after we have talked about the result."))
    return Allowed()


def _is_with_us(candidacy: Candidacy) -> Decision:
    if candidacy.is_withdrawn:
        return Denied(_("You have withdrawn. Nothing more is asked of you."))
    if candidacy.case.state in IS_OVER:
        return Denied(_("The case is over. Nothing more is asked of you."))
    return Allowed()
