"""A table of cells as it was found, before anything is known of their meaning."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from second_opinion.engine.arrays import Integers
from second_opinion.ingest.errors import ColumnError, RefusedRow, listed, nearest, quoted
from second_opinion.ingest.ratings_file.values import (
    Column,
    TextColumn,
    as_texts,
    joined_column,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The names of a table's columns.

    path : the table as messages call it
    row : the row the names stand on; None where they stand on none
    names : trimmed; empty where a column has none
    """

    path: str
    row: int | None
    names: tuple[str, ...]

    def column(self, address: str) -> int:
        """The place of a column given by its name, or by its number as '#1'.

        Raises
        ------
        ColumnError : no such column, or more than one
        """
        places = places_of(self.names, address)
        if len(places) == 1:
            return places[0]
        if places:
            numbers = " and ".join(f"#{place + 1}" for place in places)
            raise ColumnError(
                place=self._place,
                found=f"Column {quoted(address)} is there {len(places)} times.",
                mend=f"Name the one that is meant by its number, {numbers}.",
            )
        named = [name or f"#{place}" for place, name in enumerate(self.names, start=1)]
        raise ColumnError(
            place=self._place,
            found=f"There is no column {quoted(address)}. The columns are {listed(named)}.",
            mend=f"{nearest(address, named)}Name one of these columns.",
        )

    def places(self, addresses: Iterable[str]) -> list[int]:
        """The places of columns, each once.

        Raises
        ------
        ColumnError : no such column, or more than one
        """
        return list(dict.fromkeys(map(self.column, addresses)))

    def name(self, place: int) -> str:
        """A column's name for a label or a message."""
        return self.names[place] or f"#{place + 1}"

    @property
    def _place(self) -> str:
        return self.path if self.row is None else f"{self.path}, row {self.row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table's header, and the cells of the columns that are wanted.

    form : how the cells stand there, in words
    kind : what holds the table: "file", or an object of the caller's
    rows : (n_records,), the row each record stands on, as whoever looks at the table counts
    columns : by place in the header
    refused : rows with too few or too many cells
    """

    header: Header
    form: str
    kind: str
    rows: Integers
    columns: Mapping[int, Column]
    refused: tuple[RefusedRow, ...] = ()

    @property
    def path(self) -> str:
        return self.header.path

    def name_of(self, address: str) -> str:
        """A column's name for a label or a message."""
        return self.header.name(self.header.column(address))

    def column(self, address: str) -> Column:
        """The cells of a column that was wanted."""
        return self.columns[self.header.column(address)]

    def texts(self, address: str) -> TextColumn:
        """The same as texts, also where the source holds numbers."""
        return as_texts(self.column(address))

    def part(self, start: int, stop: int) -> Sheet:
        """Some of the records."""
        columns = {place: column.part(start, stop) for place, column in self.columns.items()}
        return replace(self, rows=self.rows[start:stop], columns=columns)

    def followed_by(self, other: Sheet) -> Sheet:
        """The records of both."""
        return joined_sheet(self.header, (self, other), form=self.form, kind=self.kind)


def joined_sheet(header: Header, sheets: Iterable[Sheet], *, form: str, kind: str) -> Sheet:
    """The records of all sheets, one after another."""
    every = list(sheets)
    places = every[0].columns if every else range(len(header.names))
    return Sheet(
        header=header,
        form=form,
        kind=kind,
        rows=np.concatenate([np.zeros(0, dtype=np.int64), *(sheet.rows for sheet in every)]),
        columns={
            place: joined_column([sheet.columns[place] for sheet in every]) for place in places
        },
        refused=tuple(chain.from_iterable(sheet.refused for sheet in every)),
    )


def places_of(names: Sequence[str], address: str) -> list[int]:
    """Where a column stands that is given by its name, or by its number as '#1'."""
    wanted = unicodedata.normalize("NFC", address.strip())
    by_name = [place for place, name in enumerate(names) if name and name == wanted]
    if by_name:
        return by_name
    number = wanted.removeprefix("#")
    if wanted.startswith("#") and number.isascii() and number.isdigit() and len(number) < 7:
        return [int(number) - 1] if 1 <= int(number) <= len(names) else []
    return []
