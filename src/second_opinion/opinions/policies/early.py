"""Who may read a sealed opinion before the opening: two persons together, and nobody who assesses.

Where a provider has one coordinator there is no second person. Then that one may alone, and the
parties are told at the same moment: see `services.early`.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Allowed, Decision, Denied
from second_opinion.cases import policies as cases
from second_opinion.cases.models import Case
from second_opinion.cases.states import CaseState
from second_opinion.instruments.policies import has_opened_nothing
from second_opinion.instruments.selectors import is_rater
from second_opinion.opinions import selectors
from second_opinion.opinions.models import EarlyReading, Opinion
from second_opinion.opinions.selectors.early import (
    became_coordinator_since,
    has_just_become_alone,
    has_read_early,
    is_answered,
)


def may_ask_early(person: Person, opinion: Opinion) -> Decision:
    case = opinion.candidacy.case
    if isinstance(denied := _stands_outside(person, case), Denied):
        return denied
    if not opinion.is_sealed:
        return Denied(_("Only what is sealed can be asked for: a draft is read by its author."))
    return Allowed()


def may_grant_early(person: Person, reading: EarlyReading) -> Decision:
    """Another coordinator; or who asked, where nobody else is or has just been one."""
    case = reading.opinion.candidacy.case
    if isinstance(denied := _may_answer(reading), Denied):
        return denied
    if isinstance(denied := _stands_outside(person, case), Denied):
        return denied
    if became_coordinator_since(reading, person, case):
        return Denied(_("You have run cases here only since it was asked for: let another answer."))
    if person.pk != reading.asked_by_id or may_grant_alone(person, case):
        return Allowed()
    return Denied(
        _("It takes two: you asked for it yourself, so another coordinator has to agree.")
    )


def may_refuse_early(person: Person, reading: EarlyReading) -> Decision:
    """Every coordinator; who asked takes it back in the same way."""
    case = reading.opinion.candidacy.case
    if isinstance(denied := cases.may_run(person, case), Denied):
        return denied
    return _may_answer(reading)


def may_grant_alone(person: Person, case: Case) -> bool:
    return selectors.is_lone_coordinator(person, case) and not has_just_become_alone(case)


def may_look_early(person: Person, reading: EarlyReading) -> Decision:
    """Who asked, while what was agreed to lasts."""
    case = reading.opinion.candidacy.case
    if isinstance(denied := _stands_outside(person, case), Denied):
        return denied
    if person.pk != reading.asked_by_id:
        return Denied(_("Only who asked for it reads it."))
    if not is_answered(reading):
        return Denied(_("Nobody has agreed to it yet."))
    if not reading.answer.is_granted:
        return Denied(_("It was refused."))
    if timezone.now() >= reading.answer.ends_at:
        return Denied(_("The time for reading is over. Ask anew if it is needed again."))
    return Allowed()


def has_not_read_early(person: Person, case: Case) -> Decision:
    """Of who is to assess or rate in the case."""
    if not has_read_early(person, case):
        return has_opened_nothing(person, case)
    return Denied(
        _(
            "%(person)s has read a sealed opinion of this case, so an opinion of theirs would "
            "not be formed apart."
        )
        % {"person": person}
    )


def _may_answer(reading: EarlyReading) -> Decision:
    if is_answered(reading):
        return Denied(_("It has been answered."))
    return _is_in_assessment(reading.opinion.candidacy.case)


def _stands_outside(person: Person, case: Case) -> Decision:
    """Runs the case, assesses nothing in it, and it is not open yet."""
    if isinstance(denied := cases.may_run(person, case), Denied):
        return denied
    if isinstance(denied := _is_in_assessment(case), Denied):
        return denied
    if selectors.has_opinion_in(person, case) or is_rater(person, case):
        return Denied(
            _("You assess in this case yourself, and read nobody else’s opinion before it opens.")
        )
    return Allowed()


def _is_in_assessment(case: Case) -> Decision:
    if case.state == CaseState.IN_ASSESSMENT:
        return Allowed()
    return Denied(_("A sealed opinion is read early only while the case is in assessment."))
