"""A sheet put into another form before it is read: turned round, numbered, or names as numbers."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from second_opinion.ingest.errors import ColumnError, RatingsFileError, quoted
from second_opinion.ingest.ratings_file.numbers import is_missing
from second_opinion.ingest.ratings_file.sheet import Sheet
from second_opinion.ingest.ratings_file.values import TextColumn

_ROW = "row"


def numbered(sheet: Sheet) -> Sheet:
    """The sheet with each record's row as a last column, for tables whose units have no name."""
    last = len(sheet.header.names)
    header = dataclasses.replace(sheet.header, names=(*sheet.header.names, _ROW))
    columns = {**sheet.columns, last: TextColumn.of(sheet.rows.tolist())}
    return dataclasses.replace(sheet, header=header, columns=columns)


def transposed(sheet: Sheet, *, names: str | None, columns: Sequence[str]) -> Sheet:
    """The sheet whose rows were raters as one whose columns are: the first names the unit.

    Parameters
    ----------
    names : the column that names the raters; without it they are numbered
    columns : the units

    Raises
    ------
    ColumnError : a column is not there
    RatingsFileError : two rows name the same rater, or there is none
    """
    if names is None:
        sheet = numbered(sheet)
        names = f"#{len(sheet.header.names)}"
    places = [sheet.header.column(column) for column in columns]
    if sheet.header.column(names) in places or len(set(places)) < len(places):
        raise ColumnError(
            place=sheet.path,
            found="A column is named for two things at once.",
            mend="Name each column once.",
        )
    raters = sheet.texts(names).cells
    repeated = next((rater for place, rater in enumerate(raters) if rater in raters[:place]), None)
    if repeated is not None or not raters:
        raise RatingsFileError(
            place=sheet.path,
            found="There is no rater." if repeated is None else f"Two rows are {quoted(repeated)}.",
            mend="With --transpose each row is one rater.",
        )
    units = [sheet.name_of(column) for column in columns]
    by_unit = [sheet.texts(column).cells for column in columns]
    by_rater = zip(*by_unit, strict=True) if by_unit else ()
    return Sheet(
        header=dataclasses.replace(
            sheet.header,
            path=f"{sheet.path} (transposed)",
            names=(sheet.name_of(names), *raters),
        ),
        form=sheet.form,
        kind=sheet.kind,
        rows=np.array(places) + 1,
        columns=dict(enumerate([TextColumn.of(units), *map(TextColumn.of, by_rater)])),
        refused=sheet.refused,
    )


def with_codes(sheet: Sheet, *, columns: Sequence[str]) -> tuple[Sheet, tuple[str, ...]]:
    """The sheet with the texts of some columns as numbers from 1, and what each number says.

    Raises
    ------
    ColumnError : a column is not there
    RatingsFileError : there is nothing but gaps
    """
    named = {sheet.header.column(column): sheet.texts(column) for column in columns}
    texts = {text for column in named.values() for text in set(column.cells)}
    categories = tuple(sorted(text for text in texts if not is_missing(text)))
    if not categories:
        raise RatingsFileError(
            place=sheet.path,
            found="There is not a single value in the columns.",
            mend="Check that the columns and the file are the right ones.",
        )
    code = {text: str(number) for number, text in enumerate(categories, start=1)}
    coded = {
        place: TextColumn(tuple(code.get(text, "") for text in column.texts), column.codes)
        for place, column in named.items()
    }
    return dataclasses.replace(sheet, columns={**sheet.columns, **coded}), categories
