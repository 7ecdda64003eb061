"""Ratings larger than memory: gone through in passes, some candidates at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from second_opinion.engine.ratings import Ratings, Scale
from second_opinion.ingest.cursor import Cursor, cursor_header, cursor_sheets
from second_opinion.ingest.errors import OptionsError
from second_opinion.ingest.ratings_file import (
    AssessorsColumns,
    LongColumns,
    RatingsColumns,
    Sheet,
    ratings_of_part,
    scale_options,
)
from second_opinion.ingest.ratings_file.parquet_sheet import parquet_header, parquet_sheets
from second_opinion.ingest.ratings_file.scales import no_such_criterion

AT_ONCE = 1 << 17  # rows


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingsInPasses:
    """Ratings that may be gone through again and again; each time they are read anew.

    To iterate gives tables of some candidates, none of whom is in two tables if the source is
    sorted by candidate. Rows are checked as in any other source; one that cannot be read ends the
    pass with its sentence.

    sheets : opens the source and hands out its rows, some at a time
    """

    sheets: Callable[[], Iterator[Sheet]]
    columns: RatingsColumns
    scales: Scale | Mapping[str, Scale]
    lower_is_better: bool = False

    def __iter__(self) -> Iterator[Ratings]:
        options = scale_options(self.scales)
        seen: dict[str, None] = {}
        for sheet in _of_whole_candidates(self.sheets(), candidate=self.columns.candidate):
            table = ratings_of_part(
                sheet, columns=self.columns, scales=options, lower_is_better=self.lower_is_better
            )
            if table is not None:
                seen |= dict.fromkeys(table.criterion.labels)
                yield table
        if not isinstance(self.scales, Scale) and isinstance(self.columns, LongColumns):
            for criterion in self.scales:
                if criterion not in seen:
                    raise no_such_criterion(criterion, tuple(seen))


def parquet_in_passes(
    path: Path,
    *,
    columns: RatingsColumns,
    scales: Scale | Mapping[str, Scale],
    lower_is_better: bool = False,
    at_once: int = AT_ONCE,
) -> RatingsInPasses:
    """Ratings of a Parquet file that is sorted by candidate.

    Parameters
    ----------
    scales : one for all, or one for each criterion by name
    at_once : rows that are in memory together

    Raises
    ------
    FileError, ColumnError, OptionsError : here already; what is wrong with a row, in the pass
    """
    _refuse_nested(columns)
    header = parquet_header(path)
    places = header.places(columns.addresses)
    return RatingsInPasses(
        sheets=lambda: parquet_sheets(path, header, places, n_rows=at_once),
        columns=columns,
        scales=scales,
        lower_is_better=lower_is_better,
    )


def query_in_passes(
    execute: Callable[[], Cursor],
    *,
    columns: RatingsColumns,
    scales: Scale | Mapping[str, Scale],
    lower_is_better: bool = False,
    at_once: int = AT_ONCE,
    called: str = "The query",
) -> RatingsInPasses:
    """Ratings of a query that orders them by candidate.

    Parameters
    ----------
    execute : executes the query, anew for each pass, and answers with the cursor; one that is kept
        by the server, where the driver has such, or all rows come into memory
    scales, at_once : as parquet_in_passes
    called : the query's name in messages; its rows are counted from 1

    Raises
    ------
    OptionsError : here already; what is wrong with columns or rows, in the pass
    """
    _refuse_nested(columns)

    def sheets() -> Iterator[Sheet]:
        cursor = execute()
        header = cursor_header(cursor, called=called)
        return cursor_sheets(cursor, header, columns, at_once=at_once)

    return RatingsInPasses(
        sheets=sheets, columns=columns, scales=scales, lower_is_better=lower_is_better
    )


def _of_whole_candidates(sheets: Iterable[Sheet], *, candidate: str) -> Iterator[Sheet]:
    """The same rows, no candidate's being cut between two sheets: the last one's wait."""
    waiting: Sheet | None = None
    for sheet in sheets:
        together = sheet if waiting is None else waiting.followed_by(sheet)
        codes = together.texts(candidate).codes
        others = np.flatnonzero(codes != codes[-1:])
        start = int(others[-1]) + 1 if len(others) else 0
        if start:
            yield together.part(0, start)
        waiting = together.part(start, len(codes))
    if waiting is not None:
        yield waiting


def _refuse_nested(columns: RatingsColumns) -> None:
    if isinstance(columns, AssessorsColumns) and columns.nested:
        raise OptionsError(
            place="Columns",
            found="Unnamed assessors, each of one candidate only, cannot be compared in passes.",
            mend="Name the assessors, or read the ratings as a whole.",
        )
