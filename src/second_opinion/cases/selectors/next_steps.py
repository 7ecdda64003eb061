"""What moves a case on, and by whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.cases.models import Case
from second_opinion.cases.selectors.profile import approvals_awaited
from second_opinion.cases.selectors.reading import state_since
from second_opinion.cases.states import CaseState, NextAction
from second_opinion.library.directions import isolated

# Of what each state waits for; what an assessment waits for only the opinions room knows.
WAITS_FOR = {
    CaseState.DRAFT: NextAction.SUBMIT_ORDER,
    CaseState.ORDERED: NextAction.LOCK_PROFILE,
    CaseState.PROFILE_LOCKED: NextAction.START_ASSESSMENT,
    CaseState.IN_ASSESSMENT: NextAction.SEAL_OPINIONS,
    CaseState.OPENED: NextAction.RELEASE_REPORT,
    CaseState.REPORTED: NextAction.DECIDE,
    CaseState.DECIDED: NextAction.CLOSE_CASE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    action: NextAction
    waiting_for: tuple[str, ...]  # display names; empty where they are not the reader's business
    people: frozenset[int] = frozenset()  # who they are, where a single person or decider is asked
    since: datetime
    due_on: date  # ends at 24:00

    @property
    def sentence(self) -> str:
        """In the words of somebody who looks on, for example "Waiting for Anna to decide."."""
        if not self.waiting_for:
            return _("The assessment is under way.")
        return _sentence(self.action) % {"who": _listed(self.waiting_for)}


def next_step(
    case: Case, *, action: NextAction | None = None, waiting_for: Sequence[str] | None = None
) -> NextStep | None:
    """What moves the case on, and by whom; None when it is over.

    An assessment waits for the coordinator unless names are handed in; whom it waits for,
    `opinions.selectors.next_step` says, on top of this.
    """
    if action is None and waiting_for is None:
        return next_steps([case])[0]
    action = action or WAITS_FOR.get(CaseState(case.state))
    if action is None:
        return None
    names = (case.coordinator.name,) if waiting_for is None else tuple(waiting_for)
    return _step(case, action, names, ())


def next_steps(of_cases: Sequence[Case]) -> list[NextStep | None]:
    """Of all these cases, in as many queries as for one."""
    awaited = approvals_awaited(of_cases)
    return [_next_step(case, awaited.get(case.pk, ())) for case in of_cases]


def _next_step(case: Case, deciders: Sequence[Person]) -> NextStep | None:
    action = WAITS_FOR.get(CaseState(case.state))
    if action is None:
        return None
    people: Sequence[Person] = (case.coordinator,)
    if deciders:
        action, people = NextAction.APPROVE_PROFILE, deciders
    elif action in {NextAction.DECIDE, NextAction.SUBMIT_ORDER}:
        people = (case.orderer,)
    return _step(
        case, action, tuple(person.name for person in people), [person.pk for person in people]
    )


def _step(
    case: Case, action: NextAction, names: tuple[str, ...], people: Iterable[int]
) -> NextStep:
    return NextStep(
        action=action,
        waiting_for=names,
        people=frozenset(people),
        since=state_since(case),
        due_on=case.due_on,
    )


def _sentence(action: NextAction) -> str:
    return {
        NextAction.SUBMIT_ORDER: _("Waiting for %(who)s to finish the order."),
        NextAction.APPROVE_PROFILE: _("Waiting for %(who)s to approve the requirement profile."),
        NextAction.LOCK_PROFILE: _("Waiting for %(who)s to lock the requirement profile."),
        NextAction.TELL_CANDIDATES: _(
            "Waiting for %(who)s to tell the candidates what it is about."
        ),
        NextAction.START_ASSESSMENT: _("Waiting for %(who)s to start the assessment."),
        NextAction.ENGAGE_ASSESSORS: _("Waiting for %(who)s to engage assessors."),
        NextAction.COLLECT_RESULTS: _(
            "Waiting for %(who)s to collect a result of every candidate: instruments alone measure."
        ),
        NextAction.SEAL_OPINIONS: _("Waiting for %(who)s to seal the assessment."),
        NextAction.OPEN_CASE: _("All is sealed. Waiting for %(who)s to open the case."),
        NextAction.RELEASE_REPORT: _("Waiting for %(who)s to write and release the report."),
        NextAction.DECIDE: _("Waiting for %(who)s to decide."),
        NextAction.CLOSE_CASE: _("Waiting for %(who)s to close the case."),
    }[action]


def _listed(names: Sequence[str]) -> str:
    """Names as one writes them in a sentence: Anna, Bo and Cilla."""
    *first, last = map(isolated, names)
    if not first:
        return last
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}
