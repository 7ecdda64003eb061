"""Cells as numbers: decimal point or comma, never both in one file, and nothing guessed."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.ingest.errors import RatingsFileError, quoted
from second_opinion.ingest.ratings_file.values import Booleans, Column, NumberColumn, TextColumn

MISSING = frozenset({"", "na", "n/a"})
_NUMBER = re.compile(r"[+−-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberTable:
    """Cells as numbers.

    score : (n_records, n_columns), NaN where missing or not readable
    faults : what is wrong, by (record, column)
    decimal_mark : '.' or ','; empty when all are whole numbers
    """

    score: Floats
    faults: dict[tuple[int, int], str]
    decimal_mark: str

    @property
    def any_score(self) -> Booleans:
        """(n_records,), whether a record holds a number at all."""
        any_score: Booleans = np.any(~np.isnan(self.score), axis=1)
        return any_score


def read_numbers(
    columns: Sequence[Column], *, rows: Integers, names: Sequence[str], path: str
) -> NumberTable:
    """Numbers of the cells in columns (n_columns of n_records).

    Raises
    ------
    RatingsFileError : decimal points and decimal commas are mixed
    """
    score = np.empty((len(rows), len(columns)))
    faults: dict[tuple[int, int], str] = {}
    for place, column in enumerate(columns):
        score[:, place], wrong = _numbers(column)
        faults |= {
            (record, place): f"{quoted(text)} is not a number; leave the cell empty if there is "
            "none."
            for record, text in wrong.items()
        }
    mark = _decimal_mark(columns, rows=rows, names=names, path=path)
    return NumberTable(score=score, faults=faults, decimal_mark=mark)


def _numbers(column: Column) -> tuple[Floats, Mapping[int, str]]:
    """Each cell's number, and the texts of the records that hold something else."""
    if isinstance(column, NumberColumn):
        return column.values, column.unreadable
    values = [number_of(text) for text in column.texts]
    wrong = [
        math.isnan(value) and not is_missing(text)
        for value, text in zip(values, column.texts, strict=True)
    ]
    records = np.flatnonzero(np.array(wrong, dtype=np.bool_)[column.codes]) if any(wrong) else ()
    unreadable = {int(record): column.texts[column.codes[record]] for record in records}
    return np.array(values, dtype=np.float64)[column.codes], unreadable


def number_of(text: str) -> float:
    """The number a cell holds; NaN where it is missing or holds no finite number."""
    if not _NUMBER.fullmatch(text):
        return math.nan
    number = float(text.replace(",", ".").replace("−", "-"))
    return number if math.isfinite(number) else math.nan


def is_missing(text: str) -> bool:
    """Whether a cell says that there is no score."""
    return text.casefold() in MISSING


def _decimal_mark(
    columns: Sequence[Column], *, rows: Integers, names: Sequence[str], path: str
) -> str:
    texts = {text for column in columns if isinstance(column, TextColumn) for text in column.texts}
    numbers = [text for text in texts if not math.isnan(number_of(text))]
    marks = {mark: tuple(text for text in numbers if mark in text) for mark in ".,"}
    if marks["."] and marks[","]:
        point, comma = (_first_place(columns, marks[mark], rows=rows, names=names) for mark in ".,")
        raise RatingsFileError(
            place=path,
            found=f"Decimal points and decimal commas are mixed: {point}, but {comma}.",
            mend="Write all scores with the same mark.",
        )
    return next((mark for mark, texts in marks.items() if texts), "")


def _first_place(
    columns: Sequence[Column], texts: tuple[str, ...], *, rows: Integers, names: Sequence[str]
) -> str:
    record, place, text = min(
        (int(record), place, column.texts[column.codes[record]])
        for place, column in enumerate(columns)
        if isinstance(column, TextColumn)
        for record in np.flatnonzero(column.holds(*texts))[:1]
    )
    return f"row {rows[record]}, column {names[place]} has {quoted(text)}"
