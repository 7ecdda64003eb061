"""The triggers of all rooms are set up after every migration, and looked at by `doctor`.

SQLite drops a table's triggers when Django remakes the table, and refuses to rename a table that
a trigger elsewhere looks into. So the triggers are taken away while its tables change, and set up
anew from the rooms' lists once they stand: no migration needs to think of them.
"""

from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from second_opinion.audit.triggers.refusal import Refusal

# Every name of ours holds this, so that one which no room lists any more is found and dropped.
_PART_OF_EACH_NAME = "_refuses_"

_refusals: list[Refusal] = []


def protect(*refusals: Refusal) -> None:
    """Have the database refuse these from now on; a room's `apps.py` calls it with its list."""
    _refusals.extend(one for one in refusals if one not in _refusals)


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that are not there, are switched off or say something else."""
    present = _present(connection)
    return sorted(name for name, says in _wanted(connection).items() if present.get(name) != says)


def take_triggers_away(connection: BaseDatabaseWrapper) -> None:
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for name in _present(connection):
            if is_sqlite:
                cursor.execute(f"DROP TRIGGER {name}")
            else:
                cursor.execute(f"DROP FUNCTION {name}() CASCADE")


def set_triggers_up(connection: BaseDatabaseWrapper) -> None:
    """All or none; nothing is touched where they stand already."""
    if _present(connection) == _wanted(connection):
        return
    tables = set(connection.introspection.table_names())
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        take_triggers_away(connection)
        for refusal in _refusals:
            if refusal.table in tables:  # a migration back to an early state has fewer
                for statement in _statements(refusal, connection):
                    cursor.execute(statement)


def before_migrating(using: str, plan: list[Any], **_: object) -> None:
    connection = connections[using]
    if plan and connection.vendor == "sqlite":
        take_triggers_away(connection)


def after_migrating(using: str, **_: object) -> None:
    set_triggers_up(connections[using])


def _statements(refusal: Refusal, connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    if connection.vendor == "sqlite":
        return tuple(filter(None, [refusal.on_sqlite()]))
    return refusal.on_postgresql()


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """By name, what each trigger says."""
    if connection.vendor == "sqlite":
        return {one.trigger: one.on_sqlite() for one in _refusals if one.on_sqlite()}
    return {one.trigger: one.body_on_postgresql() for one in _refusals}


def _present(connection: BaseDatabaseWrapper) -> dict[str, str]:
    query = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname, CASE tgenabled WHEN 'D' THEN 'switched off' ELSE prosrc END "
        "FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name: says for name, says in cursor.fetchall() if _PART_OF_EACH_NAME in name}
