"""Lines over a ruler, each with its name beside it: probabilities, or how much more is enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

from second_opinion.drawings import pen
from second_opinion.drawings.placing import rows_for, spread
from second_opinion.drawings.ruler import ACROSS_HEIGHT, Ruler, across, digits_of

_LEFT, _RIGHT, _HEIGHT = 34.0, 322.0, 130.0
_LEADER = 12.0  # from a line's end to its name


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A line through points (x, y), named by its label."""

    label: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A height that matters, drawn across."""

    value: float
    label: str


def draw_peaks(
    *,
    title: str,
    description: str,
    ruler_name: str,
    curves: Sequence[Curve],
    identity: str = "",
) -> str:
    """The SVG of curves from 0 to 1, each named above its highest point."""
    shapes, top = pen.heading(title)
    ruler = _along(curves, start=_LEFT, end=_RIGHT)
    peaks = [max(curve.points, key=lambda point: point[1]) for curve in curves]
    spans = [_span(curve.label, ruler.at(x)) for curve, (x, _) in zip(curves, peaks, strict=True)]
    rows = rows_for(spans, gap=4)
    plot = top + (max(rows, default=0) + 1) * pen.LINE + 2
    height = Ruler(low=0, high=1, start=plot + _HEIGHT, end=plot)
    shapes += _upright(height, (0.0, 0.5, 1.0), right=_RIGHT)
    shapes += [_through(curve, ruler, height) for curve in curves]
    for curve, peak, (left, right), row in zip(curves, peaks, spans, rows, strict=True):
        at, baseline = (left + right) / 2, plot - row * pen.LINE - 5
        foot = (ruler.at(peak[0]), height.at(peak[1]) - 1)
        shapes.append(pen.line((at, baseline + 2), foot, tone=pen.QUIET, dashes="1 2"))
        shapes.append(pen.plate(curve.label, at, baseline))
    shapes += across(ruler, plot + _HEIGHT, name=ruler_name)
    full = plot + _HEIGHT + ACROSS_HEIGHT
    return pen.svg(shapes, title=title, description=description, height=full, identity=identity)


def _span(label: str, x: float) -> tuple[float, float]:
    half = pen.width_of(label) / 2
    centre = min(max(x, _LEFT + half), pen.WIDTH - half)
    return centre - half, centre + half


def draw_curves(
    *,
    title: str,
    description: str,
    ruler_name: str,
    height_name: str,
    curves: Sequence[Curve],
    level: Level | None = None,
    low: float = 0.0,
    high: float = 1.0,
    identity: str = "",
) -> str:
    """The SVG of lines through marked points, each named at its right end.

    height_name : what is measured upwards, from low to high
    level : a height drawn across and named, as the least that is enough
    """
    shapes, top = pen.heading(title)
    shapes.append(pen.text(height_name, 0, top + pen.TEXT, tone=pen.QUIET))
    plot = top + pen.LINE + 8
    labels = [curve.label for curve in curves] + ([level.label] if level else [])
    names = min(max(map(pen.width_of, labels)), pen.WIDTH / 3)
    right = pen.WIDTH - names - _LEADER
    ruler = _along(curves, start=_LEFT + 6, end=right - 4)
    height = Ruler(low=low, high=high, start=plot + _HEIGHT, end=plot)
    shapes += _upright(height, height.marks, right=right)
    ends = [height.at(max(curve.points)[1]) for curve in curves]
    if level is not None:
        ends.append(height.at(level.value))
        shapes.append(pen.line((_LEFT, ends[-1]), (right, ends[-1]), tone=pen.INK, dashes="3 2.5"))
    for curve, mark in zip(curves, cycle((pen.disc, pen.ring, pen.diamond))):
        shapes.append(_through(curve, ruler, height))
        shapes += [mark(ruler.at(x), height.at(y), radius=3) for x, y in curve.points]
    places = spread(ends, gap=pen.LINE, low=plot, high=plot + _HEIGHT)
    for label, end, place in zip(labels, ends, places, strict=True):
        shapes.append(pen.line((right, end), (right + _LEADER - 3, place), tone=pen.QUIET))
        shapes.append(pen.text(pen.cut(label, names + 1e-6), right + _LEADER, place + 4))
    shapes += across(ruler, plot + _HEIGHT, name=ruler_name, is_signed=False)
    full = plot + _HEIGHT + ACROSS_HEIGHT
    return pen.svg(shapes, title=title, description=description, height=full, identity=identity)


def _along(curves: Sequence[Curve], *, start: float, end: float) -> Ruler:
    places = [x for curve in curves for x, _ in curve.points]
    return Ruler(low=min(places), high=max(places), start=start, end=end)


def _upright(height: Ruler, marks: Sequence[float], *, right: float) -> list[str]:
    """Heights marked at the left, each with a faint line across."""
    digits = digits_of(marks)
    shapes = []
    for mark in marks:
        y = height.at(mark)
        shapes.append(pen.line((_LEFT, y), (right, y), weight=0.4))
        label = f"{mark:.{digits}f}"
        shapes.append(pen.text(label, _LEFT - 6, y + 4, anchor="end", tone=pen.QUIET))
    return shapes


def _through(curve: Curve, ruler: Ruler, height: Ruler) -> str:
    return pen.curve([(ruler.at(x), height.at(y)) for x, y in curve.points])
