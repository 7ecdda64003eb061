"""A ruler: values as places between two ends, with round numbers marked along it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from second_opinion.drawings import pen

_MOST_STEPS = 10
_BEYOND, _ALIKE = 0.02, 1e-9  # shares of the span; values nearer than that are one
_GAP, _HIGH = 6.0, 20.0  # between labels along a ruler; that one takes upwards


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
        """A ruler that holds all finite values, with a little room beyond the outermost."""
        finite = [value for value in values if math.isfinite(value)] or [0.0]
        low, high = min(finite), max(finite)
        room = _BEYOND * (high - low) if high - low > _ALIKE else 1.0
        return cls(low=low - room, high=high + room, start=start, end=end)

    def at(self, value: float) -> float:
        """The place of a value; one beyond an end is put at the end."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 2)

    @property
    def marks(self) -> tuple[float, ...]:
        """Round numbers along the ruler: as many as their labels leave room for, at most ten."""
        span, length = self.high - self.low, abs(self.end - self.start)
        found: tuple[float, ...] = ()
        for step in _steps_from(span / _MOST_STEPS):
            found = self._marks(step)
            room = _widest(found) if self.end > self.start else _HIGH
            if step / span * length >= room:
                break
        return found

    def _marks(self, step: float) -> tuple[float, ...]:
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return tuple(round(number * step, 9) for number in range(first, last + 1))


def _steps_from(least: float) -> Iterator[float]:
    """Steps of 1, 2 and 5 times a power of ten, from the first that is not less, some forty."""
    power = math.floor(math.log10(least))
    for exponent in range(power, power + 14):
        for factor in (1, 2, 5):
            step = factor * 10.0**exponent
            if step >= least * (1 - 1e-9):
                yield step


def _widest(marks: Sequence[float]) -> float:
    """The room that each mark's label takes along a ruler."""
    digits = digits_of(marks)
    return _GAP + max((pen.width_of(signed(mark, digits=digits)) for mark in marks), default=0)


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
