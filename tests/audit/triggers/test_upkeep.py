"""The triggers of the rooms' lists are in the database, and come back where they were lost."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from second_opinion.audit import services
from second_opinion.audit.models import Event
from second_opinion.audit.triggers import (
    Refusal,
    append_only,
    missing_triggers,
    set_triggers_up,
    take_triggers_away,
    upkeep,
)

pytestmark = pytest.mark.django_db

ONE = "audit_event_refuses_update"


class Thing:
    def __init__(self):
        self.pseudonym = uuid4()


def replace_one(says):
    """Have one trigger do nothing, or, on PostgreSQL, say something else."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {ONE}")
            cursor.execute(f"CREATE TRIGGER {ONE} BEFORE UPDATE ON audit_event BEGIN {says}; END")
        else:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {ONE}() RETURNS trigger LANGUAGE plpgsql "
                f"AS $$ BEGIN RETURN NEW; END $$"
            )


def test_every_trigger_that_a_room_lists_is_there_after_the_migrations():
    assert missing_triggers(connection) == []


def test_a_trigger_that_says_something_else_counts_as_missing_and_is_mended():
    replace_one("SELECT 1")

    assert missing_triggers(connection) == [ONE]
    set_triggers_up(connection)

    assert missing_triggers(connection) == []
    services.record_event(actor=None, verb="thing.done", subject=Thing(), case=None)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Event.objects.update(verb="nothing")


def test_a_trigger_that_no_room_lists_any_more_goes():
    gone = Refusal("audit_event", "INSERT", "No longer.", name="audit_event_refuses_an_old_thing")
    with connection.cursor() as cursor:
        for statement in upkeep._statements(gone, connection):
            cursor.execute(statement)

    set_triggers_up(connection)

    services.record_event(actor=None, verb="thing.done", subject=Thing(), case=None)
    assert Event.objects.count() == 1


def test_sqlite_may_remake_tables_while_it_migrates_and_nobody_else_may_do_more():
    upkeep.before_migrating(using="default", plan=[])
    assert missing_triggers(connection) == []

    upkeep.before_migrating(using="default", plan=["something"])
    assert bool(missing_triggers(connection)) == (connection.vendor == "sqlite")

    upkeep.after_migrating(using="default")
    assert missing_triggers(connection) == []


def test_all_triggers_can_be_taken_away_by_who_owns_the_database():
    take_triggers_away(connection)

    assert set(missing_triggers(connection)) >= {
        one.trigger for one in append_only("audit_event", "") if one.on_sqlite()
    }
