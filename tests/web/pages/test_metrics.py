"""Figures for Prometheus: how it goes, for whoever holds the token, and nothing of anybody."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from second_opinion.audit.models import OutboxRow
from second_opinion.cases.states import CaseState
from tests import factories

pytestmark = pytest.mark.django_db

TOKEN = "a token for tests"


@pytest.fixture(autouse=True)
def token(settings):
    settings.SECOND_OPINION_METRICS_TOKEN = TOKEN


def figures(client):
    answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return {
        (sample.name, *(sample.labels[key] for key in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}"])
def test_without_the_token_there_is_no_such_page(client, given):
    assert client.get("/metrics", headers={"authorization": given}).status_code == 404


def test_where_no_token_is_set_an_empty_one_opens_nothing(client, settings):
    settings.SECOND_OPINION_METRICS_TOKEN = ""

    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def test_what_waits_in_the_outbox_is_told_with_its_age(client):
    now = timezone.now()
    OutboxRow.objects.create(kind="a", subject=uuid.uuid4(), due_at=now - timedelta(minutes=5))
    OutboxRow.objects.create(kind="a", subject=uuid.uuid4(), due_at=now + timedelta(hours=1))
    OutboxRow.objects.create(kind="a", subject=uuid.uuid4(), attempts=9)

    told = figures(client)

    assert told["second_opinion_outbox_due",] == 2
    assert told["second_opinion_outbox_oldest_seconds",] == pytest.approx(300, abs=20)
    assert told["second_opinion_outbox_in_trouble",] == 1


def test_requests_are_counted_by_page_and_never_by_address(client):
    cast = factories.Cast()
    case = factories.make_case(cast, state=CaseState.ORDERED)
    client.force_login(cast.coordinator)
    counted = ("second_opinion_request_seconds_count", "2xx", "GET", "case")
    before = figures(client).get(counted, 0)

    client.get(f"/cases/{case.pseudonym}/")
    client.get("/personal/some-secret/")

    told = figures(client)
    assert told[counted] == before + 1
    assert told["second_opinion_log_events",] > 0
    assert str(case.pseudonym) not in str(told)
    assert "some-secret" not in str(told)
