"""A drawing with what must stand beside it: its words, and its numbers as a table."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Cell = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One drawing of a set.

    name : short, of letters and hyphens; its files are called by it
    title : the finding, in a sentence
    description : what a reader who does not see it needs to know
    columns, rows : every number drawn, unrounded; None where there is none
    """

    name: str
    title: str
    description: str
    svg: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A table as CSV in UTF-8 with a header row; what is not known is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_known(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _known(cell: Cell) -> str | int | float:
    return "" if cell is None or (isinstance(cell, float) and not math.isfinite(cell)) else cell
