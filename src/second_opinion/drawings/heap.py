"""Many things of one kind on a ruler: a heap of dots, or of bars, with only the outermost named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from second_opinion.drawings import pen
from second_opinion.drawings.placing import rows_for
from second_opinion.drawings.ruler import Ruler

_BIN = 5.0  # SVG units along the ruler
_DOT = 2.1
_MOST_DOTS = 14  # on top of one another
_BARS_HEIGHT = 60.0
_ROW = 13.0
_MOST_OUTERMOST, _MOST_ROWS = 3, 3


def heap(
    values: Sequence[float], ruler: Ruler, y: float, *, bar_words: str
) -> tuple[list[str], float]:
    """The heap with its top at y, and where it ends. One dot is one thing.

    Where more than fourteen dots would stand on one another bars take their place, and the
    highest says in bar_words, at {count}, how many it holds.
    """
    counts = Counter(int(ruler.at(value) // _BIN) for value in values)
    highest = max(counts.values(), default=0)
    if highest > _MOST_DOTS:
        return _bars(counts, highest, y, words=bar_words.format(count=highest))
    bottom = y + 2 * _DOT * highest + 2
    dots = [
        pen.disc((place + 0.5) * _BIN, bottom - _DOT - 1 - 2 * _DOT * level, radius=_DOT)
        for place, count in sorted(counts.items())
        for level in range(count)
    ]
    return dots, bottom


def _bars(counts: Counter[int], highest: int, y: float, *, words: str) -> tuple[list[str], float]:
    top = y + pen.LINE
    bottom = top + _BARS_HEIGHT
    bars = []
    for place, count in sorted(counts.items()):
        height = _BARS_HEIGHT * count / highest
        bars.append(pen.block(place * _BIN + 0.5, bottom - height, _BIN - 1, height))
    tallest = min(place for place, count in counts.items() if count == highest)
    label = pen.plate(words, pen.inside(words, (tallest + 0.5) * _BIN), top - 3)
    return [*bars, label], bottom


def outermost(
    labels: Sequence[str], values: Sequence[float], ruler: Ruler, y: float
) -> tuple[list[str], float]:
    """Names of the lowest and highest things, each on a stem, and where their rows end.

    A low thing's name stands to the left of its stem and a high one's to the right, if there is
    room, so that stems and names stay apart; a name for which no row is left is left out.
    """
    order = sorted(range(len(values)), key=lambda place: values[place])
    flags: list[_Flag] = []
    for rank in range(min(_MOST_OUTERMOST, len(order) // 2)):
        for place, is_left in ((order[rank], True), (order[-1 - rank], False)):
            flags.append(_Flag.on(labels[place], ruler.at(values[place]), is_left=is_left))
    rows = rows_for([flag.span for flag in flags])
    n_rows = min(max(rows, default=-1) + 1, _MOST_ROWS)
    bottom = y + n_rows * _ROW + 3
    hung = [
        (flag, bottom - 3 - row * _ROW)
        for flag, row in zip(flags, rows, strict=True)
        if row < n_rows
    ]
    stems = [
        pen.line((flag.x, level - _ROW + 3), (flag.x, bottom), tone=pen.QUIET)
        for flag, level in hung
    ]
    return [*stems, *(flag.name_at(level - 2) for flag, level in hung)], bottom


@dataclass(frozen=True, slots=True)
class _Flag:
    """A name on a stem over its thing."""

    label: str
    x: float
    is_left: bool

    @classmethod
    def on(cls, label: str, x: float, *, is_left: bool) -> _Flag:
        left, right = x - 3, pen.WIDTH - x - 3
        if pen.width_of(label) > (left if is_left else right):
            is_left = left > right
        return cls(pen.cut(label, left if is_left else right), x, is_left)

    @property
    def span(self) -> tuple[float, float]:
        reach = 3 + pen.width_of(self.label)
        return (self.x - reach, self.x) if self.is_left else (self.x, self.x + reach)

    def name_at(self, baseline: float) -> str:
        if self.is_left:
            return pen.plate(self.label, self.x - 3, baseline, anchor="end")
        return pen.plate(self.label, self.x + 3, baseline, anchor="start")
