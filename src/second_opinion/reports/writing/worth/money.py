"""Amounts as they are read: about SEK 9,000, ungefär 9 000 kronor."""

from __future__ import annotations

import math

from django.utils.translation import get_language

_SPACE = "\N{NO-BREAK SPACE}"


def about(amount: float, currency: str) -> str:
    """An amount that is reckoned and not counted: two figures of it mean something."""
    if amount == 0 or not math.isfinite(amount):
        return exactly(0.0, currency)
    digits = 1 - math.floor(math.log10(abs(amount)))
    return exactly(round(amount, digits), currency)


def exactly(amount: float, currency: str) -> str:
    """An amount that was given; whole units."""
    number = grouped(amount)
    if not _is_swedish():
        return f"{currency}{_SPACE}{number}"
    unit = "kronor" if currency == "SEK" else currency
    return f"{number}{_SPACE}{unit}"


def grouped(amount: float) -> str:
    """A number with its thousands apart: 25,000 in English, 25 000 in Swedish."""
    number = f"{round(amount) + 0:,}".replace("-", "\N{MINUS SIGN}")
    return number.replace(",", _SPACE) if _is_swedish() else number


def _is_swedish() -> bool:
    return (get_language() or "").startswith("sv")
