"""What was seen of each thing by each source: a matrix of filled and open squares, and of nothing.

Filled and open are told apart without colour; a key below says which is which, in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from second_opinion.drawings import pen
from second_opinion.drawings.placing import rows_for

_NAMES, _SIDE, _ROW = 178.0, 9.0, 18.0


class Cell(Enum):
    """Seen; looked for and not seen; not looked for there."""

    SEEN = "seen"
    NOT_SEEN = "not seen"
    NOT_ASKED = "not asked"


def draw_matrix(
    *,
    title: str,
    description: str,
    columns: Sequence[str],
    rows: Sequence[tuple[str, Sequence[Cell]]],
    key: tuple[str, str],
    identity: str = "",
) -> str:
    """The SVG of a matrix; its names stand in as many lines as they take.

    key : what a filled and an open square mean
    """
    step = (pen.WIDTH - _NAMES) / len(columns)
    middles = [_NAMES + step * (place + 0.5) for place in range(len(columns))]
    shapes, y = _heads(columns, middles)
    for name, cells in rows:
        lines = pen.wrapped(name, _NAMES - 10)
        height = max(_ROW, pen.LINE * len(lines) + 4)
        shapes.append(pen.line((0, y), (pen.WIDTH, y), weight=0.4))
        shapes += [pen.text(line, 0, y + 13 + pen.LINE * place) for place, line in enumerate(lines)]
        for x, cell in zip(middles, cells, strict=True):
            shapes += _square(cell, x, y + height / 2)
        y += height
    shapes.append(pen.line((0, y), (pen.WIDTH, y), weight=0.4))
    keys, y = _key(key, y + 6)
    return pen.svg(
        [*shapes, *keys], title=title, description=description, height=y, identity=identity
    )


def _heads(columns: Sequence[str], middles: Sequence[float]) -> tuple[list[str], float]:
    """Names over their columns, one above the other where they would meet, each on a stem."""
    centres = [pen.inside(name, x) for name, x in zip(columns, middles, strict=True)]
    halves = [pen.width_of(name) / 2 for name in columns]
    levels = rows_for([(x - half, x + half) for x, half in zip(centres, halves, strict=True)])
    bottom = pen.LINE * (max(levels) + 1) + 4
    shapes = []
    for name, x, centre, level in zip(columns, middles, centres, levels, strict=True):
        baseline = bottom - 7 - pen.LINE * level
        if level:
            shapes.append(pen.line((x, baseline + 3), (x, bottom), weight=0.6))
        shapes.append(pen.plate(name, centre, baseline))
    return shapes, bottom


def _square(cell: Cell, x: float, y: float) -> list[str]:
    left, top = x - _SIDE / 2, y - _SIDE / 2
    if cell is Cell.SEEN:
        return [pen.block(left, top, _SIDE, _SIDE)]
    return [pen.frame(left, top, _SIDE, _SIDE)] if cell is Cell.NOT_SEEN else []


def _key(words: tuple[str, str], y: float) -> tuple[list[str], float]:
    shapes = []
    for cell, said in zip((Cell.SEEN, Cell.NOT_SEEN), words, strict=True):
        shapes += _square(cell, _SIDE / 2, y + 8)
        shapes.append(pen.text(said, _SIDE + 6, y + 12, tone=pen.QUIET))
        y += pen.LINE
    return shapes, y + 4
