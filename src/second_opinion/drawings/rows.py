"""Several opinions on several things, row by row on one ruler: where they agree and where not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from second_opinion.drawings import pen
from second_opinion.drawings.ruler import Ruler

_NAMES, _ROW = 150.0, 22.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOfDots:
    """One thing: its name, and who put it where on the ruler, as pairs of place and value.

    Place 0 is a ring, 1 a disc, further ones are diamonds. note : said at the right end
    """

    name: str
    dots: Sequence[tuple[int, float]]
    note: str = ""


def draw_rows(
    *,
    title: str,
    description: str,
    low: float,
    high: float,
    ticks: Sequence[tuple[float, str]],
    bar: tuple[float, str] | None,
    rows: Sequence[RowOfDots],
    key: Sequence[str],
    identity: str = "",
) -> str:
    """The SVG of rows of dots on a ruler, with a bar across if there is one.

    key : whose mark is whose: of the ring, the disc, and of each diamond in one
    """
    notes = max((pen.width_of(row.note) for row in rows), default=0.0)
    ruler = Ruler(low=low, high=high, start=_NAMES + 12, end=pen.WIDTH - notes - 14)
    top = 2.0 if bar is None else pen.LINE + 2.0
    shapes: list[str] = []
    y = top
    for row in rows:
        lines = pen.wrapped(row.name, _NAMES)
        height = max(_ROW, pen.LINE * len(lines) + 4)
        shapes += _row(row, lines, ruler, y, height)
        y += height
    across = [] if bar is None else _bar(*bar, ruler, top, y)
    for value, label in ticks:
        at = ruler.at(value)
        across.append(pen.line((at, y), (at, y + 4)))
        across.append(pen.text(label, at, y + 15, anchor="middle", tone=pen.QUIET))
    across.append(pen.line((ruler.start, y), (ruler.end, y)))
    keys, y = _key(key, y + 20)
    return pen.svg(
        [*across, *shapes, *keys], title=title, description=description, height=y, identity=identity
    )


def _bar(value: float, words: str, ruler: Ruler, top: float, bottom: float) -> list[str]:
    x = ruler.at(value)
    return [
        pen.line((x, top - 2), (x, bottom), tone=pen.INK),
        pen.text(words, pen.inside(words, x), top - 5, anchor="middle"),
    ]


def _row(row: RowOfDots, lines: Sequence[str], ruler: Ruler, y: float, height: float) -> list[str]:
    middle = y + height / 2
    first = middle + 4 - pen.LINE * (len(lines) - 1) / 2
    shapes = [pen.text(line, 0, first + pen.LINE * place) for place, line in enumerate(lines)]
    ends = [ruler.at(value) for _, value in row.dots]
    if ends:
        shapes.append(
            pen.line((min(ends), middle), (max(ends), middle), tone=pen.ACCENT, weight=1.5)
        )
    # the widest shape first, so that opinions that agree are seen inside one another
    for place, value in sorted(row.dots, key=lambda dot: (dot[0] < 2, dot[0] == 1)):
        shapes.append(_mark(place, ruler.at(value), middle))
    if row.note:
        shapes.append(pen.text(row.note, pen.WIDTH, middle + 4, anchor="end", tone=pen.QUIET))
    return shapes


def _mark(place: int, x: float, y: float) -> str:
    if place == 1:
        return pen.disc(x, y)
    return pen.ring(x, y) if place == 0 else pen.diamond(x, y)


def _key(words: Sequence[str], y: float) -> tuple[list[str], float]:
    shapes = []
    for place, said in enumerate(words):
        y += pen.LINE + 4
        shapes += [_mark(place, 10, y - 4), pen.text(said, 24, y, tone=pen.QUIET)]
    return shapes, y + 6
