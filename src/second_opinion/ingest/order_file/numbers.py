"""Numbers that an order may hold: money, years, shares, and people of ten."""

from __future__ import annotations

from second_opinion.ingest.case_file.section import Section

LONGEST_TENURE = 50.0


def above_zero(section: Section, key: str) -> float | None:
    """Money above zero, or None without the key."""
    amount = section.number_if_any(key)
    if amount is not None and amount <= 0:
        raise section.refusal(
            key=key,
            found=f"{amount:g} is no possible stake.",
            mend="Write an amount above 0, or leave the key out.",
        )
    return amount


def at_least_zero(section: Section, key: str) -> float | None:
    """Money or days, or None without the key."""
    number = section.number_if_any(key)
    if number is not None and number < 0:
        raise section.refusal(key=key, found=f"{number:g} is negative.", mend="Write 0 or more.")
    return number


def tenure_of(order: Section) -> float | None:
    """Years, of one working life at most; None without the key."""
    years = above_zero(order, "tenure")
    if years is not None and years > LONGEST_TENURE:
        raise order.refusal(
            key="tenure",
            found=f"{years:g} years is longer than a working life.",
            mend="Write the years that the person is expected to stay.",
        )
    return years


def of_ten(section: Section, key: str) -> float | None:
    """People of ten, between 0 and 10; None without the key."""
    number = section.number_if_any(key)
    return None if number is None else _require_of_ten(section, key, number)


def _require_of_ten(section: Section, key: str, number: float) -> float:
    if not 0 < number < 10:
        raise section.refusal(
            key=key,
            found=f"{number:g} of ten leaves nothing to doubt.",
            mend="Write a number above 0 and below 10; 9.5 means nearly all.",
        )
    return number


def range_of_ten(order: Section, key: str) -> tuple[float, float] | None:
    """Two numbers of people of ten, the lower first; None without the key."""
    if key not in order.values:
        return None
    low, high = order.pair(key)
    for end in (low, high):
        _require_of_ten(order, key, end)
    if low > high:
        raise order.refusal(
            key=key, found=f"{low:g} is above {high:g}.", mend="Write the lower number first."
        )
    return low, high


def share(section: Section, key: str, *, needs_more: bool) -> float | None:
    """Below 1, and above 0 or from 0; None without the key."""
    number = section.number_if_any(key)
    if number is None:
        return None
    if not (0 < number < 1 if needs_more else 0 <= number < 1):
        low = "above 0" if needs_more else "from 0"
        raise section.refusal(
            key=key,
            found=f"{number:g} is not {low} and below 1.",
            mend="Write a decimal number such as 0.44.",
        )
    return number
