"""One thing that the database refuses, and the trigger that refuses it."""

from dataclasses import dataclass

OPERATIONS = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")


@dataclass(frozen=True, slots=True)
class Refusal:
    """An operation on a table's rows that is refused, always or `when` a condition holds.

    `when` is SQL on OLD and NEW that both databases read; `sentence` is what the caller is told.
    Both are constants of the code, never anybody's input. `name` tells two refusals of one
    operation apart.
    """

    table: str
    operation: str
    sentence: str
    when: str = ""
    name: str = ""

    @property
    def trigger(self) -> str:
        return self.name or f"{self.table}_refuses_{self.operation.lower()}"

    def on_sqlite(self) -> str:
        """The statement, or "": SQLite has no TRUNCATE, DELETE is the only way to empty a table."""
        if self.operation == "TRUNCATE":
            return ""
        condition = f"WHEN {self.when}" if self.when else ""
        return (
            f"CREATE TRIGGER {self.trigger} BEFORE {self.operation} ON {self.table} "
            f"FOR EACH ROW {condition} BEGIN SELECT RAISE(ABORT, '{self.sentence}'); END"
        )

    def body_on_postgresql(self) -> str:
        """What the trigger's function does.

        Class 23 arrives as an IntegrityError, as RAISE(ABORT) does on SQLite. The condition stands
        in the function because a trigger's own WHEN may not look into other tables.
        """
        unharmed = "OLD" if self.operation == "DELETE" else "NEW"
        return (
            f" BEGIN IF {self.when or 'TRUE'} THEN RAISE EXCEPTION '{self.sentence}' "
            f"USING ERRCODE = 'restrict_violation'; END IF; RETURN {unharmed}; END "
        )

    def on_postgresql(self) -> tuple[str, str]:
        """The two statements: the function, and the trigger that calls it."""
        each = "STATEMENT" if self.operation == "TRUNCATE" else "ROW"
        return (
            f"CREATE FUNCTION {self.trigger}() RETURNS trigger LANGUAGE plpgsql "
            f"AS $${self.body_on_postgresql()}$$",
            f"CREATE TRIGGER {self.trigger} BEFORE {self.operation} ON {self.table} "
            f"FOR EACH {each} EXECUTE FUNCTION {self.trigger}()",
        )


def append_only(table: str, sentence: str) -> tuple[Refusal, ...]:
    """Rows that are written once and stay."""
    return tuple(Refusal(table, operation, sentence) for operation in OPERATIONS[1:])
