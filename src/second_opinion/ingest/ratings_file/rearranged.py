"""A sheet put into another form before it is read: turned round, numbered, or names as numbers."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from second_opinion.ingest.errors import ColumnError, RatingsFileError, quoted
from second_opinion.ingest.ratings_file.numbers import is_missing
from second_opinion.ingest.ratings_file.sheet import Sheet

_ROW = "row"


def numbered(sheet: Sheet) -> Sheet:
    """The sheet with each record's row as a last column, for tables whose units have no name."""
    records = ([*record, str(row)] for row, record in zip(sheet.rows, sheet.records, strict=True))
    return dataclasses.replace(sheet, header=(*sheet.header, _ROW), records=tuple(records))


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
        names = f"#{len(sheet.header)}"
    name, places = sheet.column(names), [sheet.column(column) for column in columns]
    if name in places or len(set(places)) < len(places):
        raise ColumnError(
            place=sheet.path,
            found="A column is named for two things at once.",
            mend="Name each column once.",
        )
    raters = [record[name] for record in sheet.records]
    repeated = next((rater for place, rater in enumerate(raters) if rater in raters[:place]), None)
    if repeated is not None or not raters:
        raise RatingsFileError(
            place=sheet.path,
            found="There is no rater." if repeated is None else f"Two rows are {quoted(repeated)}.",
            mend="With --transpose each row is one rater.",
        )
    return dataclasses.replace(
        sheet,
        path=f"{sheet.path} (transposed)",
        header=(sheet.name(name), *raters),
        rows=tuple(place + 1 for place in places),
        records=tuple(
            [sheet.name(place), *(record[place] for record in sheet.records)] for place in places
        ),
    )


def with_codes(sheet: Sheet, *, columns: Sequence[str]) -> tuple[Sheet, tuple[str, ...]]:
    """The sheet with the texts of some columns as numbers from 1, and what each number says.

    Raises
    ------
    ColumnError : a column is not there
    RatingsFileError : there is nothing but gaps
    """
    places = [sheet.column(column) for column in columns]
    texts = {record[place] for record in sheet.records for place in places}
    categories = tuple(sorted(text for text in texts if not is_missing(text)))
    if not categories:
        raise RatingsFileError(
            place=sheet.path,
            found="There is not a single value in the columns.",
            mend="Check that the columns and the file are the right ones.",
        )
    code = {text: str(number) for number, text in enumerate(categories, start=1)}
    records = []
    for record in sheet.records:
        coded = list(record)
        for place in places:
            coded[place] = code.get(record[place], "")
        records.append(coded)
    return dataclasses.replace(sheet, records=tuple(records)), categories
