"""A disk that is full and a database that is gone: said on the page, and nothing half-written."""

import contextlib
import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, close_old_connections, connection
from django.test import Client

from second_opinion.audit.models import Event
from second_opinion.candidates.models import Material
from second_opinion.cases.states import CaseState
from second_opinion.cli.doctor.records import record_findings
from second_opinion.opinions.states import OpinionKind
from tests import factories
from tests.web import candidates

pytestmark = pytest.mark.django_db(transaction=True)

SORRY = "Nothing can be saved just now"


@contextlib.contextmanager
def full_disk():
    """SQLite's own limit, which answers as a full disk does."""
    with connection.cursor() as cursor:
        cursor.execute("create table filler (of blob)")
        pages = cursor.execute("pragma page_count").fetchone()[0]
        cursor.execute(f"pragma max_page_count = {pages}")
        with contextlib.suppress(OperationalError):
            while True:
                cursor.execute("insert into filler values (zeroblob(1000))")
        yield
        cursor.execute("pragma max_page_count = 1073741823")
        cursor.execute("drop table filler")


@pytest.fixture
def on_sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("a full disk is played by SQLite's own limit")


@pytest.fixture
def assessor():
    """Signed in, and the opinion that is complete but not sealed."""
    cast = factories.Cast()
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    opinion = factories.engage(cast, case.candidacies.get(), cast.decider, OpinionKind.FIRST)
    factories.rate(opinion, conclusion="Fits. " * 4000)
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.decider)
    browser.cookies["django_language"] = "en"
    return browser, opinion


def press_seal(browser, opinion):
    return browser.post(f"/assessments/{opinion.pseudonym}/seal/")


def test_a_seal_on_a_full_disk_is_not_made_and_the_next_one_is(on_sqlite, assessor, caplog):
    browser, opinion = assessor
    n_events = Event.objects.count()

    with full_disk(), caplog.at_level(logging.ERROR):
        answer = press_seal(browser, opinion)
        opinion.refresh_from_db()
        is_sealed = opinion.is_sealed

    assert (answer.status_code, is_sealed) == (503, False)
    assert SORRY in answer.content.decode()
    assert "cannot write (SQLITE_FULL)" in caplog.text
    assert Event.objects.count() == n_events
    assert press_seal(browser, opinion).status_code == 302
    opinion.refresh_from_db()
    assert opinion.is_sealed
    assert record_findings() == []


def test_an_upload_on_a_full_disk_is_not_kept_and_the_next_one_is(on_sqlite):
    candidacy = factories.make_case(
        factories.Cast(), state=CaseState.IN_ASSESSMENT
    ).candidacies.get()
    browser = Client(raise_request_exception=False)
    candidates.enter(browser, candidacy)

    def send():
        upload = SimpleUploadedFile("cv.txt", b"fine " * 100_000)
        return browser.post("/candidate/material/", {"act": "file", "file": upload})

    with full_disk():
        answer = send()
        n_kept = Material.objects.count()

    assert (answer.status_code, n_kept) == (503, 0)
    assert send().status_code == 302
    assert Material.objects.count() == 1
    assert record_findings() == []


@pytest.mark.postgresql
def test_a_database_that_goes_in_the_middle_of_a_seal_leaves_no_half_of_it(
    assessor, monkeypatch, caplog
):
    browser, opinion = assessor

    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setattr("second_opinion.opinions.services.until_opening.record_event", cut_the_line)
        answer = press_seal(browser, opinion)
    close_old_connections()

    assert answer.status_code == 503
    assert SORRY in answer.content.decode()
    assert "cannot write (57P01)" in caplog.text
    opinion.refresh_from_db()
    assert not opinion.is_sealed
    assert press_seal(browser, opinion).status_code == 302
    assert record_findings() == []


def cut_the_line(**_):
    """The server ends this very connection, as when it is stopped."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(pg_backend_pid())")
