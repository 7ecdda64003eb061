"""Intervals one below the other, against a common level: severity of assessors, for example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from second_opinion.drawings import pen
from second_opinion.drawings.ruler import ACROSS_HEIGHT, Ruler, across, signed

_MOST_ROWS, _MOST_TALL_ROWS = 60, 24
_ROW, _TALL_ROW = 14.0, 27.0
_WIDEST_NAME = 140.0
_FIGURES = 46.0  # the column of figures at the right


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """One thing's most likely value, and between what it lies; low and high None: not known.

    figure : said at the right; the value, if it is left out
    """

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    figure: str | None = None


def draw_forest(
    *,
    title: str,
    description: str,
    ruler_name: str,
    intervals: Sequence[Interval],
    level: float = 0.0,
    left_out: str = "",
    identity: str = "",
) -> str:
    """The SVG of intervals, highest value on top, with a line at the level they stand against.

    left_out : said in place of what is not drawn, where there are more than sixty
    """
    ordered = sorted(intervals, key=lambda each: each.value, reverse=True)
    kept = ordered
    if len(ordered) > _MOST_ROWS:
        kept = [*ordered[: _MOST_ROWS // 2], *ordered[-(_MOST_ROWS // 2) :]]
    widest = max((pen.width_of(each.label) for each in kept), default=0)
    # long names stand above their intervals; where that would fill more than a page they are cut
    is_tall = widest > _WIDEST_NAME and len(kept) <= _MOST_TALL_ROWS
    names = 0.0 if is_tall else min(widest, _WIDEST_NAME) + 8
    ruler = Ruler.over([level, *_ends(kept)], start=names + 4, end=pen.WIDTH - _FIGURES)
    shapes, top = pen.heading(title)
    rows: list[str] = []
    y = top + 2
    for place, each in enumerate(kept):
        if len(kept) < len(ordered) and place == _MOST_ROWS // 2:
            rows.append(pen.plate(left_out, 0, y + 10, anchor="start", tone=pen.QUIET))
            y += _ROW
        rows += _row(each, ruler, y, room=0 if is_tall else names)
        y += _TALL_ROW if is_tall else _ROW
    y += 4
    zero = ruler.at(level)
    shapes.append(pen.line((zero, top), (zero, y), tone=pen.INK))
    return pen.svg(
        [*shapes, *rows, *across(ruler, y, name=ruler_name)],
        title=title,
        description=description,
        height=y + ACROSS_HEIGHT,
        identity=identity,
    )


def _row(each: Interval, ruler: Ruler, y: float, *, room: float) -> list[str]:
    """Name, interval and figure; a name for which there is no room stands above its interval."""
    middle = y + (_ROW / 2 if room else _TALL_ROW - 7)
    name = pen.cut(each.label, room or pen.WIDTH)
    shapes = [pen.text(name, 0, middle + 4) if room else pen.plate(name, 0, y + 10, anchor="start")]
    if each.low is not None and each.high is not None:
        ends = (ruler.at(each.low), middle), (ruler.at(each.high), middle)
        shapes.append(pen.line(*ends, tone=pen.ACCENT, weight=1.8))
    shapes.append(pen.disc(ruler.at(each.value), middle, radius=3.4))
    figure = signed(each.value, digits=2) if each.figure is None else each.figure
    shapes.append(pen.text(figure, pen.WIDTH, middle + 4, anchor="end"))
    return shapes


def _ends(intervals: Sequence[Interval]) -> list[float]:
    return [
        end for each in intervals for end in (each.low, each.value, each.high) if end is not None
    ]
