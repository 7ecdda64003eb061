"""Bringing a backup back, onto an empty machine."""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from second_opinion import __version__
from second_opinion.cli.backup import databases
from second_opinion.cli.backup.archive import extract, read_manifest
from second_opinion.cli.backup.errors import BackupError
from second_opinion.cli.backup.manifest import Kind, Manifest
from second_opinion.cli.backup.writing import DAYS_TO_KEEP_KEYS


@dataclass(frozen=True, slots=True)
class Restored:
    data: Manifest
    n_keys: int
    n_erased: int


def restore_backup(data: Path, keys: Path, *, now: datetime) -> Restored:
    """Fill an empty database and an empty folder of keys; refused where there is anything.

    The keys are laid down before the database, so that a database is there only when all of it
    is. Keys of cases that were erased before the database was backed up are left out. Raises
    BackupError before anything is written, wherever that can be known before.
    """
    from django.db import connection

    of_data, of_keys = _read(data, "data"), _read(keys, "keys")
    _require_fitting(of_data, of_keys, now)
    _require_an_empty_place()
    with tempfile.TemporaryDirectory(prefix="restore-") as name:
        database_folder, keys_folder = Path(name) / "data", Path(name) / "keys"
        database_folder.mkdir()
        keys_folder.mkdir()
        [database] = extract(data, of_data, database_folder).values()
        laid = extract(keys, of_keys, keys_folder)
        _require_the_master_key(laid)
        _put_keys(laid)
        databases.put_in(connection, database)
    return Restored(of_data, len(laid), _erase_again())


def _read(path: Path, kind: Kind) -> Manifest:
    manifest = read_manifest(path)
    if manifest.kind != kind:
        raise BackupError(
            f"{path} is a backup of {manifest.kind}, and one of {kind} is wanted in its place: "
            "second-opinion restore DATA KEYS"
        )
    return manifest


def _require_fitting(data: Manifest, keys: Manifest, now: datetime) -> None:
    from django.db import connection

    if data.vendor != connection.vendor:
        raise BackupError(
            f"The backup is of {data.vendor}, and DATABASE_URL names {connection.vendor}. Let it "
            "name an empty database of the same kind."
        )
    unknown = sorted(set(data.migrations) - _known_migrations())
    if unknown:
        raise BackupError(
            f"The backup was made by version {data.version}, and this is {__version__}, which does "
            f"not know {unknown[0]}. Install that version or a later one."
        )
    if keys.days_old(now) >= DAYS_TO_KEEP_KEYS:
        raise BackupError(
            f"The keys were backed up {keys.days_old(now)} days ago. Keys are kept for "
            f"{DAYS_TO_KEEP_KEYS} days, so that what was erased stays erased: give the newest."
        )


def _known_migrations() -> set[str]:
    from django.db.migrations.loader import MigrationLoader

    return {".".join(one) for one in MigrationLoader(None).disk_migrations}


def _require_an_empty_place() -> None:
    from django.db import connection

    if not databases.is_empty(connection):
        raise BackupError(
            "The database that DATABASE_URL names is not empty. Name one that is: nothing is ever "
            "restored over what is there."
        )
    folder = _key_folder()
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(
            f"There are keys in {folder} already. Let SECOND_OPINION_KEY_FOLDER name an empty "
            "folder: no key is ever replaced."
        )


def _require_the_master_key(laid: dict[str, Path]) -> None:
    from second_opinion.audit.services import opens_case_key

    for name, path in laid.items():
        if not opens_case_key(Path(name).stem, path.read_bytes()):
            raise BackupError(
                "SECOND_OPINION_MASTER_KEY is not the one that these keys were wrapped with: "
                f"{name} cannot be opened. Nothing was restored."
            )


def _put_keys(laid: dict[str, Path]) -> None:
    folder = _key_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, path in laid.items():
            with (folder / name).open("xb") as file:
                (folder / name).chmod(0o600)
                file.write(path.read_bytes())
                os.fsync(file.fileno())
    except OSError as error:
        for name in laid:
            with contextlib.suppress(OSError):
                (folder / name).unlink(missing_ok=True)
        raise BackupError(
            f"The keys could not be written into {folder} ({error.strerror}). Nothing was restored."
        ) from None


def _erase_again() -> int:
    from second_opinion.audit.services import destroy_erased_keys

    return destroy_erased_keys()


def _key_folder() -> Path:
    from django.conf import settings

    return Path(settings.SECOND_OPINION_KEY_FOLDER)
