"""When each step comes, reckoned back from the day on which the client needs the report.

The candidate's right of reply is counted in: what is planned holds if everybody keeps to time.
"""

from dataclasses import dataclass
from datetime import date

from second_opinion.cases.models import Case
from second_opinion.cases.selectors.orders import report_order_of
from second_opinion.cases.states import ReportOrder
from second_opinion.library.working_days import working_day_after, working_day_before

WORKING_DAYS_TO_REPLY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDates:
    """Days where the provider is; the last of a reply ends at 24:00.

    candidates_read_on : by then all assessments are done and opened, too
    """

    candidates_read_on: date
    replies_until: date
    client_reads_on: date


def planned_dates_of(case: Case) -> PlannedDates:
    if report_order_of(case) == ReportOrder.SAME_TIME:
        return PlannedDates(
            candidates_read_on=case.due_on,
            replies_until=working_day_after(case.due_on, number=WORKING_DAYS_TO_REPLY),
            client_reads_on=case.due_on,
        )
    replies_until = working_day_before(case.due_on, number=1)
    return PlannedDates(
        candidates_read_on=working_day_before(replies_until, number=WORKING_DAYS_TO_REPLY),
        replies_until=replies_until,
        client_reads_on=case.due_on,
    )
