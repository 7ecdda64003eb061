"""The steps of one rating scale on a ruler: where each next score becomes the likelier one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from second_opinion.drawings import pen
from second_opinion.drawings.placing import spread
from second_opinion.drawings.ruler import ACROSS_HEIGHT, Ruler, across

_NAME, _STEPS = 13.0, 25.0
_LEFT, _RIGHT = 18.0, 322.0
_WIDEST_NAME = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """One thing's steps along the ruler.

    label : whose steps they are
    values : where they lie
    steps : a short name for each, as the score that begins there
    """

    label: str
    values: Sequence[float]
    steps: Sequence[str]


def ladder(
    each: Ladder, ruler: Ruler, y: float, *, is_beside: bool = False
) -> tuple[list[str], float]:
    """One ladder with its name above it or beside it, and where it ends."""
    top = y + _NAME if each.label and not is_beside else y
    level = top + 6
    places = [ruler.at(value) for value in each.values]
    widest = max((pen.width_of(step) for step in each.steps), default=0)
    half = widest / 2
    least = half if not is_beside else ruler.start - 14
    most = int((pen.WIDTH - half - least) // (widest + 3)) + 1
    shapes = [pen.line((min(places), level), (max(places), level), tone=pen.ACCENT, weight=1.5)]
    shapes += [
        pen.line((place, level - 4), (place, level + 4), tone=pen.ACCENT, weight=2)
        for place in places
    ]
    named = sorted(zip(places, each.steps, strict=True))
    if len(named) > most:  # no room for all: the outermost say where the ladder ends
        named = [named[0], named[-1]]
    ats = [place for place, _ in named]
    labels = spread(ats, gap=widest + 3, low=least, high=pen.WIDTH - half)
    shapes += [pen.plate(step, at, level + 14) for at, (_, step) in zip(labels, named, strict=True)]
    if each.label:
        name = pen.plate(pen.cut(each.label, pen.WIDTH), 0, y + 10, anchor="start")
        shapes.insert(0, name)
    return shapes, top + _STEPS


def draw_ladders(
    *,
    title: str,
    description: str,
    ruler_name: str,
    ladders: Sequence[Ladder],
    identity: str = "",
) -> str:
    """The SVG of ladders above one ruler; short names stand beside theirs."""
    names = max(pen.width_of(each.label) for each in ladders)
    is_beside = names <= _WIDEST_NAME
    values = [0.0, *(value for each in ladders for value in each.values)]
    start = names + 22 if is_beside else _LEFT
    ruler = Ruler.over(values, start=start, end=_RIGHT)
    head, top = pen.heading(title)
    shapes: list[str] = []
    bottom = top
    for each in ladders:
        drawn, bottom = ladder(each, ruler, bottom, is_beside=is_beside)
        shapes += drawn
    bottom += 4
    zero = pen.line((ruler.at(0), top), (ruler.at(0), bottom), dashes="1 3")
    return pen.svg(
        [*head, zero, *shapes, *across(ruler, bottom, name=ruler_name)],
        title=title,
        description=description,
        height=bottom + ACROSS_HEIGHT,
        identity=identity,
    )
