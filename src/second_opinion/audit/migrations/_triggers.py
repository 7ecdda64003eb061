"""Triggers that make the database itself refuse what the rooms promise never to do.

SQLite drops a table's triggers when Django remakes the table, so a later migration that alters
such a table lists `allow(...)` before and `refuse(...)` after. `second-opinion doctor` and a test
compare what is there with what must be.
"""

from typing import Any

from django.db.migrations import RunPython

OPERATIONS = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")


def refuse(
    *, table: str, operation: str, sentence: str, name: str = "", when: str = ""
) -> RunPython:
    """Refuse an operation on a table's rows, always or `when` a condition on OLD and NEW holds.

    The condition and the sentence are constants of a migration, read by both databases.
    """
    trigger = name or f"{table}_refuses_{operation.lower()}"

    def forwards(apps: Any, schema_editor: Any) -> None:
        drop(schema_editor, trigger=trigger, table=table)
        make = _on_sqlite if schema_editor.connection.vendor == "sqlite" else _on_postgresql
        for statement in make(trigger, table, operation, sentence, when):
            schema_editor.execute(statement, params=None)

    def backwards(apps: Any, schema_editor: Any) -> None:
        drop(schema_editor, trigger=trigger, table=table)

    return RunPython(forwards, backwards)


def allow(*, table: str, operation: str, name: str = "") -> RunPython:
    trigger = name or f"{table}_refuses_{operation.lower()}"

    def forwards(apps: Any, schema_editor: Any) -> None:
        drop(schema_editor, trigger=trigger, table=table)

    return RunPython(forwards, RunPython.noop)


def drop(schema_editor: Any, *, trigger: str, table: str) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigger}", params=None)
    else:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigger} ON {table}", params=None)
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {trigger}()", params=None)


def _on_sqlite(trigger: str, table: str, operation: str, sentence: str, when: str) -> list[str]:
    if operation == "TRUNCATE":  # SQLite has none: DELETE is the only way to empty a table
        return []
    condition = f"WHEN {when}" if when else ""
    return [
        f"CREATE TRIGGER {trigger} BEFORE {operation} ON {table} FOR EACH ROW {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    ]


def _on_postgresql(trigger: str, table: str, operation: str, sentence: str, when: str) -> list[str]:
    # Class 23 arrives as an IntegrityError, as RAISE(ABORT) does on SQLite. The condition stands
    # inside the function because a trigger's own WHEN may not look into other tables.
    each = "STATEMENT" if operation == "TRUNCATE" else "ROW"
    unharmed = "OLD" if operation == "DELETE" else "NEW"
    return [
        f"CREATE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {when or 'TRUE'} THEN "
        f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'restrict_violation'; END IF; "
        f"RETURN {unharmed}; END $$",
        f"CREATE TRIGGER {trigger} BEFORE {operation} ON {table} FOR EACH {each} "
        f"EXECUTE FUNCTION {trigger}()",
    ]
