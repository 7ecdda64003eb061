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
    ratings_of_sheet,
    scale_options,
)
from second_opinion.ingest.ratings_file.values import TextIndex

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
    places = header.places(columns.addresses)
    indexes = {place: TextIndex(nan_is_missing=False) for place in places}
    codes: dict[int, list[np.ndarray[tuple[int], np.dtype[np.int64]]]] = {}
    n_rows = 0
    for rows in fetched(cursor):
        for place, index in indexes.items():
            codes.setdefault(place, []).append(index.codes_of([row[place] for row in rows]))
        n_rows += len(rows)
    nothing = np.zeros(0, dtype=np.int64)
    sheet = Sheet(
        header=header,
        form=KIND,
        kind=KIND,
        rows=np.arange(1, n_rows + 1),
        columns={
            place: TextColumn(index.texts, np.concatenate([nothing, *codes.get(place, [])]))
            for place, index in indexes.items()
        },
    )
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


def fetched(cursor: Cursor, *, at_once: int = _AT_ONCE) -> Iterator[list[Sequence[Any]]]:
    """The rows, some at a time, as sequences, whatever the cursor makes of them."""
    while rows := cursor.fetchmany(at_once):
        # some cursors answer with mappings, whose values are in the order of the columns
        yield [tuple(row.values()) if isinstance(row, Mapping) else row for row in rows]
