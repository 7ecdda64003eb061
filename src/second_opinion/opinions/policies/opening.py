"""Who may open a case, and when it is ready to be opened."""

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Allowed, Decision, Denied
from second_opinion.cases import policies as cases
from second_opinion.cases import selectors as cases_selectors
from second_opinion.cases.models import Case
from second_opinion.cases.states import CaseState, illegal_move, may_become
from second_opinion.opinions import selectors

ONE_MINUTE = timedelta(minutes=1)


def may_open(person: Person, case: Case) -> Decision:
    if isinstance(denied := cases.may_run(person, case), Denied):
        return denied
    if not may_become(case.state, CaseState.OPENED):
        return Denied(illegal_move(case.state, CaseState.OPENED))
    if selectors.has_opinion_in(person, case) and not selectors.is_everything_sealed(case):
        return Denied(
            _(
                "You give an opinion in this case yourself, so you cannot choose when it opens: it "
                "opens by itself as soon as all opinions are sealed."
            )
        )
    return Allowed()


def is_ready_to_open(case: Case) -> Decision:
    """All is sealed; or the deadline has passed, and there is something to open."""
    if selectors.is_everything_sealed(case):
        return Allowed()
    if cases_selectors.is_without_interview(case):
        return _is_ready_without_interview(case)
    if not cases_selectors.is_past_due(case):
        return Denied(
            _(
                "A case opens when every candidate has an opinion and all opinions are sealed. "
                "After its deadline, %(when)s, you can open it without those that are not."
            )
            % {"when": _moment(cases_selectors.due_at(case))}
        )
    if not selectors.is_anything_to_open(case):
        return Denied(
            _(
                "The deadline has passed, but no opinion beside the client's own is sealed: there "
                "is no second opinion to open."
            )
        )
    return Allowed()


def _is_ready_without_interview(case: Case) -> Decision:
    if cases_selectors.is_past_due(case) and selectors.is_anything_to_open(case):
        return Allowed()
    return Denied(
        _(
            "Instruments alone measure here. The case opens when every candidate has a test, a "
            "reference or a work sample that counts, and every opinion that was asked for is "
            "sealed. After its deadline, %(when)s, you can open it with what there is."
        )
        % {"when": _moment(cases_selectors.due_at(case))}
    )


def _moment(at: datetime) -> str:
    """A due date ends at 24:00, so the minute before it is what people call the day."""
    return _("%(day)s at 24:00") % {"day": date_format(at - ONE_MINUTE, "j F Y")}
