from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Allowed, Decision, Denied
from second_opinion.cases.models import Case
from second_opinion.cases.policies import may_run
from second_opinion.cases.states import CaseState
from second_opinion.reports.models import ReportVersion

CAN_BE_REPORTED_IN = frozenset({CaseState.OPENED, CaseState.REPORTED})


def may_write_report(person: Person, case: Case) -> Decision:
    if isinstance(denied := may_run(person, case), Denied):
        return denied
    if case.state in CAN_BE_REPORTED_IN:
        return Allowed()
    return Denied(_("A report is written after the opening and before the client's decision."))


def may_release_report(person: Person, version: ReportVersion) -> Decision:
    if isinstance(denied := may_write_report(person, version.case), Denied):
        return denied
    if version.released_at is not None:
        return Denied(_("This version has been released already."))
    return Allowed()
