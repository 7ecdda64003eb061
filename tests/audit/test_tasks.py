import logging
import threading
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.db.models import F

from second_opinion.audit import services, tasks
from second_opinion.audit.errors import DeliveryError
from second_opinion.audit.models import OutboxRow

pytestmark = pytest.mark.django_db


class Thing:
    def __init__(self):
        self.pseudonym = uuid4()


@pytest.fixture
def handlers(monkeypatch):
    """An empty registry for one test."""
    monkeypatch.setattr(tasks, "_handlers", {})
    monkeypatch.setattr(tasks, "_handlers_if_cut_short", {})
    return tasks.register_handler


def test_due_rows_reach_the_handler_of_their_kind_once(handlers):
    thing, seen = Thing(), []
    handlers("mail", seen.append)
    services.enqueue(kind="mail", subject=thing)

    assert [tasks.deliver_due(), tasks.deliver_due()] == [1, 0]
    assert seen == [thing.pseudonym]
    assert OutboxRow.objects.get().done_at is not None


def test_a_handler_that_cannot_do_it_now_is_tried_again_with_its_sentence(handlers, caplog):
    def refuse(pseudonym):
        raise DeliveryError("The mail server did not take it.")

    handlers("mail", refuse)
    services.enqueue(kind="mail", subject=Thing())

    tasks.deliver_due()

    row = OutboxRow.objects.get()
    assert (row.attempts, row.last_error, row.done_at) == (
        1,
        "The mail server did not take it.",
        None,
    )
    assert "attempt 1: The mail server did not take it." in caplog.text


def test_a_handler_with_a_fault_stops_neither_the_others_nor_tells_content(handlers, caplog):
    seen = []

    def fall(pseudonym):
        raise LookupError("kim@example.com is unknown")

    handlers("fault", fall)
    handlers("mail", seen.append)
    services.enqueue(kind="fault", subject=Thing())
    services.enqueue(kind="mail", subject=Thing())

    with caplog.at_level(logging.CRITICAL, logger="second_opinion.audit.tasks"):
        assert tasks.deliver_due() == 2

    assert len(seen) == 1
    assert OutboxRow.objects.get(kind="fault").last_error == "LookupError in the handler."


def test_a_row_that_no_room_knows_is_kept(handlers):
    services.enqueue(kind="unknown", subject=Thing())

    tasks.deliver_due()

    assert "No handler for unknown" in OutboxRow.objects.get().last_error


@pytest.mark.django_db(transaction=True)
def test_a_worker_told_to_stop_finishes_its_row_and_begins_no_other(handlers):
    stop = threading.Event()
    handlers("mail", lambda pseudonym: stop.set())
    for _ in range(2):
        services.enqueue(kind="mail", subject=Thing())

    tasks.run_worker(stop=stop, seconds=60)

    assert OutboxRow.objects.filter(done_at__isnull=False).count() == 1


def test_a_database_that_is_gone_for_a_moment_does_not_end_the_worker(monkeypatch, caplog):
    stop = threading.Event()
    looks = []

    def claim():
        looks.append(1)
        if len(looks) == 1:
            raise OperationalError("server closed the connection")
        stop.set()

    monkeypatch.setattr(tasks.services, "claim_next", claim)
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)

    tasks.run_worker(stop=stop, seconds=0)

    assert len(looks) == 2
    assert "The database does not answer (OperationalError)" in caplog.text


def test_what_a_worker_died_over_is_done_once_more_or_as_its_room_says(handlers):
    again, instead = [], []
    handlers("mail", again.append)
    handlers("reminder", again.append, if_cut_short=instead.append)
    letter, reminder = Thing(), Thing()
    for kind, thing in (("mail", letter), ("reminder", reminder)):
        services.enqueue(kind=kind, subject=thing)
        services.claim_next()  # and dies
    OutboxRow.objects.update(due_at=F("created_at"))

    tasks.deliver_due()

    assert (again, instead) == ([letter.pseudonym], [reminder.pseudonym])


def test_a_database_that_goes_while_a_mail_goes_out_leaves_the_row_as_if_cut_short(handlers):
    def lose(pseudonym):
        raise OperationalError("server closed the connection")

    handlers("mail", lose)
    services.enqueue(kind="mail", subject=Thing())

    with pytest.raises(OperationalError):
        tasks.deliver_due()

    row = OutboxRow.objects.get()
    assert (row.attempts, row.last_error, row.done_at) == (1, "", None)
