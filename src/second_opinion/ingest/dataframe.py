"""Ratings out of any dataframe, without importing the library that made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from second_opinion.engine.ratings import Scale
from second_opinion.ingest.errors import RatingsFileError, quoted
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
from second_opinion.ingest.ratings_file.arrow_columns import arrow_sheets
from second_opinion.ingest.ratings_file.values import Column, NumberColumn

KIND = "dataframe"


def read_ratings_dataframe(
    frame: object,
    *,
    columns: RatingsColumns,
    scales: Scale | Mapping[str, Scale],
    lower_is_better: bool = False,
    skip_refused: bool = False,
    called: str = "The dataframe",
) -> RatingsFile:
    """Ratings out of a dataframe, or out of anything that has columns by name.

    Parameters
    ----------
    frame : hands out Arrow (`__arrow_c_stream__`), which is used where pyarrow is installed; or has
        `columns` and answers to `frame[name]`; or is a mapping of one-dimensional arrays
    scales : one for all, or one for each criterion by name
    called : the dataframe's name in messages; its rows are counted from 1

    Raises
    ------
    ColumnError, OptionsError, RatingsFileError
    RefusedRowsError : rows cannot be read, and they are not to be skipped
    """
    sheet = _from_arrow(frame, columns, called)
    if sheet is None:
        sheet = _from_arrays(frame, columns, called)
    return ratings_of_sheet(
        sheet,
        name=called,
        columns=columns,
        scales=scale_options(scales),
        lower_is_better=lower_is_better,
        skip_refused=skip_refused,
    )


def _from_arrow(frame: object, columns: RatingsColumns, called: str) -> Sheet | None:
    """The sheet as Arrow has it; None where Arrow cannot be had."""
    if not hasattr(frame, "__arrow_c_stream__"):
        return None
    try:
        import pyarrow
    except ImportError:
        return None
    try:
        table = pyarrow.table(frame)
    except (pyarrow.ArrowException, ValueError, TypeError):
        return None  # columns of mixed kinds, or two of one name: looked at one by one instead
    header = _header(table.column_names, called)
    places = header.places(columns.addresses)
    batches = ([batch.column(place) for place in places] for batch in table.to_batches())
    sheets = arrow_sheets(header, places, batches, form=KIND, kind=KIND)
    return joined_sheet(header, sheets, form=KIND, kind=KIND)


def _from_arrays(frame: Any, columns: RatingsColumns, called: str) -> Sheet:  # noqa: ANN401  any
    names = frame.keys() if isinstance(frame, Mapping) else getattr(frame, "columns", None)
    if names is None or callable(names):
        raise RatingsFileError(
            place=called,
            found=f"A {type(frame).__name__} has no columns by name.",
            mend="Hand over a dataframe, or a mapping of one-dimensional arrays.",
        )
    names = list(names)
    header = _header(names, called)
    places = header.places(columns.addresses)
    cells = {}
    for place in places:
        array = frame.iloc[:, place] if hasattr(frame, "iloc") else frame[names[place]]
        cells[place] = _column(array, place=f"{called}, column {quoted(header.name(place))}")
    n_rows = len(cells[places[0]])
    for place, column in cells.items():
        if len(column) != n_rows:
            raise RatingsFileError(
                place=f"{called}, column {quoted(header.name(place))}",
                found=f"It has {len(column)} cells where {quoted(header.name(places[0]))} has "
                f"{n_rows}.",
                mend="Hand over columns of one length.",
            )
    return Sheet(header=header, form=KIND, kind=KIND, rows=np.arange(1, n_rows + 1), columns=cells)


def _header(names: Sequence[object], called: str) -> Header:
    header = Header(path=called, row=None, names=tuple(str(name).strip() for name in names))
    if not header.names:
        raise RatingsFileError(
            place=called,
            found="The dataframe is empty.",
            mend="Hand over a dataframe with ratings.",
        )
    return header


def _column(values: Any, *, place: str) -> Column:  # noqa: ANN401  any library's series
    array = values.to_numpy() if hasattr(values, "to_numpy") else np.asarray(values)
    if array.ndim != 1:
        raise RatingsFileError(
            place=place,
            found=f"The column has {array.ndim} dimensions.",
            mend="Hand over one value for each row.",
        )
    if array.dtype.kind == "f":
        numbers = array.astype(np.float64)
        return NumberColumn.of(numbers, missing=np.isnan(numbers))
    if array.dtype.kind in "mM":
        array = np.where(np.isnat(array), "", array.astype(str))
    return TextColumn.of(array.tolist())
