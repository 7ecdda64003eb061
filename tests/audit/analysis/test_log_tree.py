import threading
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection

from second_opinion.audit import services
from second_opinion.audit.analysis.canonical import canonical_json
from second_opinion.audit.analysis.log_tree import entry_of, log_faults, proof_of, root_of_log
from second_opinion.audit.models import Event, LogHead, LogNode
from second_opinion.audit.triggers import take_triggers_away
from second_opinion.engine.sealing import MerkleTree, leaf_hash


class Thing:
    def __init__(self):
        self.pseudonym = uuid4()


def record(number):
    return [
        services.record_event(
            actor=Thing(), verb="thing.done", subject=Thing(), case=None, details={"number": index}
        )
        for index in range(number)
    ]


def without_triggers(statement, *values):
    """What somebody with the database's own password can do."""
    take_triggers_away(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_what_an_entry_commits_to_stays_the_same_for_ever():
    """Logs that are kept hold such hashes: something new is added to an entry only where it is."""
    event = Event(
        position=7,
        at=datetime(2026, 11, 29, 12, 30, 1, 25, tzinfo=UTC),
        actor=None,
        verb="opinion.sealed",
        subject_kind="opinion",
        subject=UUID(int=1),
        details={"number": 2, "commitment": "ab"},
        case=UUID(int=2),
        is_hidden_until_opening=True,
    )

    leaf = leaf_hash(canonical_json(entry_of(event))).hex()

    assert leaf == "c85bcb4e0ee43ba96b86038d733939ca41989b330b70d92dd1097fc3d6e33e48"


def faults():
    return list(log_faults(LogHead.objects.get()))


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 2, 7, 20])
def test_the_stored_log_is_the_tree_of_its_events(number):
    record(number)

    leaves = [leaf_hash(canonical_json(entry_of(event))) for event in Event.objects.all()]
    assert root_of_log(LogHead.objects.get()) == MerkleTree(leaves).root()
    assert [event.position for event in Event.objects.all()] == list(range(number))
    assert faults() == []


@pytest.mark.django_db
def test_every_event_is_proved_with_two_queries(django_assert_max_num_queries):
    events = record(21)
    root = root_of_log(LogHead.objects.get())

    for event in events:
        with django_assert_max_num_queries(2):
            proof = proof_of(event, size=21)
        assert proof.proves(leaf_hash(canonical_json(entry_of(event))), root=root)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE audit_event SET verb = 'thing.undone' WHERE position = 3", "Event 3 of the log"),
        ("UPDATE audit_event SET position = 99 WHERE position = 3", "Event 3 is missing"),
        ("DELETE FROM audit_event WHERE position = 3", "Event 3 is missing"),
        ("DELETE FROM audit_event WHERE position > 5", "has 6 events; 9 were recorded"),
        ('DELETE FROM audit_lognode WHERE level = 0 AND "index" = 4', "Event 4 of the log"),
        ("UPDATE audit_loghead SET size = 8", "has 9 events; 8 were recorded"),
    ],
)
def test_a_change_behind_the_back_of_the_log_is_found_and_located(statement, sentence):
    record(9)

    without_triggers(statement)

    assert len(faults()) == 1
    assert sentence in faults()[0]


@pytest.mark.django_db
def test_two_events_that_changed_places_are_found():
    record(9)

    without_triggers("UPDATE audit_event SET position = 100 WHERE position = 2")
    without_triggers("UPDATE audit_event SET position = 2 WHERE position = 6")
    without_triggers("UPDATE audit_event SET position = 6 WHERE position = 100")

    assert faults() == ["Event 2 of the log is not what was recorded."]


@pytest.mark.django_db
def test_a_head_that_was_made_up_is_found():
    record(3)

    LogHead.objects.update(peaks=["00" * 32, "11" * 32])

    assert faults() == ["The log's head is not the one that its 3 events give."]


@pytest.mark.django_db
def test_the_nodes_of_the_tree_are_append_only():
    record(2)

    with pytest.raises(Exception, match="append-only"):
        LogNode.objects.update(hash=b"")


@pytest.mark.postgresql  # on SQLite one writer at a time is what the database itself allows
@pytest.mark.django_db(transaction=True)
def test_events_recorded_at_the_same_moment_get_places_of_their_own():
    def work():
        try:
            record(5)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Event.objects.count() == 20
    assert faults() == []
