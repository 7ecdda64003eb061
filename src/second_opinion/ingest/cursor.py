"""Ratings out of a database cursor, some rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from second_opinion.engine.ratings import Scale
from second_opinion.ingest.errors import RatingsFileError
from second_opinion.ingest.ratings_file import (
    Header,
    RatingsColumns,
    RatingsFile,
    Sheet,
    TextColumn,
    joined_sheet,
    ratings_of_sheet,
    scale_options,
)

KIND = "query"
_AT_ONCE = 20_000  # rows


class Cursor(Protocol):
    """What is asked of a cursor of the Python database interface (PEP 249)."""

    @property
    def description(self) -> Sequence[Sequence[Any]] | None: ...

    def fetchmany(self, size: int, /) -> Sequence[Any]: ...


def read_ratings_cursor(
    cursor: Cursor,
    *,
    columns: RatingsColumns,
    scales: Scale | Mapping[str, Scale],
    lower_is_better: bool = False,
    skip_refused: bool = False,
    called: str = "The query",
) -> RatingsFile:
    """Ratings out of a cursor whose query was executed; the rows are fetched to the end.

    Parameters
    ----------
    scales : one for all, or one for each criterion by name
    called : the query's name in messages; its rows are counted from 1

    Raises
    ------
    ColumnError, OptionsError, RatingsFileError
    RefusedRowsError : rows cannot be read, and they are not to be skipped
    """
    header = cursor_header(cursor, called=called)
    sheet = joined_sheet(header, cursor_sheets(cursor, header, columns), form=KIND, kind=KIND)
    return ratings_of_sheet(
        sheet,
        name=called,
        columns=columns,
        scales=scale_options(scales),
        lower_is_better=lower_is_better,
        skip_refused=skip_refused,
    )


def cursor_header(cursor: Cursor, *, called: str) -> Header:
    """The names of the query's columns.

    Raises
    ------
    RatingsFileError : no query was executed
    """
    if not cursor.description:
        raise RatingsFileError(
            place=called,
            found="The cursor has no rows to fetch.",
            mend="Execute a query that selects the ratings first.",
        )
    names = tuple(str(column[0]).strip() for column in cursor.description)
    return Header(path=called, row=None, names=names)


def cursor_sheets(
    cursor: Cursor, header: Header, columns: RatingsColumns, *, at_once: int = _AT_ONCE
) -> Iterator[Sheet]:
    """The rows of a query, a sheet for some of them at a time."""
    places = header.places(columns.addresses)
    first = 1
    for rows in fetched(cursor, at_once=at_once):
        yield Sheet(
            header=header,
            form=KIND,
            kind=KIND,
            rows=np.arange(first, first + len(rows)),
            columns={
                place: TextColumn.of((row[place] for row in rows), nan_is_missing=False)
                for place in places
            },
        )
        first += len(rows)


def fetched(cursor: Cursor, *, at_once: int = _AT_ONCE) -> Iterator[list[Sequence[Any]]]:
    """The rows, some at a time, as sequences, whatever the cursor makes of them."""
    while rows := cursor.fetchmany(at_once):
        # some cursors answer with mappings, whose values are in the order of the columns
        yield [tuple(row.values()) if isinstance(row, Mapping) else row for row in rows]
