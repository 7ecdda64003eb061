"""The numbers of every drawing of a report, as one CSV file.

Names that people gave stand behind the drawing's number, so that no cell can begin like a formula.
"""

from __future__ import annotations

from collections.abc import Iterator

from second_opinion.drawings import Cell, as_csv
from second_opinion.reports.writing.blocks import Finding
from second_opinion.reports.writing.document import ReportDocument
from second_opinion.reports.writing.drawn import Agreement, Coverage, Drawing, Drawn, Hundreds

COLUMNS = (
    "drawing",
    "shape",
    "criterion",
    "label",
    "low",
    "value",
    "high",
    "scale_low",
    "scale_high",
)


def csv_of(document: ReportDocument) -> bytes:
    """A row for each opinion (a dot), interval, level and cell, in the order of the report."""
    rows = (
        (f"{number}. {drawing.title}", *row)
        for number, drawing in enumerate(_drawings(document), start=1)
        for row in _rows(drawing)
    )
    return as_csv(COLUMNS, rows)


def _drawings(document: ReportDocument) -> Iterator[Drawn]:
    for part in document.parts:
        for block in part.blocks:
            if isinstance(block, Finding):
                yield block.drawing
            elif isinstance(block, Drawn):
                yield block


def _rows(drawing: Drawn) -> Iterator[tuple[Cell, ...]]:
    match drawing:
        case Agreement():
            yield from _agreement(drawing)
        case Coverage():
            yield from _coverage(drawing)
        case Hundreds():
            for row in drawing.rows:
                yield ("of a hundred", "", row.name, None, row.count, None, 0, 100)
        case Drawing():
            yield from _on_a_ruler(drawing)


def _on_a_ruler(drawing: Drawing) -> Iterator[tuple[Cell, ...]]:
    scale = (drawing.scale_low, drawing.scale_high)
    for dot in drawing.dots:
        yield ("opinion", "", dot.label, None, dot.value, None, *scale)
    for span in drawing.spans:
        yield ("interval", "", span.label, span.low, span.mean, span.high, *scale)
    for mark in drawing.marks:
        shape = "minimum" if mark.is_minimum else "bar"
        yield (shape, "", mark.label, None, mark.value, None, *scale)


def _agreement(drawing: Agreement) -> Iterator[tuple[Cell, ...]]:
    scale = (drawing.scale_low, drawing.scale_high)
    for place, row in enumerate(drawing.rows, start=1):
        for dot in row.dots:
            yield ("dot", f"{place}. {row.name}", dot.label, None, dot.value, None, *scale)
    if drawing.bar is not None:
        yield ("bar", "", drawing.bar.label, None, drawing.bar.value, None, *scale)


def _coverage(drawing: Coverage) -> Iterator[tuple[Cell, ...]]:
    for place, row in enumerate(drawing.rows, start=1):
        for number, (source, cell) in enumerate(
            zip(drawing.sources, row.cells, strict=True), start=1
        ):
            label = f"{number}. {source}"
            yield (cell, f"{place}. {row.name}", label, None, None, None, None, None)
