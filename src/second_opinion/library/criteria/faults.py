"""What is wrong with a file of criteria, as sentences for whoever wrote it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing to mend.

    file : its name
    place : language and field, as they stand in the file; empty where it is the whole file
    sentence : what is wrong and how to mend it
    criterion : its key; empty where the file could not be read so far
    """

    file: str
    sentence: str
    place: str = ""
    criterion: str = ""

    def __str__(self) -> str:
        criterion = f"criterion {self.criterion}" if self.criterion else ""
        where = ", ".join(part for part in (self.file, criterion, self.place) if part)
        return f"{where}: {self.sentence}"
