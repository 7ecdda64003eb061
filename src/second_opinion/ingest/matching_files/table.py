"""Rows of a file whose columns have fixed names, some of which may be absent."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from second_opinion.ingest.errors import MatchingFileError, RefusedRow, quoted
from second_opinion.ingest.matching_files.entries import key_of
from second_opinion.ingest.ratings_file.numbers import is_missing, number_of
from second_opinion.ingest.ratings_file.reader import read_sheet

_BETWEEN_LANGUAGES = re.compile(r"[\s,;/|]+")


@dataclass(slots=True)
class Table:
    """The rows of a file, and the faults found in them so far.

    rows : each with its number as a spreadsheet counts, and its cells by column; an absent column
        is an empty cell
    """

    path: str
    columns: frozenset[str]
    rows: list[tuple[int, dict[str, str]]]
    refused: list[RefusedRow] = field(default_factory=list)

    def refuse(self, row: int, column: str, reason: str) -> None:
        self.refused.append(RefusedRow(row, quoted(column) if column else "", reason))

    def require_sound(self) -> None:
        """Raise MatchingFileError with every fault, in the order of the rows."""
        if self.refused:
            in_order = sorted(self.refused, key=lambda each: each.row)
            raise MatchingFileError.of_rows(self.path, in_order)

    def named(self, *columns: str) -> Iterator[tuple[int, dict[str, str]]]:
        """Rows that have all these names; the others are refused."""
        for row, cells in self.rows:
            lacking = [column for column in columns if not cells[column]]
            for column in lacking:
                self.refuse(row, column, f"The cell is empty; each row needs its {column}.")
            if not lacking:
                yield row, cells

    def number(
        self,
        row: int,
        cells: dict[str, str],
        column: str,
        *,
        needs: str,
        fits: Callable[[float], bool],
    ) -> float | None:
        """A number that fits; None, with the row refused, where it does not.

        needs : what the number must be, in words: "a level above 0"
        """
        text = cells[column]
        number = number_of(text)
        if math.isnan(number) or not fits(number):
            stands = "The cell is empty" if not text else f"{quoted(text)} cannot be"
            self.refuse(row, column, f"{stands}; {needs} is needed.")
            return None
        return number

    def optional_number(
        self,
        row: int,
        cells: dict[str, str],
        column: str,
        *,
        needs: str,
        fits: Callable[[float], bool],
    ) -> float | None:
        """The same, None where the cell is empty."""
        if is_missing(cells[column]):
            return None
        return self.number(row, cells, column, needs=needs, fits=fits)


def read_table(path: Path, *, required: Sequence[str], optional: Sequence[str]) -> Table:
    """The named columns of a file, others being left unread.

    Raises
    ------
    FileError, ColumnError
    MatchingFileError : it holds no row
    """
    sheet = read_sheet(path, wanted=required, others=True)
    for name in required:
        sheet.header.column(name)
    there = [name for name in (*required, *optional) if name in sheet.header.names]
    cells = [sheet.texts(name).cells for name in there]
    blank = dict.fromkeys(optional, "")
    table = Table(
        path=sheet.path,
        columns=frozenset(there),
        rows=[
            (row, blank | dict(zip(there, record, strict=True)))
            for row, *record in zip(sheet.rows.tolist(), *cells, strict=True)
        ],
        refused=list(sheet.refused),
    )
    if not table.rows and not table.refused:
        raise MatchingFileError(
            place=sheet.path, found="It holds no row.", mend="Check that it is the right file."
        )
    return table


def languages_of(text: str) -> frozenset[str]:
    """Keys of the languages in a cell, which stand there with spaces, commas or such between."""
    return frozenset(key_of(each) for each in _BETWEEN_LANGUAGES.split(text) if each)


@dataclass(slots=True)
class SaidOnce:
    """What the rows of one case or assessor say of the whole: once, or the same each time."""

    table: Table
    said: dict[tuple[str, str], tuple[int, object]] = field(default_factory=dict)

    def note(self, row: int, name: str, column: str, value: object, *, text: str) -> None:
        earlier, before = self.said.setdefault((name, column), (row, value))
        if before != value:
            self.table.refuse(
                row,
                column,
                f"{quoted(text)} differs from what row {earlier} says of {quoted(name)}; say it "
                "once, or the same each time.",
            )

    def of(self, name: str, column: str) -> object | None:
        return self.said.get((name, column), (0, None))[1]
