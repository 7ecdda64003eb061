"""When each step is planned: back from the day the report is needed, over working days only."""

from datetime import date

import pytest

from second_opinion.cases.selectors import planned_dates_of
from second_opinion.cases.states import ReportOrder
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return factories.make_case(factories.Cast())


@pytest.mark.parametrize(
    ("needed", "read", "reply"),
    [
        (date(2026, 12, 10), date(2026, 12, 7), date(2026, 12, 9)),  # Thursday
        (date(2026, 12, 7), date(2026, 12, 2), date(2026, 12, 4)),  # over a weekend
        (date(2026, 12, 28), date(2026, 12, 21), date(2026, 12, 23)),  # over Christmas
        (date(2026, 4, 8), date(2026, 4, 1), date(2026, 4, 7)),  # over Easter
    ],
)
def test_who_reads_first_has_two_working_days_before_the_client_reads(case, needed, read, reply):
    case.due_on = needed

    planned = planned_dates_of(case)

    assert (planned.candidates_read_on, planned.replies_until) == (read, reply)
    assert planned.client_reads_on == needed


def test_at_the_same_time_the_reply_comes_after(case):
    order = case.order
    order.report_order = ReportOrder.SAME_TIME
    order.save()
    case.due_on = date(2026, 12, 23)

    planned = planned_dates_of(case)

    assert planned.candidates_read_on == planned.client_reads_on == date(2026, 12, 23)
    assert planned.replies_until == date(2026, 12, 29)
