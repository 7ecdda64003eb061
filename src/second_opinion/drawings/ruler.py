"""A ruler: values as places between two ends, with round numbers marked along it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from second_opinion.drawings import pen

_MOST_STEPS = 10
_ROOM = {True: 40.0, False: 20.0}  # that a mark and its label take along a ruler, and upwards


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruler:
    """Values from low to high at places from start to end, in SVG units; end may lie before.

    It runs across where end lies after start, and upwards where it lies before.
    """

    low: float
    high: float
    start: float
    end: float

    @classmethod
    def over(cls, values: Iterable[float], *, start: float, end: float) -> Ruler:
        """A ruler that holds all finite values, with ends at round numbers."""
        finite = [value for value in values if math.isfinite(value)] or [0.0]
        low, high = min(finite), max(finite)
        if high - low < 1e-9:
            low, high = low - 1, high + 1
        ruler = cls(low=low, high=high, start=start, end=end)
        step = ruler.step
        return replace(
            ruler,
            low=math.floor(low / step + 1e-9) * step,
            high=math.ceil(high / step - 1e-9) * step,
        )

    def at(self, value: float) -> float:
        """The place of a value; one beyond an end is put at the end."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 2)

    @property
    def step(self) -> float:
        """The distance between marks: as many as there is room for, at most ten."""
        room = abs(self.end - self.start) / _ROOM[self.end > self.start]
        return round_step(self.high - self.low, most=max(min(int(room), _MOST_STEPS), 1))

    @property
    def marks(self) -> tuple[float, ...]:
        """Round numbers along the ruler."""
        step = self.step
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return tuple(round(number * step, 9) for number in range(first, last + 1))


def round_step(span: float, *, most: int) -> float:
    """The least distance 1, 2 or 5 times a power of ten that parts a span into no more steps."""
    magnitude = 10.0 ** math.floor(math.log10(span / most))
    return next(
        magnitude * factor
        for factor in (1, 2, 5, 10)
        if span <= magnitude * factor * most * (1 + 1e-9)
    )


def signed(value: float, *, digits: int = 0) -> str:
    """A measure as it is printed: +1.2, 0, −0.4."""
    rounded = round(value, digits)
    if not rounded:
        return f"{0:.{digits}f}"
    return f"{rounded:+.{digits}f}".replace("-", "−")


def digits_of(values: Sequence[float]) -> int:
    """How many decimals it takes to tell marks apart."""
    return next(
        (n for n in range(6) if all(abs(value - round(value, n)) < 1e-9 for value in values)), 6
    )


def across(ruler: Ruler, y: float, *, name: str, is_signed: bool = True) -> list[str]:
    """A horizontal ruler with its marks and, below, what it measures; counts bear no sign."""
    digits = digits_of(ruler.marks)
    shapes = [pen.line((ruler.start, y), (ruler.end, y))]
    for mark in ruler.marks:
        x = ruler.at(mark)
        shapes.append(pen.line((x, y), (x, y + 4)))
        label = signed(mark, digits=digits) if is_signed else f"{mark:.{digits}f}"
        shapes.append(
            pen.text(label, pen.inside(label, x), y + 15, anchor="middle", tone=pen.QUIET)
        )
    middle = pen.inside(name, (ruler.start + ruler.end) / 2)
    return [*shapes, pen.text(name, middle, y + 29, anchor="middle", tone=pen.QUIET)]


ACROSS_HEIGHT = 34.0
