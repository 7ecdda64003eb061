"""Facets and measures in words, the same in summary, tables and drawings."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

Z95 = 1.959964  # half of a 95 % interval in standard errors

_PLURALS = {"candidate": "candidates", "assessor": "assessors", "criterion": "criteria"}
_FURTHER_RIGHT = {"candidate": "stronger", "assessor": "stricter", "criterion": "harder"}
_HIGH_AND_LOW = {
    "assessor": ("stricter", "milder"),
    "criterion": ("harder", "easier"),
    "candidate": ("stronger", "weaker"),
}

ScoreWords = Callable[[float], str]


def plural(facet: str) -> str:
    """'assessors', 'levels of occasion', 'pairs of assessor and criterion'."""
    if " x " in facet:
        return f"pairs of {' and '.join(facet.split(' x '))}"
    return _PLURALS.get(facet, f"levels of {facet}")


def number_of_levels(number: int, facet: str) -> str:
    """'1 assessor', '3 levels of occasion'."""
    many = plural(facet)
    if number != 1:
        return f"{number:,} {many}"
    return f"1 {facet}" if facet in _PLURALS else f"1 {many.replace('s of ', ' of ', 1)}"


def further_right(facet: str) -> str:
    """Which way a higher measure is."""
    return _FURTHER_RIGHT.get(facet, "stricter or harder")


def high_and_low(facet: str) -> tuple[str, str]:
    """What an element above the average is, and one below."""
    return _HIGH_AND_LOW.get(facet, ("stricter or harder", "milder or easier"))


def interval(measure: float, standard_error: float) -> tuple[float | None, float | None]:
    """The 95 % interval; nothing where no error is known."""
    if not (math.isfinite(measure) and math.isfinite(standard_error)):
        return None, None
    return measure - Z95 * standard_error, measure + Z95 * standard_error


def listed_plainly(names: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def known(value: float) -> float | None:
    """A figure as it is shown or written: None where there is none."""
    return value if math.isfinite(value) else None
