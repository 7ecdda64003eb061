"""What a backup says of itself, so that the wrong one is refused before anything is written."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from second_opinion.cli.backup.errors import BackupError

SCHEMA: Literal["second-opinion/backup/1"] = "second-opinion/backup/1"
NAME = "manifest.json"

Kind = Literal["data", "keys"]


class Manifest(BaseModel):
    """The first entry of a backup.

    `hashes` are SHA-256 in hexadecimal by the name of each further entry; `migrations` are what
    the database had been brought up to, as room.name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    # The schema comes first in the file: what reads it knows at once whether it can.
    schema_: Literal["second-opinion/backup/1"] = Field(default=SCHEMA, alias="schema")
    kind: Kind
    made_at: datetime
    version: str
    vendor: str = ""  # sqlite or postgresql; keys have none
    migrations: tuple[str, ...] = ()
    hashes: dict[str, str]

    @classmethod
    def read(cls, content: bytes, *, where: str) -> Self:
        """Raises BackupError."""
        try:
            return cls.model_validate_json(content)
        except ValidationError:
            raise BackupError(
                f"{where} is no backup that this version can read: its {NAME} is not of "
                f"{SCHEMA}. Nothing was changed."
            ) from None

    def days_old(self, now: datetime) -> int:
        return (now - self.made_at).days


def stamp(at: datetime) -> str:
    """How a backup's file name tells when it was made, so that names sort by time."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
