"""Every cell that may hold a score, whatever the shape of the table."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.ratings import ONE_CRITERION, Facet
from second_opinion.ingest.errors import ColumnError, RefusedRow, quoted
from second_opinion.ingest.ratings_file.columns import (
    AssessorsColumns,
    CriteriaColumns,
    LongColumns,
    RatingsColumns,
)
from second_opinion.ingest.ratings_file.numbers import NumberTable, read_numbers
from second_opinion.ingest.ratings_file.sheet import Sheet
from second_opinion.ingest.ratings_file.values import TextColumn

# what the table of ratings calls things of its own
_RESERVED = ("candidate", "assessor", "criterion", "score", "weight", "missing")
_ROLES = ("candidate", "assessor", "criterion")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The cells of the score columns, and what each belongs to.

    numbers : (n_records, n_columns)
    columns : (n_columns,), names of the score columns
    candidate : (n_records,)
    assessor, criterion : (n_records, n_columns)
    further : by name, (n_records,)
    weight : (n_records,); None where no column holds it
    lacking : the name or weight that a record lacks or that cannot be; a record without any score
        may lack all but the candidate
    """

    rows: Integers
    columns: tuple[str, ...]
    numbers: NumberTable
    candidate: Facet
    assessor: Facet
    criterion: Facet
    further: Mapping[str, Facet]
    weight: Floats | None
    lacking: dict[int, RefusedRow]


def read_cells(sheet: Sheet, columns: RatingsColumns) -> Cells:
    """The cells that the named columns hold.

    Raises
    ------
    ColumnError, RatingsFileError
    """
    _refuse_repeated(sheet, columns)
    numbers, weight = _numbers_and_weight(sheet, columns)
    score_names = tuple(sheet.name_of(address) for address in columns.scored)
    facets = {_facet_name(sheet, address): address for address in columns.facets}
    roles = dict(zip(_ROLES, columns.named, strict=False)) | facets
    texts = {role: sheet.texts(address) for role, address in roles.items()}
    assessor, criterion = _other_facets(columns, texts, rows=sheet.rows, names=score_names)
    lacking: dict[int, RefusedRow] = {}
    for refused in (
        _nameless(sheet, roles, texts, numbers=numbers),
        _weightless(sheet, columns.weight, weight, numbers=numbers),
    ):
        for record, reason in refused:
            lacking.setdefault(record, reason)
    return Cells(
        rows=sheet.rows,
        columns=score_names,
        numbers=numbers,
        candidate=_facet(texts["candidate"]),
        assessor=assessor,
        criterion=criterion,
        further={name: _facet(texts[name]) for name in facets},
        weight=None if weight is None else weight.score[:, 0],
        lacking=lacking,
    )


def _refuse_repeated(sheet: Sheet, columns: RatingsColumns) -> None:
    places = [sheet.header.column(address) for address in columns.addresses]
    for position, place in enumerate(places):
        if place in places[:position]:
            raise ColumnError(
                place=sheet.path,
                found=f"Column {quoted(sheet.header.name(place))} is named for two things at once.",
                mend="Name each column once.",
            )


def _facet_name(sheet: Sheet, address: str) -> str:
    name = sheet.name_of(address)
    if name in _RESERVED:
        raise ColumnError(
            place=sheet.path,
            found=f"A further facet cannot be called {quoted(name)}, which has a meaning already.",
            mend="Name its column for what it is, or give it another heading.",
        )
    return name


def _numbers_and_weight(
    sheet: Sheet, columns: RatingsColumns
) -> tuple[NumberTable, NumberTable | None]:
    table = read_numbers(
        [sheet.column(address) for address in columns.numbers],
        rows=sheet.rows,
        names=[quoted(sheet.name_of(address)) for address in columns.numbers],
        path=sheet.path,
    )
    if columns.weight is None:
        return table, None
    last = len(columns.scored)
    scores = dataclasses.replace(
        table,
        score=table.score[:, :last],
        faults={place: fault for place, fault in table.faults.items() if place[1] < last},
    )
    weight = dataclasses.replace(
        table,
        score=table.score[:, last:],
        faults={place: fault for place, fault in table.faults.items() if place[1] == last},
    )
    return scores, weight


def _facet(column: TextColumn) -> Facet:
    return Facet(labels=column.texts, codes=column.codes)


def _other_facets(
    columns: RatingsColumns,
    texts: Mapping[str, TextColumn],
    *,
    rows: Integers,
    names: tuple[str, ...],
) -> tuple[Facet, Facet]:
    """Assessor and criterion of each cell, (n_records, n_columns)."""
    shape = (len(rows), len(names))
    across: Integers = np.broadcast_to(np.arange(shape[1]), shape)
    match columns:
        case LongColumns():
            return _spread(texts["assessor"], shape), _spread(texts["criterion"], shape)
        case CriteriaColumns():
            return _spread(texts["assessor"], shape), Facet(names, across)
        case AssessorsColumns(nested=False):
            only = Facet((ONE_CRITERION,), np.zeros(shape, dtype=np.int64))
            return Facet(names, across), only
        case AssessorsColumns():
            # Column "0" on row 5 and on row 6 are two people: an assessor is one cell.
            labels = tuple(f"{name}, row {row}" for row in rows.tolist() for name in names)
            nested = np.arange(shape[0] * shape[1]).reshape(shape)
            return Facet(labels, nested), Facet((ONE_CRITERION,), np.zeros(shape, dtype=np.int64))


def _spread(column: TextColumn, shape: tuple[int, int]) -> Facet:
    return Facet(column.texts, np.broadcast_to(column.codes[:, None], shape))


Lacking = Iterator[tuple[int, RefusedRow]]


def _nameless(
    sheet: Sheet,
    roles: Mapping[str, str],
    texts: Mapping[str, TextColumn],
    *,
    numbers: NumberTable,
) -> Lacking:
    for role, column in texts.items():
        # NA is what R writes for a missing name; taken as a name it would join strangers.
        lacks = column.holds("", "NA")
        if role != "candidate":
            lacks &= numbers.any_score
        for record in np.flatnonzero(lacks).tolist():
            is_empty = not column.texts[column.codes[record]]
            stands = "is empty" if is_empty else "holds NA, which stands for a missing name"
            reason = f"The cell {stands}; each score needs its {role}."
            yield record, _refused(sheet, record, roles[role], reason)


def _weightless(
    sheet: Sheet, address: str | None, weight: NumberTable | None, *, numbers: NumberTable
) -> Lacking:
    if address is None or weight is None:
        return
    for (record, _), fault in weight.faults.items():
        yield record, _refused(sheet, record, address, fault)
    values = weight.score[:, 0]
    for record in np.flatnonzero(~(values > 0) & numbers.any_score).tolist():
        reason = f"{values[record]:.12g} cannot be a weight; a weight is above 0."
        if np.isnan(values[record]):
            reason = "The cell is empty; each score needs its weight."
        yield record, _refused(sheet, record, address, reason)


def _refused(sheet: Sheet, record: int, address: str, reason: str) -> RefusedRow:
    return RefusedRow(int(sheet.rows[record]), quoted(sheet.name_of(address)), reason)
