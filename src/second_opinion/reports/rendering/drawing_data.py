"""The numbers of every drawing of a report, as one CSV file.

Names that people gave stand behind the drawing's number, so that no cell can begin like a formula.
"""

from __future__ import annotations

from collections.abc import Iterator

from second_opinion.drawings import Cell, as_csv
from second_opinion.reports.writing.document import Drawing, Finding, ReportDocument

COLUMNS = ("drawing", "shape", "label", "low", "value", "high", "scale_low", "scale_high")


def csv_of(document: ReportDocument) -> bytes:
    """A row for each opinion (a dot), interval and level, in the order of the report."""
    rows = (
        (f"{number}. {drawing.title}", *row, drawing.scale_low, drawing.scale_high)
        for number, drawing in enumerate(_drawings(document), start=1)
        for row in _rows(drawing)
    )
    return as_csv(COLUMNS, rows)


def _drawings(document: ReportDocument) -> Iterator[Drawing]:
    for part in document.parts:
        for block in part.blocks:
            if isinstance(block, Finding):
                yield block.drawing
            elif isinstance(block, Drawing):
                yield block


def _rows(drawing: Drawing) -> Iterator[tuple[Cell, ...]]:
    for dot in drawing.dots:
        yield ("opinion", dot.label, None, dot.value, None)
    for span in drawing.spans:
        yield ("interval", span.label, span.low, span.mean, span.high)
    for mark in drawing.marks:
        yield ("minimum" if mark.is_minimum else "bar", mark.label, None, mark.value, None)
