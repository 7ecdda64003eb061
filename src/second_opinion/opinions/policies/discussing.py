"""Who may read, join and revise after the opening."""

from datetime import datetime

from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Allowed, Decision, Denied
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.states import IS_OPENED, CaseState
from second_opinion.opinions import selectors
from second_opinion.opinions.models import Opinion

CAN_BE_DISCUSSED_IN = frozenset({CaseState.OPENED, CaseState.REPORTED})


def may_read_discussion(person: Person, case: Case) -> Decision:
    """The case's assessors and coordinators, once it is open; who orders or decides, later."""
    if selectors.is_in_discussion(person, case):
        return Allowed()
    if case.state not in IS_OPENED:
        return Denied(_("Opinions are discussed after they have been opened together."))
    return Denied(
        _(
            "The discussion is for those who sealed an opinion and for the coordinators. Who "
            "orders or decides reads what came of it in the report, once that is released."
        )
    )


def may_discuss(person: Person, candidacy: Candidacy) -> Decision:
    """From the opening to the client's decision."""
    if isinstance(denied := may_read_discussion(person, candidacy.case), Denied):
        return denied
    if candidacy.is_withdrawn:
        return Denied(_("The candidate has withdrawn: nothing more is said of them."))
    if candidacy.case.state in CAN_BE_DISCUSSED_IN:
        return Allowed()
    return Denied(_("The client has decided: the discussion is over, and stays to be read."))


def may_revise(person: Person, opinion: Opinion, *, report_given_at: datetime | None) -> Decision:
    """One's own rating, from the opening until a report is in anybody's hands.

    report_given_at : when candidates or client could first read one, which a higher room knows
    """
    if opinion.assessor_id != person.pk:
        return Denied(_("This is another assessor's opinion."))
    if not opinion.is_sealed:
        return Denied(
            _("A rating is revised after it was sealed and opened, and this one was not.")
        )
    if isinstance(denied := may_discuss(person, opinion.candidacy), Denied):
        return denied
    if report_given_at is not None:
        return Denied(
            _(
                "A report has been given out, so ratings are no longer revised: whoever read it "
                "would have read something else. You can still say what you think of it now."
            )
        )
    return Allowed()
