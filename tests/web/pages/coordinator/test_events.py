"""The log of a case: chosen, counted and paged in the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from second_opinion.audit.models import Event
from second_opinion.audit.services import record_event
from second_opinion.cases.states import CaseState
from tests.web.outline import path_of

pytestmark = pytest.mark.django_db


def queries_of(client, path):
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


def test_a_long_log_takes_as_many_queries_as_a_short_one_and_reads_only_its_page(cast, client):
    case, other = cast.case_in(CaseState.PROFILE_LOCKED), cast.case_in(CaseState.ORDERED)
    client.force_login(cast.coordinator)
    path = path_of("case_events", case=case)
    few = queries_of(client, path)

    for of_case in [case] * 120 + [other]:
        record_event(actor=cast.coordinator, verb="order.saved", subject=of_case, case=of_case)

    assert queries_of(client, path) == few
    last = client.get(f"{path}?page=2").context
    assert last["page"].paginator.count == Event.objects.filter(case=case.pseudonym).count()
    assert len(last["rows"]) == last["page"].paginator.count - 100
