"""Making a backup."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from second_opinion import __version__
from second_opinion.cli.backup import databases
from second_opinion.cli.backup.archive import hash_of, write_archive
from second_opinion.cli.backup.errors import BackupError
from second_opinion.cli.backup.manifest import Manifest, stamp

DATA_SUFFIX = ".data.tar.gz"
KEYS_SUFFIX = ".keys.tar.gz"
# As long as what was erased can still be brought back; docs/how-to/back-up-and-restore.md.
DAYS_TO_KEEP_KEYS = 30


@dataclass(frozen=True, slots=True)
class Written:
    data: Path
    keys: Path
    n_keys: int
    n_removed: int


def write_backup(folder: Path, keys_folder: Path, *, now: datetime) -> Written:
    """Write both files, the database first, and remove backups of keys that are too old.

    A case's key is on the disk before the case is in the database, so keys read after the
    database was copied are all that its cases need. Raises BackupError.
    """
    data = folder / f"second-opinion-{stamp(now)}{DATA_SUFFIX}"
    keys = keys_folder / f"second-opinion-{stamp(now)}{KEYS_SUFFIX}"
    if data.exists() or keys.exists():
        raise BackupError("A backup was made this very second; nothing was done. Try once more.")
    _write_data(data, now)
    n_keys = _write_keys(keys, now)
    return Written(data, keys, n_keys, _remove_old_keys(keys_folder, now))


def _write_data(target: Path, now: datetime) -> None:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    with _room_to_work(target.parent) as workplace:
        name = databases.FILE[connection.vendor]
        databases.copy_out(connection, workplace / name)
        manifest = Manifest(
            kind="data",
            made_at=now,
            version=__version__,
            vendor=connection.vendor,
            migrations=tuple(
                sorted(".".join(one) for one in MigrationRecorder(connection).applied_migrations())
            ),
            hashes={name: hash_of(workplace / name)},
        )
        write_archive(target, manifest, {name: workplace / name})


def _write_keys(target: Path, now: datetime) -> int:
    from django.conf import settings

    paths = sorted(Path(settings.SECOND_OPINION_KEY_FOLDER).glob("*.key"))
    entries = {path.name: path for path in paths}
    try:
        hashes = {name: hash_of(path) for name, path in entries.items()}
    except OSError as error:
        raise BackupError(
            f"A key cannot be read ({error}). The database was backed up, its keys were not."
        ) from None
    manifest = Manifest(kind="keys", made_at=now, version=__version__, hashes=hashes)
    write_archive(target, manifest, entries)
    return len(entries)


def _remove_old_keys(folder: Path, now: datetime) -> int:
    """A key that was destroyed must not live on in a backup for ever."""
    oldest = f"second-opinion-{stamp(now - timedelta(days=DAYS_TO_KEEP_KEYS))}"
    old = [path for path in folder.glob(f"second-opinion-*{KEYS_SUFFIX}") if path.name < oldest]
    for path in old:
        path.unlink()
    return len(old)


@contextmanager
def _room_to_work(folder: Path) -> Iterator[Path]:
    """Beside the backup, where there must be room for it anyway; gone afterwards."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        workplace = tempfile.TemporaryDirectory(dir=folder, prefix=".backup-")
    except OSError as error:
        raise BackupError(
            f"No backup could be written into {folder} ({error.strerror}). Nothing was done."
        ) from None
    with workplace as name:
        yield Path(name)


def this_moment() -> datetime:
    return datetime.now(UTC)
