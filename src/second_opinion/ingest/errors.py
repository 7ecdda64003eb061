"""What a file can do wrong, and how it is told.

IngestError
├── FileError               there is no readable text: missing, a directory, binary, too long a line
├── AnswersFileError        a file of answers to a questionnaire that cannot be read as such
├── ItemBankError           a package of items that is not whole
├── ItemParametersError     a file of item parameters that cannot be read, or not for these answers
├── FixedColumnsError       rows of a file whose columns have fixed names
│   ├── AnchorFileError     a file of anchors that cannot be read, or not for these ratings
│   ├── EscoFileError       a file of ESCO's that is not as it was published
│   └── MatchingFileError   cases, assessors or conflicts that cannot be matched on
├── DocumentError           a document whose words cannot be read
├── CaseFileError           a case file that is no TOML or describes no possible case
└── RatingsFileError        a ratings file that cannot be read as ratings
    ├── ColumnError         a named column is not there, or named twice
    ├── OptionsError        the options contradict each other, whatever the file holds
    └── RefusedRowsError    rows that cannot be read, each with its reason
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

LONGEST_QUOTE = 60  # characters of a foreign text that fit into a sentence


class IngestError(ValueError):
    """Base of everything that reading a file refuses.

    place : file, and where known row and column, or table and key
    found : a sentence on what stands there
    mend : a sentence on what to do
    """

    def __init__(self, *, place: str, found: str, mend: str) -> None:
        gap = "" if found.endswith("\n") else " "  # a list ends with a line break of its own
        super().__init__(f"{place}: {found}{gap}{mend} Nothing was done.")
        self.place = place
        self.found = found
        self.mend = mend


class FileError(IngestError):
    """The file itself cannot be read as text."""


class AnswersFileError(IngestError):
    """The file cannot be read as answers to a questionnaire."""


class ItemBankError(IngestError):
    """A package of items is not whole, or is another one."""


class ItemParametersError(IngestError):
    """The file of item parameters cannot be read, or is not for these answers."""


class DocumentError(IngestError):
    pass


class CaseFileError(IngestError):
    """The case file does not describe a case."""


class RatingsFileError(IngestError):
    """The ratings file cannot be read as ratings."""


class ColumnError(RatingsFileError):
    """A column is not in the file, stands there twice, or is asked for in two roles."""


class OptionsError(RatingsFileError):
    """The options contradict each other, whatever the file holds."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be read; rows are counted as a spreadsheet does, from 1.

    column : the column at fault; empty when it is the whole row
    """

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"row {self.row}{f', column {self.column}' if self.column else ''}: {self.reason}"


class RefusedRowsError(RatingsFileError):
    """Some rows cannot be read."""

    shown = 10

    def __init__(self, *, path: str, refused: tuple[RefusedRow, ...], kind: str = "file") -> None:
        super().__init__(
            place=path,
            found=_told(refused, most=self.shown),
            mend=f"Correct the {kind}, or leave out what is refused with "
            f"{'--skip-refused' if kind == 'file' else 'skip_refused=True'}.",
        )
        self.refused = refused


class FixedColumnsError(IngestError):
    """A file whose columns have fixed names cannot be read."""

    @classmethod
    def of_rows(cls, path: str, refused: Sequence[RefusedRow]) -> Self:
        """Some rows cannot be read."""
        return cls(place=path, found=_told(refused, most=10), mend="Correct the file.")


class AnchorFileError(FixedColumnsError):
    """The file of anchors cannot be read, or is not for these ratings."""


class EscoFileError(FixedColumnsError):
    """A file of ESCO's is not as it was published, or does not hold what was chosen."""


class MatchingFileError(FixedColumnsError):
    """The file of cases, assessors or conflicts cannot be read."""


def _told(refused: Sequence[RefusedRow], *, most: int) -> str:
    """Refused rows in words, the first as the sentence and each other on a line of its own."""
    first, *others = (str(row) for row in refused[:most])
    more = len(refused) - most
    listed = "".join(f"\n  also {row}" for row in others)
    listed += f"\n  and {more} more" if more > 0 else ""
    return first + listed + "\n" * bool(listed)


def quoted(text: str) -> str:
    """A foreign text in quotes, on one line, shortened, with nothing a terminal would obey."""
    short = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
    return repr(short)


def listed(names: Iterable[str], *, most: int = 30) -> str:
    """Names in quotes, separated by commas; a long list is cut."""
    every = list(names)
    more = len(every) - most
    shown = ", ".join(quoted(name) for name in every[:most])
    return f"{shown} and {more} more" if more > 0 else shown


def counted(number: int, noun: str) -> str:
    """A number with its noun, '1 row' or '1,200 rows'."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def nearest(name: str, known: Iterable[str]) -> str:
    """'Did you mean …? ' with the known name that looks most like this one, or nothing."""
    matches = difflib.get_close_matches(name[:200], [each[:200] for each in known], n=1, cutoff=0.6)
    return f"Did you mean {quoted(matches[0])}? " if matches else ""


def unreadable(path: str, fault: OSError) -> FileError:
    """The error for a file that the system does not let us read."""
    match fault:
        case FileNotFoundError():
            found, mend = "There is no such file.", "Check the name and the folder."
        case IsADirectoryError():
            found, mend = "This is a folder, not a file.", "Name the file inside it."
        case PermissionError():
            found, mend = "You may not read this file.", "Change its permissions or copy it."
        case _:
            reason = os.strerror(fault.errno) if fault.errno else str(fault)
            found, mend = f"The file cannot be read ({reason}).", "Check the file."
    return FileError(place=path, found=found, mend=mend)
