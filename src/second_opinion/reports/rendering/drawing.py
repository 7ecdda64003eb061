"""A report's drawings: on a ruler, by criterion, criteria by sources, and of a hundred."""

from __future__ import annotations

from itertools import groupby

from second_opinion.drawings import RowOfDots, Square, draw_hundreds, draw_matrix, draw_rows, pen
from second_opinion.drawings.placing import rows_for
from second_opinion.drawings.ruler import Ruler
from second_opinion.reports.writing.drawn import (
    Agreement,
    Coverage,
    Dot,
    Drawing,
    Drawn,
    Hundreds,
    Mark,
    Span,
)

WIDTH = pen.WIDTH
_LEFT, _RIGHT = 96, 330


def draw(drawing: Drawn, *, identity: str = "") -> str:
    """The drawing as an SVG element; identity makes its title's and description's ids unique."""
    if isinstance(drawing, Agreement):
        return _agreement(drawing, identity)
    if isinstance(drawing, Coverage):
        return _coverage(drawing, identity)
    if isinstance(drawing, Hundreds):
        return _hundreds(drawing, identity)
    return _on_a_ruler(drawing, identity)


def _hundreds(drawing: Hundreds, identity: str) -> str:
    return draw_hundreds(
        title=drawing.title,
        description=drawing.description,
        rows=[(row.name, row.count, row.words) for row in drawing.rows],
        key=drawing.key,
        identity=identity,
    )


def _agreement(drawing: Agreement, identity: str) -> str:
    return draw_rows(
        title=drawing.title,
        description=drawing.description,
        low=drawing.scale_low,
        high=drawing.scale_high,
        ticks=drawing.ticks,
        bar=(drawing.bar.value, drawing.bar.label) if drawing.bar else None,
        rows=[
            RowOfDots(
                name=row.name, dots=[(dot.place, dot.value) for dot in row.dots], note=row.note
            )
            for row in drawing.rows
        ],
        key=drawing.key,
        identity=identity,
    )


def _coverage(drawing: Coverage, identity: str) -> str:
    return draw_matrix(
        title=drawing.title,
        description=drawing.description,
        columns=drawing.sources,
        rows=[(row.name, [Square(cell) for cell in row.cells]) for row in drawing.rows],
        key=drawing.key,
        identity=identity,
    )


def _on_a_ruler(drawing: Drawing, identity: str) -> str:
    ruler = Ruler(low=drawing.scale_low, high=drawing.scale_high, start=_LEFT, end=_RIGHT)
    marks = sorted(drawing.marks, key=lambda mark: mark.value, reverse=True)
    y = pen.LINE * len(marks) + 4.0
    content: list[str] = []
    if drawing.dots:
        dots, y = _dots(drawing, ruler, y)
        content += dots
    for span in drawing.spans:
        content += _span(span, ruler, y)
        y += 2 * pen.LINE + 2
    y += 4
    return pen.svg(
        [*_marks(marks, ruler, bottom=y), *content, *_scale(drawing, ruler, y)],
        title=drawing.title,
        description=drawing.description,
        height=y + 20,
        identity=identity,
    )


def _marks(marks: list[Mark], ruler: Ruler, *, bottom: float) -> list[str]:
    """Levels across the ruler: the highest is labelled on top, lower ones to the left below it."""
    shapes = []
    for row, mark in enumerate(marks):
        x = ruler.at(mark.value)
        baseline = (row + 1) * pen.LINE - 3
        dashes = "3 2.5" if mark.is_minimum else ""
        shapes.append(pen.line((x, baseline + 3), (x, bottom), tone=pen.INK, dashes=dashes))
        if row == 0:
            centre = pen.inside(mark.label, x)
            shapes.append(pen.text(mark.label, centre, baseline, anchor="middle"))
        else:
            shapes.append(pen.text(mark.label, x + 2, baseline, anchor="end"))
    return shapes


def _dots(drawing: Drawing, ruler: Ruler, y: float) -> tuple[list[str], float]:
    """Dots on one line, joined; labels above them, in as many rows as it takes."""
    labels: list[tuple[str, float]] = []
    by_value = groupby(
        sorted(drawing.dots, key=lambda dot: (dot.value, dot.place)), lambda dot: dot.value
    )
    for value, same in by_value:
        dots = list(same)
        text = f"{', '.join(dot.label for dot in dots)} {dots[0].value_label}"
        labels.append((text, pen.inside(text, ruler.at(value))))
    halves = [pen.width_of(text) / 2 for text, _ in labels]
    rows = rows_for(
        [(x - half, x + half) for (_, x), half in zip(labels, halves, strict=True)], gap=3
    )
    line = y + pen.LINE * (max(rows) + 1) + 9
    shapes = [pen.text(drawing.dots_label, 0, line + 4, tone=pen.QUIET)]
    shapes += [
        pen.plate(text, x, line - 11 - row * pen.LINE)
        for (text, x), row in zip(labels, rows, strict=True)
    ]
    ends = [ruler.at(dot.value) for dot in drawing.dots]
    shapes.append(pen.line((min(ends), line), (max(ends), line), tone=pen.ACCENT, weight=1.5))
    # the widest shape first, so that opinions that agree are seen inside one another
    shapes += [
        _dot(dot, ruler.at(dot.value), line)
        for dot in sorted(drawing.dots, key=lambda dot: (dot.place < 2, dot.place == 1))
    ]
    return shapes, line + 10


def _dot(dot: Dot, x: float, y: float) -> str:
    """The first opinion is a ring, the second a disc, further ones are diamonds."""
    if dot.place == 1:
        return pen.disc(x, y)
    return pen.ring(x, y) if dot.place == 0 else pen.diamond(x, y)


def _span(span: Span, ruler: Ruler, y: float) -> list[str]:
    line = y + pen.LINE + 8
    tone, weight, reach = (pen.QUIET, 1.5, 5) if span.is_faint else (pen.ACCENT, 4, 8)
    mean = ruler.at(span.mean)
    ends = (ruler.at(span.low), line), (ruler.at(span.high), line)
    return [
        pen.text(span.label, 0, line + 4, tone=pen.QUIET if span.is_faint else pen.INK),
        pen.line(*ends, tone=tone, weight=weight),
        pen.line((mean, line - reach), (mean, line + reach), tone=tone, weight=3),
        pen.plate(span.mean_label, mean, line - reach - 3),
    ]


def _scale(drawing: Drawing, ruler: Ruler, y: float) -> list[str]:
    shapes = [pen.line((ruler.start, y), (ruler.end, y))]
    for value, label in drawing.ticks:
        x = ruler.at(value)
        shapes.append(pen.line((x, y), (x, y + 4)))
        shapes.append(pen.text(label, x, y + 15, anchor="middle", tone=pen.QUIET))
    return shapes
