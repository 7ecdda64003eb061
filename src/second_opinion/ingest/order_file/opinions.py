"""The opinions that an order tells of: the first, the second, and what could be done instead."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from second_opinion.ingest.case_file.section import Section
from second_opinion.ingest.errors import quoted
from second_opinion.ingest.order_file.entries import Alternative, Dependence, SecondOpinionEntry
from second_opinion.ingest.order_file.examples import SEE_EXAMPLE
from second_opinion.ingest.order_file.numbers import at_least_zero, share

MOST_OPINIONS = 20
NO_OPINION = "none"


def table_of(order: Section, key: str, *known: str) -> Section:
    """A table of the order that may hold these keys and no others."""
    return Section(f"{order.place}, [{key}]", order.table(key)).only(*known)


def first_method(first: Section, methods: tuple[str, ...]) -> str | None:
    """What the first opinion was formed by; None where there is none."""
    method = first.one_of("method", (NO_OPINION, *methods), default="unstructured_interview")
    return None if method == NO_OPINION else method


def second_opinion_of(order: Section, methods: tuple[str, ...]) -> SecondOpinionEntry:
    """What is asked for, at which price."""
    if "second_opinion" not in order.values:
        raise order.refusal(
            found="There is no [second_opinion].",
            mend=f"Add it with at least its price; {SEE_EXAMPLE}",
        )
    second = table_of(
        order,
        "second_opinion",
        "price",
        "methods",
        "days",
        "reliability",
        "dependence",
        "error_correlation",
        "most",
    )
    price = second.number("price")
    if price < 0:
        raise second.refusal(key="price", found=f"{price:g} is negative.", mend="Write 0 or more.")
    return SecondOpinionEntry(
        price=price,
        methods=_methods(second, methods),
        days=at_least_zero(second, "days"),
        reliability=share(second, "reliability", needs_more=True),
        dependence=Dependence(
            second.one_of("dependence", Dependence, default=Dependence.INDEPENDENT)
        ),
        error_correlation=share(second, "error_correlation", needs_more=False),
        most=_most(second),
    )


def _methods(second: Section, known: tuple[str, ...]) -> tuple[str, ...]:
    methods = second.texts("methods")
    for number, method in enumerate(methods):
        Section(second.place, {"methods": method}).one_of("methods", known)
        if method in methods[:number]:
            raise second.refusal(
                key="methods", found=f"{quoted(method)} is named twice.", mend="Name it once."
            )
    return methods


def _most(second: Section) -> int | None:
    number = second.number_if_any("most")
    if number is None:
        return None
    if number != math.floor(number) or not 1 <= number <= MOST_OPINIONS:
        raise second.refusal(
            key="most",
            found=f"{number:g} is no possible number of opinions.",
            mend=f"Write a whole number from 1 to {MOST_OPINIONS}.",
        )
    return int(number)


def prices_of(order: Section) -> Mapping[Alternative, float]:
    """Of the alternatives that have one."""
    prices = {}
    for each in Alternative:
        price = at_least_zero(_alternative(order, each), "price")
        if price is not None:
            prices[each] = price
    return MappingProxyType(prices)


def is_possible(order: Section, each: Alternative) -> bool:
    """Unless the order says that it is not."""
    return _alternative(order, each).flag("possible", default=True)


def _alternative(order: Section, each: Alternative) -> Section:
    return table_of(order, each.value, "price", "possible")
