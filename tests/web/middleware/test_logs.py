"""What is logged names pages and kinds of faults, and nothing that anybody wrote or holds."""

import json
import logging

import pytest
from django.db import IntegrityError
from django.test import RequestFactory

from second_opinion.config.logs import Json, Lines, WithoutPeople
from second_opinion.web.middleware import slow_statements
from second_opinion.web.middleware.request_ids import HEADER

SECRET = "kim-karlsson-secret-token"


@pytest.fixture
def logged():
    """Calls the code and answers with the lines that Json and Lines make of what it logs."""
    records = []

    class Keeping(logging.Handler):
        def emit(self, record):
            records.append(record)

    handler = Keeping()
    handler.addFilter(WithoutPeople())
    loggers = [logging.getLogger(name) for name in ("django", "second_opinion")]
    for logger in loggers:
        logger.addHandler(handler)

    def told():
        return [Json().format(record) for record in records] + [
            Lines().format(record) for record in records
        ]

    yield told
    for logger in loggers:
        logger.removeHandler(handler)


@pytest.mark.django_db
def test_an_address_that_is_a_secret_is_logged_as_its_pattern(client, logged):
    client.get(f"/personal/{SECRET}/")
    client.get(f"/no/such/{SECRET}/")

    told = "".join(logged())
    assert SECRET not in told
    assert "/personal/<str:token>/" in told
    assert "(no such address)" in told


def test_a_fault_is_logged_by_its_type_and_places_without_its_words(logged):
    def write():
        raise IntegrityError(f"Key (email)=({SECRET}) already exists.")

    try:
        write()
    except IntegrityError:
        logging.getLogger("second_opinion.audit").exception("A row failed.")

    as_json, as_line = logged()
    assert SECRET not in as_json + as_line
    assert "django.db.utils.IntegrityError" in json.loads(as_json)["fault"]
    assert "test_logs.py" in as_line
    assert "write" in as_line


def test_the_log_as_json_tells_what_machines_ask(logged):
    logging.getLogger("second_opinion.audit").info("%s rows", 3, extra={"rows": 3})

    told = json.loads(logged()[0])
    assert {key: told[key] for key in ("level", "message", "logger", "rows")} == {
        "level": "info",
        "message": "3 rows",
        "logger": "second_opinion.audit",
        "rows": 3,
    }


@pytest.mark.django_db
def test_a_slow_statement_is_named_with_its_page_and_without_its_values(
    client, logged, monkeypatch, settings
):
    settings.SECOND_OPINION_SLOW_STATEMENT_MS = 1
    clock = iter(range(10**6))
    monkeypatch.setattr(slow_statements, "perf_counter", lambda: next(clock))

    client.get("/sign-in/", headers={"cookie": f"sessionid={SECRET}"})

    told = "".join(logged())
    assert "account_login: 1000 ms for SELECT" in told
    assert "django_session" in told
    assert SECRET not in told


@pytest.mark.django_db
def test_the_number_of_a_request_is_the_proxys_where_that_is_plain(client, logged):
    assert client.get("/health/live", headers={HEADER: "abc-12345"}).headers[HEADER] == "abc-12345"
    client.get("/no/such/", headers={HEADER: "abc-12345"})
    assert any("[abc-12345]" in line for line in logged())
    made_up = client.get("/health/live", headers={HEADER: "<script>"}).headers[HEADER]
    assert made_up.isalnum()
    assert made_up != client.get("/health/live").headers[HEADER]


def test_a_request_of_another_kind_does_not_stop_the_log(logged):
    request = RequestFactory().get("/")
    logging.getLogger("django.request").warning("Odd", extra={"request": request})

    assert "/" in logged()[1]
