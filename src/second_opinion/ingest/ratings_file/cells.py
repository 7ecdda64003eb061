"""Every cell that may hold a score, whatever the shape of the file."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Integers
from second_opinion.engine.ratings import Facet
from second_opinion.ingest.errors import ColumnError, RefusedRow, quoted
from second_opinion.ingest.ratings_file.columns import (
    AssessorsColumns,
    CriteriaColumns,
    LongColumns,
    RatingsColumns,
)
from second_opinion.ingest.ratings_file.numbers import NumberColumns, read_numbers
from second_opinion.ingest.ratings_file.sheet import Sheet

Booleans = NDArray[np.bool_]

ONE_CRITERION = "score"  # what assessors' columns rate has no name of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The cells of the score columns, and what each belongs to.

    numbers : (n_records, n_columns)
    columns : (n_columns,), names of the score columns
    candidate : (n_records,)
    assessor, criterion : (n_records, n_columns)
    missing_names : the name a record lacks, by record: (column, what is missing); a record
        without any score may lack all but the candidate
    """

    rows: tuple[int, ...]
    columns: tuple[str, ...]
    numbers: NumberColumns
    candidate: Facet
    assessor: Facet
    criterion: Facet
    missing_names: dict[int, RefusedRow]


def read_cells(sheet: Sheet, columns: RatingsColumns) -> Cells:
    """The cells that the named columns hold.

    Raises
    ------
    ColumnError, RatingsFileError
    """
    places = _distinct_places(sheet, columns)
    match columns:
        case LongColumns():
            names, scores = places[:3], places[3:]
        case CriteriaColumns():
            names, scores = places[:2], places[2:]
        case AssessorsColumns():
            names, scores = places[:1], places[1:]
    score_names = tuple(sheet.name(place) for place in scores)
    numbers = read_numbers(
        [_column(sheet, place) for place in scores],
        rows=sheet.rows,
        names=[quoted(name) for name in score_names],
        path=sheet.path,
    )
    named = [_names(_column(sheet, place)) for place in names]
    assessor, criterion = _other_facets(columns, named, sheet=sheet, score_names=score_names)
    return Cells(
        rows=sheet.rows,
        columns=score_names,
        numbers=numbers,
        candidate=_facet(named[0]),
        assessor=assessor,
        criterion=criterion,
        missing_names=_missing_names(sheet, names, named, numbers),
    )


def _distinct_places(sheet: Sheet, columns: RatingsColumns) -> list[int]:
    places = [sheet.column(address) for address in columns.addresses]
    for position, place in enumerate(places):
        if place in places[:position]:
            raise ColumnError(
                place=sheet.path,
                found=f"Column {quoted(sheet.name(place))} is named for two things at once.",
                mend="Name each column once.",
            )
    return places


def _column(sheet: Sheet, place: int) -> list[str]:
    return [record[place] for record in sheet.records]


def _names(texts: list[str]) -> list[str]:
    """Names in one Unicode form, so that one person spelt in two ways of bytes stays one."""
    normal = {text: unicodedata.normalize("NFC", text) for text in set(texts)}
    return [normal[text] for text in texts]


def _facet(names: Sequence[str]) -> Facet:
    index: dict[str, int] = {}
    codes = np.fromiter(
        (index.setdefault(name, len(index)) for name in names), dtype=np.int64, count=len(names)
    )
    return Facet(labels=tuple(index), codes=codes)


def _other_facets(
    columns: RatingsColumns,
    named: list[list[str]],
    *,
    sheet: Sheet,
    score_names: tuple[str, ...],
) -> tuple[Facet, Facet]:
    """Assessor and criterion of each cell, (n_records, n_columns)."""
    shape = (len(sheet.rows), len(score_names))
    across: Integers = np.broadcast_to(np.arange(shape[1]), shape)
    match columns:
        case LongColumns():
            return _spread(_facet(named[1]), shape), _spread(_facet(named[2]), shape)
        case CriteriaColumns():
            return _spread(_facet(named[1]), shape), Facet(score_names, across)
        case AssessorsColumns(nested=False):
            only = Facet((ONE_CRITERION,), np.zeros(shape, dtype=np.int64))
            return Facet(score_names, across), only
        case AssessorsColumns():
            # Column "0" on row 5 and on row 6 are two people: an assessor is one cell.
            labels = tuple(f"{name}, row {row}" for row in sheet.rows for name in score_names)
            nested = np.arange(shape[0] * shape[1]).reshape(shape)
            return Facet(labels, nested), Facet((ONE_CRITERION,), np.zeros(shape, dtype=np.int64))


def _spread(facet: Facet, shape: tuple[int, int]) -> Facet:
    return Facet(facet.labels, np.broadcast_to(facet.codes[:, None], shape))


def _missing_names(
    sheet: Sheet, places: list[int], named: list[list[str]], numbers: NumberColumns
) -> dict[int, RefusedRow]:
    holds_score: list[bool] = np.any(~np.isnan(numbers.score), axis=1).tolist()
    missing: dict[int, RefusedRow] = {}
    for position, (place, names) in enumerate(zip(places, named, strict=True)):
        for record, name in enumerate(names):
            # NA is what R writes for a missing name; taken as a name it would join strangers.
            if name in ("", "NA") and (position == 0 or holds_score[record]):
                stands = "is empty" if not name else "holds NA, which stands for a missing name"
                missing.setdefault(
                    record,
                    RefusedRow(
                        sheet.rows[record],
                        quoted(sheet.name(place)),
                        f"The cell {stands}; each score needs its {_ROLES[position]}.",
                    ),
                )
    return missing


_ROLES = ("candidate", "assessor", "criterion")
