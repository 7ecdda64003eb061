"""Numbers and names as they stand in a sentence about ratings."""

from __future__ import annotations

from collections.abc import Iterable


def counted(number: int, noun: str) -> str:
    """A number with its noun: '1 rating', '1,200 ratings', '3 criteria'."""
    plural = {"criterion": "criteria"}.get(noun, f"{noun}s")
    return f"{number:,} {noun if number == 1 else plural}"


def listed(things: Iterable[object], *, most: int, separator: str = ", ") -> str:
    """Things as they print, one after another; a long list is cut."""
    every = [str(thing) for thing in things]
    more = len(every) - most
    return separator.join(every[:most]) + (f" and {more:,} more" if more > 0 else "")


def quoted(labels: Iterable[str], *, most: int) -> str:
    """Labels in quotation marks; a long list is cut."""
    return listed(map(repr, labels), most=most)
