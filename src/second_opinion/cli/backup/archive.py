"""One backup file: a compressed tar, whose first entry tells what the others must be."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import secrets
import tarfile
from collections.abc import Iterator
from pathlib import Path

from second_opinion.cli.backup.errors import BackupError
from second_opinion.cli.backup.manifest import NAME, Manifest

_CHUNK = 1 << 20  # bytes


def hash_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_archive(target: Path, manifest: Manifest, entries: dict[str, Path]) -> None:
    """Write the file whole, or leave nothing of it. Raises BackupError."""
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with beside.open("xb") as file:
            beside.chmod(0o600)
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
                _add(archive, NAME, manifest.model_dump_json(indent=2, by_alias=True).encode())
                for name, path in entries.items():
                    archive.add(path, arcname=name, recursive=False, filter=_of_nobody)
            file.flush()
            os.fsync(file.fileno())
        beside.rename(target)
    except OSError as error:
        raise BackupError(
            f"No backup could be written into {target.parent} ({error.strerror or error}). Nothing "
            "of it was kept, and earlier backups are untouched."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def read_manifest(path: Path) -> Manifest:
    """What the file says of itself; its content is not looked at yet. Raises BackupError."""
    with _opened(path) as archive:
        first = archive.next()
        content = archive.extractfile(first) if first and first.name == NAME else None
        if content is None:
            raise BackupError(f"{path} is no backup: it does not begin with {NAME}.")
        return Manifest.read(content.read(), where=str(path))


def extract(path: Path, manifest: Manifest, folder: Path) -> dict[str, Path]:
    """Lay the entries into a folder, each held to its hash. Raises BackupError."""
    laid: dict[str, Path] = {}
    with _opened(path) as archive:
        for entry in archive:
            if entry.name == NAME:
                continue
            content = archive.extractfile(entry) if entry.isreg() else None
            if content is None or entry.name not in manifest.hashes or "/" in entry.name:
                raise BackupError(f"{path} holds {entry.name}, which no backup of ours does.")
            laid[entry.name] = folder / entry.name
            with laid[entry.name].open("xb") as file:
                laid[entry.name].chmod(0o600)
                while chunk := content.read(_CHUNK):
                    file.write(chunk)
    damaged = [name for name, path in laid.items() if hash_of(path) != manifest.hashes[name]]
    missing = sorted(set(manifest.hashes) - set(laid))
    if damaged or missing:
        raise BackupError(
            f"{path} is damaged: {', '.join(damaged + missing)} is not what was backed up. Nothing "
            "was changed; take another backup."
        )
    return laid


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(path, mode="r:gz") as archive:
            yield archive
    except (tarfile.TarError, EOFError, OSError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise BackupError(
            f"{path} cannot be read as a backup ({why}). Nothing was changed."
        ) from None


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


def _of_nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode = 0o600
    return entry
