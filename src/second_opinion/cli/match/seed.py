"""The seed of a lottery: committed to before the draw can be known, opened with it."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from second_opinion.audit.analysis.canonical import canonical_json
from second_opinion.cli.errors import CommandError
from second_opinion.cli.output import as_json
from second_opinion.engine.sealing import NONCE_LENGTH, commitment, is_committed

SCHEMA = "second-opinion/lottery-seed/1"
SEED_LENGTH = 32
"""Bytes: nobody tries out so many."""

_ANEW = "Write one with --commit."


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """What decides a draw, and the hash that was told before.

    seed, nonce, commitment : 32 bytes each
    """

    seed: bytes
    nonce: bytes
    commitment: bytes

    @property
    def is_open(self) -> bool:
        """Whether seed and nonce are what was committed to."""
        return is_committed(_content(self.seed), nonce=self.nonce, to=self.commitment)

    def as_body(self) -> dict[str, object]:
        return {
            "commitment": self.commitment.hex(),
            "nonce": self.nonce.hex(),
            "seed": self.seed.hex(),
        }


def new_seed() -> Seed:
    """A seed that nobody chose, with its commitment."""
    seed, nonce = secrets.token_bytes(SEED_LENGTH), secrets.token_bytes(NONCE_LENGTH)
    return Seed(seed=seed, nonce=nonce, commitment=commitment(_content(seed), nonce=nonce))


def write_seed(seed: Seed, path: Path) -> None:
    """For the owner's eyes alone, and never over another: that one may be committed to.

    Raises
    ------
    CommandError
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CommandError(
            f"{path} is there already, and may hold a seed that was committed to; name another "
            "file. Nothing was written."
        ) from None
    except OSError as fault:
        raise CommandError(
            f"{path}: It cannot be written ({fault.strerror}); choose another place."
        ) from fault
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(as_json({"schema": SCHEMA, **seed.as_body()}))


def read_seed(path: Path) -> Seed:
    """The seed that --commit wrote.

    Raises
    ------
    CommandError : there is none, or it is not the one that was committed to
    """
    seed = seed_of(read_object(path, schema=SCHEMA, mend=_ANEW), where=str(path))
    if not seed.is_open:
        raise CommandError(
            f"{path}: Seed and nonce do not open the commitment, so they were changed after it. "
            f"{_ANEW} Nothing was drawn."
        )
    return seed


def seed_of(body: Mapping[str, object], *, where: str) -> Seed:
    """Seed, nonce and commitment as they stand in hexadecimal.

    Raises
    ------
    CommandError
    """
    found = {}
    for name, length in (("seed", SEED_LENGTH), ("nonce", NONCE_LENGTH), ("commitment", 32)):
        try:
            found[name] = bytes.fromhex(str(body.get(name, "")))
        except ValueError:
            found[name] = b""
        if len(found[name]) != length:
            raise CommandError(
                f"{where}: {name!r} must be {2 * length} hexadecimal digits. Nothing was drawn."
            )
    return Seed(**found)


def read_object(path: Path, *, schema: str, mend: str) -> dict[str, object]:
    """A JSON object of one schema.

    Raises
    ------
    CommandError
    """
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CommandError(f"There is no file {path}. {mend}") from None
    except IsADirectoryError:
        raise CommandError(f"{path} is a folder; name a file in it.") from None
    except (ValueError, RecursionError):  # no text, or no JSON
        body = None
    if not isinstance(body, dict) or body.get("schema") != schema:
        raise CommandError(f"{path} is no file of the kind {schema}. {mend}")
    return body


def _content(seed: bytes) -> bytes:
    # the schema keeps the commitment from being opened as one of another kind
    return canonical_json({"schema": SCHEMA, "seed": seed.hex()})
