"""Cells as numbers: decimal point or comma, never both in one file, and nothing guessed."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.ingest.errors import RatingsFileError, quoted

MISSING = frozenset({"", "na", "n/a"})
_NUMBER = re.compile(r"[+−-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberColumns:
    """Cells as numbers.

    score : (n_records, n_columns), NaN where missing or not readable
    faults : what is wrong, by (record, column)
    decimal_mark : '.' or ','; empty when all are whole numbers
    """

    score: Floats
    faults: dict[tuple[int, int], str]
    decimal_mark: str


def read_numbers(
    columns: Sequence[Sequence[str]], *, rows: Sequence[int], names: Sequence[str], path: str
) -> NumberColumns:
    """Numbers of the cells in columns (n_columns sequences of n_records texts).

    Raises
    ------
    RatingsFileError : decimal points and decimal commas are mixed
    """
    # Scores repeat: each distinct text is looked at once, which makes a large file quick.
    texts = {text for column in columns for text in column}
    values = {text: number_of(text) for text in texts}
    mark = _decimal_mark(columns, values, rows=rows, names=names, path=path)
    score = np.empty((len(rows), len(columns)))
    for place, column in enumerate(columns):
        score[:, place] = np.fromiter((values[text] for text in column), float, len(column))
    return NumberColumns(score=score, faults=_faults(columns, values), decimal_mark=mark)


def number_of(text: str) -> float:
    """The number a cell holds; NaN where it is missing or holds no finite number."""
    if not _NUMBER.fullmatch(text):
        return math.nan
    number = float(text.replace(",", ".").replace("−", "-"))
    return number if math.isfinite(number) else math.nan


def is_missing(text: str) -> bool:
    """Whether a cell says that there is no score."""
    return text.casefold() in MISSING


def _faults(
    columns: Sequence[Sequence[str]], values: dict[str, float]
) -> dict[tuple[int, int], str]:
    wrong = {text for text, value in values.items() if math.isnan(value) and not is_missing(text)}
    if not wrong:
        return {}
    return {
        (record, place): f"{quoted(text)} is not a number; leave the cell empty if there is none."
        for place, column in enumerate(columns)
        for record, text in enumerate(column)
        if text in wrong
    }


def _decimal_mark(
    columns: Sequence[Sequence[str]],
    values: dict[str, float],
    *,
    rows: Sequence[int],
    names: Sequence[str],
    path: str,
) -> str:
    numbers = [text for text, value in values.items() if not math.isnan(value)]
    marks = {mark: {text for text in numbers if mark in text} for mark in ".,"}
    if marks["."] and marks[","]:
        point, comma = (_first_place(columns, marks[mark], rows=rows, names=names) for mark in ".,")
        raise RatingsFileError(
            place=path,
            found=f"Decimal points and decimal commas are mixed: {point}, but {comma}.",
            mend="Write all scores with the same mark.",
        )
    return next((mark for mark, texts in marks.items() if texts), "")


def _first_place(
    columns: Sequence[Sequence[str]],
    texts: set[str],
    *,
    rows: Sequence[int],
    names: Sequence[str],
) -> str:
    record, place = min(
        (record, place)
        for place, column in enumerate(columns)
        for record, text in enumerate(column)
        if text in texts
    )
    text = columns[place][record]
    return f"row {rows[record]}, column {names[place]} has {quoted(text)}"
