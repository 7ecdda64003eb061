"""A delimited text file as header and records, before anything is known of their meaning."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from second_opinion.ingest.errors import (
    ColumnError,
    RatingsFileError,
    RefusedRow,
    listed,
    nearest,
    quoted,
)
from second_opinion.ingest.text_file import lines_of

DELIMITERS = {"\t": "tab", ";": "semicolon", ",": "comma"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands in the file.

    header_row : the header's row, 1 unless blank rows precede it
    header : column names, trimmed; empty where a column has none
    rows : (n_records,), the row each record stands on, counted as a spreadsheet does
    records : (n_records,), cells, as many as the header has
    refused : rows with too few or too many cells
    """

    path: str
    delimiter: str
    header_row: int
    header: tuple[str, ...]
    rows: tuple[int, ...]
    records: tuple[list[str], ...]
    refused: tuple[RefusedRow, ...]

    def column(self, address: str) -> int:
        """The place of a column given by its name, or by its number as '#1'.

        Raises
        ------
        ColumnError : no such column, or more than one
        """
        places = _places(self.header, address)
        if len(places) == 1:
            return places[0]
        if places:
            numbers = " and ".join(f"#{place + 1}" for place in places)
            raise ColumnError(
                place=f"{self.path}, row {self.header_row}",
                found=f"Column {quoted(address)} is there {len(places)} times.",
                mend=f"Name the one that is meant by its number, {numbers}.",
            )
        named = [name or f"#{place}" for place, name in enumerate(self.header, start=1)]
        raise ColumnError(
            place=f"{self.path}, row {self.header_row}",
            found=f"There is no column {quoted(address)}. The columns are {listed(named)}.",
            mend=f"{nearest(address, named)}Name one of these columns.",
        )

    def name(self, place: int) -> str:
        """A column's name for a label or a message."""
        return self.header[place] or f"#{place + 1}"


def read_sheet(path: Path, *, wanted: Sequence[str]) -> Sheet:
    """The file's header and records, with the delimiter under which the wanted columns are found.

    Raises
    ------
    FileError, RatingsFileError
    """
    lines = lines_of(path)
    seen: list[str] = []
    delimiter = max(
        DELIMITERS, key=lambda candidate: _fit(candidate, seen, lines, wanted=wanted, path=path)
    )
    numbered = _records(chain(seen, lines), delimiter=delimiter, path=path)
    header = next(((row, record) for row, record in numbered if any(record)), None)
    if header is None:
        raise RatingsFileError(
            place=str(path), found="The file is empty.", mend="Name a file with ratings."
        )
    names = tuple(unicodedata.normalize("NFC", name) for name in header[1])
    rows, records, refused = _sorted_out(numbered, n_columns=len(names), delimiter=delimiter)
    return Sheet(
        path=str(path),
        delimiter=delimiter,
        header_row=header[0],
        header=names,
        rows=tuple(rows),
        records=tuple(records),
        refused=tuple(refused),
    )


def _places(header: Sequence[str], address: str) -> list[int]:
    wanted = unicodedata.normalize("NFC", address.strip())
    by_name = [place for place, name in enumerate(header) if name and name == wanted]
    if by_name:
        return by_name
    number = wanted.removeprefix("#")
    if wanted.startswith("#") and number.isascii() and number.isdigit() and len(number) < 7:
        return [int(number) - 1] if 1 <= int(number) <= len(header) else []
    return []


def _fit(
    delimiter: str, seen: list[str], lines: Iterator[str], *, wanted: Sequence[str], path: Path
) -> tuple[int, int]:
    """How well a delimiter explains the header: wanted columns found, then columns in all."""
    replayed = _replayed(seen, lines)
    try:
        header = next(
            (
                record
                for _, record in _records(replayed, delimiter=delimiter, path=path)
                if any(record)
            ),
            [],
        )
    except RatingsFileError:
        return (-1, 0)
    return (sum(len(_places(header, address)) == 1 for address in wanted), len(header))


def _replayed(seen: list[str], lines: Iterator[str]) -> Iterator[str]:
    """The lines from the first on; those already read come from seen, new ones are kept there."""
    yield from seen[:]
    for line in lines:
        seen.append(line)
        yield line


def _records(
    lines: Iterator[str], *, delimiter: str, path: Path
) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    row = 0
    try:
        for row, record in enumerate(reader, start=1):
            yield row, [cell.strip() for cell in record]
    except csv.Error as fault:
        raise RatingsFileError(
            place=f"{path}, row {row + 1}",
            found=f"The quotation marks cannot be made out ({fault}).",
            mend="A cell in quotation marks ends with one and is followed by a separator; inside "
            'it a quotation mark is written twice ("").',
        ) from fault


def _sorted_out(
    numbered: Iterator[tuple[int, list[str]]], *, n_columns: int, delimiter: str
) -> tuple[list[int], list[list[str]], list[RefusedRow]]:
    rows: list[int] = []
    records: list[list[str]] = []
    refused: list[RefusedRow] = []
    for row, record in numbered:
        if len(record) != n_columns:
            while len(record) > n_columns and not record[-1]:
                record.pop()  # separators at the end of a line mean nothing
            if not any(record):
                continue
            if len(record) != n_columns:
                refused.append(RefusedRow(row, "", _miscounted(record, n_columns, delimiter)))
                continue
        elif not any(record):
            continue
        rows.append(row)
        records.append(record)
    return rows, records, refused


def _miscounted(record: list[str], n_columns: int, delimiter: str) -> str:
    return (
        f"It has {len(record)} cells where the header has {n_columns}; a {DELIMITERS[delimiter]} "
        "inside a cell needs quotation marks around the cell."
    )
