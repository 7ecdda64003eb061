"""The database as one file, by what each database brings along for it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from second_opinion.cli.backup.errors import BackupError

FILE = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}


def copy_out(connection: BaseDatabaseWrapper, target: Path) -> None:
    """One moment of the database, while the service goes on. Raises BackupError."""
    if connection.vendor == "sqlite":
        _copy_sqlite(Path(connection.settings_dict["NAME"]), target)
    else:
        _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges",
              f"--file={target}"], connection)  # fmt: skip


def put_in(connection: BaseDatabaseWrapper, source: Path) -> None:
    """Fill an empty database, whole or not at all. Raises BackupError."""
    if connection.vendor == "sqlite":
        connection.close()
        _put_sqlite(source, Path(connection.settings_dict["NAME"]))
    else:
        _run(["pg_restore", "--exit-on-error", "--single-transaction", "--no-owner",
              "--no-privileges", f"--dbname={connection.settings_dict['NAME']}", str(source)],
             connection)  # fmt: skip


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    return not connection.introspection.table_names()


def _copy_sqlite(source: Path, target: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with no log beside it
    except sqlite3.Error as error:
        raise BackupError(
            f"The database {source} could not be copied ({error}). No backup was written, and "
            "earlier ones are untouched."
        ) from None


def _put_sqlite(source: Path, target: Path) -> None:
    """Checked beside its place and then moved there: nobody sees half a database."""
    beside = target.with_name(f".{target.name}.restoring")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(source.read_bytes())
        with closing(sqlite3.connect(beside)) as copy:
            [answer] = copy.execute("PRAGMA integrity_check").fetchone()
        if answer != "ok":
            raise BackupError(f"The backed-up database is damaged ({answer}). Nothing was changed.")
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"Nothing could be restored into {target} ({error}).") from None
    finally:
        beside.unlink(missing_ok=True)


def _run(command: Sequence[str], connection: BaseDatabaseWrapper) -> None:
    settings = connection.settings_dict
    named = {
        "PGHOST": settings["HOST"],
        "PGPORT": str(settings["PORT"]),
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
    }
    environment = os.environ | {key: value for key, value in named.items() if value}
    try:
        done = subprocess.run(  # noqa: S603  # the command is one of the two above
            command, env=environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise BackupError(
            f"{command[0]} is not on this machine, and PostgreSQL is backed up and restored by it. "
            "Install PostgreSQL's client programs, for example: apt install postgresql-client"
        ) from None
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it gave no reason"]
        raise BackupError(f"{command[0]} failed: {said[0]}. Nothing was kept.")
