"""Several kinds of things on one ruler: the Wright map of a many-facet model.

Where a kind has few things each has its name beside its dot. Where it has more than can be read
they become a heap, and only the outermost are named.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from second_opinion.drawings import pen
from second_opinion.drawings.heap import heap, outermost
from second_opinion.drawings.ladder import Ladder, ladder
from second_opinion.drawings.placing import rows_for
from second_opinion.drawings.ruler import ACROSS_HEIGHT, Ruler, across

_LEFT, _RIGHT = 18.0, 322.0
_ROW = 13.0
_MOST_ROWS, _MOST_LINES = 16, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Things of one kind.

    title : what they are, in words that say which way is which
    values : places on the ruler
    labels : names, as many as values; none where nobody is to be named, however few they are
    bar_words : said of the highest bar, with {count} for how many it holds
    """

    title: str
    values: Sequence[float]
    labels: Sequence[str] = ()
    bar_words: str = "{count}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladders:
    """The steps of several things, one below the other."""

    title: str
    ladders: Sequence[Ladder]


def draw_one_ruler(
    *,
    title: str,
    description: str,
    ruler_name: str,
    bands: Sequence[Band | Ladders],
    identity: str = "",
) -> str:
    """The SVG of bands above one ruler; a dotted line through all of them stands at zero."""
    ruler = Ruler.over([0.0, *_values(bands)], start=_LEFT, end=_RIGHT)
    head, top = pen.heading(title)
    content: list[str] = []
    y = top
    for band in bands:
        for words in pen.wrapped(band.title, pen.WIDTH):
            content.append(pen.plate(words, 0, y + pen.TEXT, anchor="start", tone=pen.QUIET))
            y += pen.LINE
        drawn, y = _ladders(band, ruler, y) if isinstance(band, Ladders) else _band(band, ruler, y)
        content += drawn
        y += 10
    zero = ruler.at(0)
    return pen.svg(
        [
            *head,
            pen.line((zero, top + 4), (zero, y), dashes="1 3"),
            *content,
            *across(ruler, y, name=ruler_name),
        ],
        title=title,
        description=description,
        height=y + ACROSS_HEIGHT,
        identity=identity,
    )


def _values(bands: Sequence[Band | Ladders]) -> list[float]:
    return [
        value
        for band in bands
        for each in (band.ladders if isinstance(band, Ladders) else [band])
        for value in each.values
    ]


def _ladders(band: Ladders, ruler: Ruler, y: float) -> tuple[list[str], float]:
    shapes: list[str] = []
    for each in band.ladders:
        drawn, y = ladder(each, ruler, y)
        shapes += drawn
    return shapes, y


def _band(band: Band, ruler: Ruler, y: float) -> tuple[list[str], float]:
    names: list[str] = []
    if band.labels:
        rows = _rows(_named(band, ruler))
        if len(rows) <= _MOST_ROWS:
            return _in_rows(rows, y)
        names, y = outermost(band.labels, band.values, ruler, y)
    dots, bottom = heap(band.values, ruler, y, bar_words=band.bar_words)
    return [*names, *dots], bottom


@dataclass(frozen=True, slots=True)
class _Named:
    """A dot at x with its name, in a few lines, on one side of it."""

    lines: tuple[str, ...]
    x: float
    is_left: bool

    @classmethod
    def beside(cls, label: str, x: float, *, is_left: bool) -> _Named:
        """The name on the side that is wished, if there is room, or where there is more of it."""
        left, right = x - 7, pen.WIDTH - x - 7
        width = pen.width_of(label)
        if width > (left if is_left else right):
            is_left = left > right
        lines = pen.wrapped(label, left if is_left else right)
        if len(lines) > _MOST_LINES:
            rest = " ".join(lines[_MOST_LINES - 1 :])
            lines = [*lines[: _MOST_LINES - 1], pen.cut(rest, left if is_left else right)]
        return cls(tuple(lines), x, is_left)

    @property
    def span(self) -> tuple[float, float]:
        reach = 7 + max(map(pen.width_of, self.lines), default=0)
        return (self.x - reach, self.x + 4) if self.is_left else (self.x - 4, self.x + reach)

    def drawn(self, y: float) -> list[str]:
        place = self.x - 7 if self.is_left else self.x + 7
        anchor: pen.Anchor = "end" if self.is_left else "start"
        words = [
            pen.plate(line, place, y + 10 + _ROW * row, anchor=anchor)
            for row, line in enumerate(self.lines)
        ]
        return [*words, pen.disc(self.x, y + 6.5, radius=3)]


def _named(band: Band, ruler: Ruler) -> list[_Named]:
    """Names on the outer sides of their dots, those nearest to the middle first."""
    middle = statistics.median(band.values)
    order = sorted(range(len(band.values)), key=lambda n: abs(band.values[n] - middle))
    return [
        _Named.beside(
            band.labels[n] or "–", ruler.at(band.values[n]), is_left=band.values[n] < middle
        )
        for n in order
    ]


def _rows(named: list[_Named]) -> list[list[_Named]]:
    numbers = rows_for([each.span for each in named])
    rows: list[list[_Named]] = [[] for _ in range(max(numbers, default=-1) + 1)]
    for each, number in zip(named, numbers, strict=True):
        rows[number].append(each)
    return rows


def _in_rows(rows: list[list[_Named]], y: float) -> tuple[list[str], float]:
    shapes = []
    for row in rows:
        shapes += [shape for each in row for shape in each.drawn(y)]
        y += _ROW * max(len(each.lines) for each in row)
    return shapes, y
