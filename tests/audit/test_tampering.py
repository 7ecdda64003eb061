"""Somebody with the database's own password changes one bit, or rows: it is found, and where.

Single bits of every column that says something, in every table of the log; and rows that are
deleted, that change places, or that are cut off at the end.
"""

import os
import random
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from second_opinion.audit import services
from second_opinion.audit.analysis.log_tree import log_faults
from second_opinion.audit.models import Event, LogHead, LogNode
from second_opinion.audit.triggers import take_triggers_away

SHARE = float(os.environ.get("SOAK_SHARE", "1"))
N_FLIPS = max(round(5_000 * SHARE), 40)
N_EVENTS = 21
# A row's own number in its table says nothing, and no table of ours points to it.
COLUMNS = {
    "audit_event": (
        "position",
        "at",
        "actor",
        "verb",
        "subject_kind",
        "subject",
        "details",
        "case",
        "is_hidden_until_opening",
    ),
    "audit_lognode": ("level", "index", "hash"),
    "audit_loghead": ("size", "peaks"),
}

pytestmark = pytest.mark.django_db


class Thing:
    def __init__(self):
        self.pseudonym = uuid4()


@pytest.fixture
def log():
    """Twenty-one events of two cases; the triggers are gone."""
    cases = [Thing(), Thing()]
    for number in range(N_EVENTS):
        services.record_event(
            actor=Thing(),
            verb="thing.done",
            subject=Thing(),
            case=cases[number % 2],
            details={"number": number, "commitment": "ab" * 32},
            is_hidden_until_opening=number % 3 == 0,
        )
    take_triggers_away(connection)


def faults():
    return list(log_faults(LogHead.objects.get()))


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def flipped(value, rng):
    """The same value with one bit the other way."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value ^ (1 << rng.randrange(16))
    if isinstance(value, UUID):
        return UUID(int=value.int ^ (1 << rng.randrange(128)))
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1 << rng.randrange(40))
    raw = bytearray(value.encode() if isinstance(value, str) else bytes(value))
    raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
    return bytes(raw)


def one_flip(rng):
    """Table, column, the row's place, and whether what can be read from it is another thing."""
    table = rng.choice(list(COLUMNS))
    column = rng.choice(COLUMNS[table])
    quoted = connection.ops.quote_name(column)
    with connection.cursor() as cursor:
        # On SQLite as the bytes stand there, not as the driver reads a moment out of them.
        read = f"{quoted} || ''" if column == "at" and connection.vendor == "sqlite" else quoted
        cursor.execute(f"SELECT id, {read} FROM {table} ORDER BY id")
        place, (key, value) = rng.choice(list(enumerate(cursor.fetchall())))
    new = flipped(value, rng)
    is_text = isinstance(value, str) and isinstance(new, bytes)
    if connection.vendor != "sqlite" and is_text:
        new = new.decode(errors="replace").replace("\x00", "?")
    wrapped = "CAST(%s AS TEXT)" if is_text and connection.vendor == "sqlite" else "%s"
    before = meaning(table, key)
    run(f"UPDATE {table} SET {quoted} = {wrapped} WHERE id = %s", new, key)
    return table, column, place, meaning(table, key) != before


def meaning(table, key):
    """What the row says to whoever reads it: capitals in an id say nothing."""
    model = {"audit_event": Event, "audit_lognode": LogNode, "audit_loghead": LogHead}[table]
    try:
        found = model.objects.values().get(pk=key)
    except (ValueError, TypeError, AttributeError, DatabaseError):
        return "unreadable"
    return {name: bytes(each) if name == "hash" else each for name, each in found.items()}


class UndoneError(Exception):
    pass


def test_every_single_bit_that_says_something_is_found_and_located(log):
    _flip_many(random.Random(1), 60)


@pytest.mark.soak
def test_thousands_of_single_bits_are_found_and_located(log):
    seed = random.randrange(2**32)
    n_changed = _flip_many(random.Random(seed), N_FLIPS)
    print(f"\n{connection.vendor}, seed {seed}: {n_changed} bits of {N_FLIPS} said something else")


def _flip_many(rng, number):
    """How many changed what is read; each of those must be found, and where it is."""
    assert faults() == []
    n_changed = 0
    for _ in range(number):
        try:
            with transaction.atomic():
                table, column, place, is_changed = one_flip(rng)
                if is_changed:
                    n_changed += 1
                    _check_located(table, column, place)
                raise UndoneError
        except (UndoneError, DatabaseError):  # PostgreSQL takes no id that is none
            pass
    assert n_changed > number / 2
    return n_changed


def _check_located(table, column, place):
    try:
        found = faults()
    except ValueError:
        found = ["The head cannot be read."] if table == "audit_loghead" else []
    assert len(found) == 1, (table, column, place)
    if table == "audit_event":
        assert f"Event {place} " in found[0], (column, found)


@pytest.mark.parametrize("place", [0, 7, 20])
def test_a_deleted_row_is_found_and_located(log, place):
    run("DELETE FROM audit_event WHERE position = %s", place)

    (sentence,) = faults()

    is_last = place == N_EVENTS - 1
    assert sentence == (
        f"The log has {N_EVENTS - 1} events; {N_EVENTS} were recorded."
        if is_last
        else f"Event {place} is missing from the log."
    )


@pytest.mark.parametrize(("one", "other"), [(0, 1), (3, 17)])
def test_rows_that_changed_places_are_found_and_located(log, one, other):
    for source, target in ((one, 99), (other, one), (99, other)):
        run("UPDATE audit_event SET position = %s WHERE position = %s", target, source)

    assert faults() == [f"Event {one} of the log is not what was recorded."]


def test_a_log_cut_off_at_the_end_is_found_even_with_its_leaves(log):
    run("DELETE FROM audit_event WHERE position >= 12")
    run('DELETE FROM audit_lognode WHERE level = 0 AND "index" >= 12')

    assert faults() == [f"The log has 12 events; {N_EVENTS} were recorded."]


def test_a_node_too_many_is_found(log):
    LogNode.objects.create(level=2, index=9, hash=b"x" * 32)

    assert faults() == [f"The tree has more nodes at level 2 than its {N_EVENTS} events give."]
