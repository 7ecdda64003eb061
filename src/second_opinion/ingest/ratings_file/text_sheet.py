"""A delimited text file as a sheet, read in parts so that a long file takes little memory."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path

import numpy as np

from second_opinion.engine.arrays import Integers
from second_opinion.ingest.errors import RatingsFileError, RefusedRow
from second_opinion.ingest.ratings_file.sheet import Header, Sheet, places_of
from second_opinion.ingest.ratings_file.values import TextColumn, TextIndex
from second_opinion.ingest.text_file import lines_of

DELIMITERS = {"\t": "tab", ";": "semicolon", ",": "comma"}
_AT_ONCE = 2_000  # records
Record = list[str]


def read_text_sheet(path: Path, *, wanted: Sequence[str], others: bool = False) -> Sheet:
    """The file's header and records, with the delimiter under which the wanted columns are found.

    Parameters
    ----------
    wanted : addresses of columns
    others : keep the other columns too, and let wanted ones be absent

    Raises
    ------
    FileError, ColumnError, RatingsFileError
    """
    source = _open(path, wanted=wanted)
    places = list(range(len(source.header.names))) if others else source.header.places(wanted)
    gathering = source.gathering(places)
    for row, records in source.parts:
        gathering.take(row, records)
    return gathering.sheet(source.header)


def text_sheets(path: Path, *, wanted: Sequence[str], n_rows: int) -> Iterator[Sheet]:
    """The same, about n_rows records at a time.

    Raises
    ------
    FileError, ColumnError, RatingsFileError
    """
    source = _open(path, wanted=wanted)
    places = source.header.places(wanted)
    while True:
        gathering = source.gathering(places)
        for row, records in islice(source.parts, max(1, n_rows // _AT_ONCE)):
            gathering.take(row, records)
        if not gathering.rows:
            return
        yield gathering.sheet(source.header)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """A file whose header is read: what follows comes in parts, each with its first row."""

    header: Header
    delimiter: str
    parts: Iterator[tuple[int, list[Record]]]

    def gathering(self, places: Sequence[int]) -> _Gathering:
        return _Gathering(
            n_columns=len(self.header.names),
            delimiter=self.delimiter,
            indexes={place: TextIndex() for place in places},
        )


def _open(path: Path, *, wanted: Sequence[str]) -> _Source:
    lines = lines_of(path)
    seen: list[str] = []
    delimiter = max(
        DELIMITERS, key=lambda candidate: _fit(candidate, seen, lines, wanted=wanted, path=path)
    )
    parts = _parts(chain(seen, lines), delimiter=delimiter, path=path)
    header, first = _header(parts, path=path)
    return _Source(header=header, delimiter=delimiter, parts=chain([first], parts))


def _header(
    parts: Iterator[tuple[int, list[Record]]], *, path: Path
) -> tuple[Header, tuple[int, list[Record]]]:
    """The first row that is not blank, and what follows it in its part of the file."""
    for row, records in parts:
        for place, record in enumerate(records):
            if _is_something(record):
                names = (unicodedata.normalize("NFC", cell.strip()) for cell in record)
                header = Header(path=str(path), row=row + place, names=tuple(names))
                return header, (row + place + 1, records[place + 1 :])
    raise RatingsFileError(
        place=str(path),
        found="The file is empty.",
        mend="Name a file with a header and rows under it.",
    )


def _is_something(record: Record) -> bool:
    return any(cell.strip() for cell in record)


@dataclass(slots=True, kw_only=True)
class _Gathering:
    """Records turned into columns, part by part."""

    n_columns: int
    delimiter: str
    indexes: dict[int, TextIndex]
    rows: list[Integers] = field(default_factory=list)
    codes: dict[int, list[Integers]] = field(default_factory=dict)
    refused: list[RefusedRow] = field(default_factory=list)

    def take(self, first_row: int, records: list[Record]) -> None:
        rows = np.arange(first_row, first_row + len(records))
        if any(map(self.n_columns.__ne__, map(len, records))):
            rows, records = self._of_the_right_length(rows, records)
        kept = None
        for place, index in self.indexes.items():
            codes = index.codes_of(list(map(itemgetter(place), records)))
            if kept is None and (codes == index.code_of_nothing).any():
                kept = np.fromiter(map(_is_something, records), np.bool_, len(records))
            self.codes.setdefault(place, []).append(codes)
        if kept is not None and not kept.all():
            rows = rows[kept]
            for parts in self.codes.values():
                parts[-1] = parts[-1][kept]
        self.rows.append(rows)

    def _of_the_right_length(
        self, rows: Integers, records: list[Record]
    ) -> tuple[Integers, list[Record]]:
        kept_rows, kept = [], []
        for row, record in zip(rows.tolist(), records, strict=True):
            cells = record
            while len(cells) > self.n_columns and not cells[-1].strip():
                cells = cells[:-1]  # separators at the end of a line mean nothing
            if len(cells) == self.n_columns:
                kept_rows.append(row)
                kept.append(cells)
            elif _is_something(cells):
                self.refused.append(RefusedRow(row, "", self._miscounted(cells)))
        return np.array(kept_rows, dtype=np.int64), kept

    def _miscounted(self, record: Record) -> str:
        return (
            f"It has {len(record)} cells where the header has {self.n_columns}; a "
            f"{DELIMITERS[self.delimiter]} inside a cell needs quotation marks around the cell."
        )

    def sheet(self, header: Header) -> Sheet:
        return Sheet(
            header=header,
            form=f"{DELIMITERS[self.delimiter]} between cells",
            kind="file",
            rows=np.concatenate(self.rows),
            columns={
                place: TextColumn(index.texts, np.concatenate(self.codes.pop(place)))
                for place, index in self.indexes.items()
            },
            refused=tuple(self.refused),
        )


def _fit(
    delimiter: str, seen: list[str], lines: Iterator[str], *, wanted: Sequence[str], path: Path
) -> tuple[int, int]:
    """How well a delimiter explains the header: wanted columns found, then columns in all."""
    replayed = _replayed(seen, lines)
    try:
        parts = _parts(replayed, delimiter=delimiter, path=path, at_once=1)
        header, _ = _header(parts, path=path)
    except RatingsFileError:
        return (-1, 0)
    found = sum(len(places_of(header.names, address)) == 1 for address in wanted)
    return (found, len(header.names))


def _replayed(seen: list[str], lines: Iterator[str]) -> Iterator[str]:
    """The lines from the first on; those already read come from seen, new ones are kept there."""
    yield from seen[:]
    for line in lines:
        seen.append(line)
        yield line


def _parts(
    lines: Iterator[str], *, delimiter: str, path: Path, at_once: int = _AT_ONCE
) -> Iterator[tuple[int, list[Record]]]:
    """Some records at a time, each time with the row of the first, counted from 1."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    row = 1
    while True:
        records: list[Record] = []
        try:
            records.extend(islice(reader, at_once))
        except csv.Error as fault:
            # what came before the fault is in records already
            raise RatingsFileError(
                place=f"{path}, row {row + len(records)}",
                found=f"The quotation marks cannot be made out ({fault}).",
                mend="A cell in quotation marks ends with one and is followed by a separator; "
                'inside it a quotation mark is written twice ("").',
            ) from fault
        if not records:
            return
        yield row, records
        row += len(records)
