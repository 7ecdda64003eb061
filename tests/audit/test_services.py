import json
import math
import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from second_opinion.audit import services
from second_opinion.audit.errors import ContentInEventError
from second_opinion.audit.models import Event, OutboxRow
from tests import factories


class Thing:
    def __init__(self):
        self.pseudonym = uuid4()


@pytest.mark.django_db
def test_an_event_names_everything_by_pseudonym():
    actor, subject, other = Thing(), Thing(), uuid4()

    services.record_event(
        actor=actor,
        verb="thing.done",
        subject=subject,
        case=None,
        details={"other": other, "number": 3, "is_late": True, "sha256": "ab" * 32, "none": None},
    )

    event = Event.objects.get()
    assert (event.actor, event.subject, event.subject_kind) == (
        actor.pseudonym,
        subject.pseudonym,
        "thing",
    )
    assert event.details == {
        "other": str(other),
        "number": 3,
        "is_late": True,
        "sha256": "ab" * 32,
        "none": None,
    }


@pytest.mark.django_db
def test_what_the_system_does_has_no_actor():
    event = services.record_event(actor=None, verb="thing.done", subject=Thing(), case=None)

    assert event.actor is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words", ["Kim Karlsson", "kim@example.com", "Åsa", "a sentence", "x" * 81, ""]
)
def test_words_names_and_addresses_have_no_way_into_the_log(words):
    with pytest.raises(ContentInEventError, match="ids, hashes and states"):
        services.record_event(
            actor=None, verb="thing.done", subject=Thing(), case=None, details={"name": words}
        )

    assert not Event.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda: Event.objects.update(verb="nothing"),
        lambda: Event.objects.all()._raw_delete("default"),
        lambda: Event.objects.get().delete(),
    ],
    ids=["update", "delete all", "delete one"],
)
def test_the_database_itself_refuses_to_change_the_log(change):
    services.record_event(actor=None, verb="thing.done", subject=Thing(), case=None)
    before = list(Event.objects.values())

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change()

    assert list(Event.objects.values()) == before


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("table", ["audit_event", "cases_casetransition"])
def test_postgresql_refuses_to_empty_an_append_only_table_at_once(table):
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.django_db(transaction=True)
def test_the_log_is_protected_again_after_a_test_with_real_transactions():
    # The flush at the end of the test before this one took the triggers away for a moment.
    services.record_event(actor=None, verb="thing.done", subject=Thing(), case=None)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Event.objects.update(verb="nothing")


def test_canonical_json_does_not_depend_on_the_order_of_keys():
    one = services.canonical_json({"b": [1, {"y": 2, "x": "å"}], "a": 1.5})

    assert one == services.canonical_json({"a": 1.5, "b": [1, {"x": "å", "y": 2}]})
    assert one == '{"a":1.5,"b":[1,{"x":"å","y":2}]}'.encode()


def test_content_that_went_through_the_database_has_the_same_hash():
    content = {"scores": [1.0, 2.5, None], "name": "Åsa 🙂", "nested": {"b": 1, "a": []}}

    assert services.content_hash(json.loads(json.dumps(content))) == services.content_hash(content)


def test_what_json_cannot_say_has_no_hash():
    with pytest.raises(ValueError, match="not representable"):
        services.content_hash({"score": math.nan})


@pytest.mark.django_db
def test_the_row_that_has_been_due_longest_is_claimed_first():
    now = timezone.now()
    late, later = Thing(), Thing()
    services.enqueue(kind="mail", subject=later, due_at=now - timedelta(minutes=1))
    services.enqueue(kind="mail", subject=late, due_at=now - timedelta(minutes=2))
    services.enqueue(kind="mail", subject=Thing(), due_at=now + timedelta(minutes=1))

    claimed = [services.claim_next(now=now), services.claim_next(now=now)]

    assert [row.subject for row in claimed] == [late.pseudonym, later.pseudonym]
    assert services.claim_next(now=now) is None


@pytest.mark.django_db
def test_a_row_whose_worker_died_comes_due_again_and_says_that_it_was_cut_short():
    now = timezone.now()
    services.enqueue(kind="mail", subject=Thing(), due_at=now)

    first = services.claim_next(now=now)
    assert services.claim_next(now=first.due_at - timedelta(seconds=1)) is None
    second = services.claim_next(now=first.due_at)

    assert (first.was_cut_short, second.was_cut_short) == (False, True)
    assert second.attempts == 2


@pytest.mark.django_db
def test_a_row_that_failed_waits_longer_each_time_and_was_not_cut_short():
    now = timezone.now()
    services.enqueue(kind="mail", subject=Thing(), due_at=now)

    waits = []
    for _ in range(4):
        row = services.claim_next(now=now)
        assert not row.was_cut_short
        services.mark_failed(row=row, sentence="The mail server did not answer.")
        waits.append(round((row.due_at - timezone.now()).total_seconds()))
        now = row.due_at

    assert waits == [30, 60, 120, 240]


@pytest.mark.parametrize("attempts", [11, 50, 10_000])
def test_nothing_waits_longer_than_six_hours(attempts):
    assert services.wait_after(attempts) == timedelta(hours=6)


@pytest.mark.django_db
def test_what_is_done_is_never_claimed_again():
    services.enqueue(kind="mail", subject=Thing())
    row = services.claim_next()
    services.mark_failed(row=row, sentence="The mail server did not answer.")

    services.mark_done(row=row)

    row.refresh_from_db()
    assert row.done_at is not None
    assert row.last_error == ""
    assert services.claim_next(now=timezone.now() + timedelta(days=1)) is None


@pytest.mark.django_db
def test_of_two_who_read_the_same_row_only_one_gets_it(monkeypatch):
    services.enqueue(kind="mail", subject=Thing())
    read = OutboxRow.objects.get()
    assert services.claim_next() is not None
    # The second worker read the row before the first one claimed it.
    answers = iter([read, None])
    monkeypatch.setattr("django.db.models.query.QuerySet.first", lambda queryset: next(answers))

    assert services.claim_next() is None
    assert OutboxRow.objects.get().attempts == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_never_claim_the_same_row():
    for _ in range(40):
        services.enqueue(kind="mail", subject=Thing())
    claimed: list[UUID] = []
    start = threading.Barrier(4)

    def work():
        start.wait()
        while (row := services.claim_next()) is not None:
            claimed.append(row.subject)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(claimed) == len(set(claimed)) == 40


@pytest.mark.django_db
def test_a_signed_in_person_is_recorded_as_a_person():
    person = factories.Cast().coordinator

    event = services.record_event(
        actor=None, verb="person.seen", subject=SimpleLazyObject(lambda: person), case=None
    )

    assert event.subject_kind == "person"
