"""From an order file to an order, or to the sentence that says what is wrong with it."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from second_opinion.ingest.case_file.judging import read_sureness
from second_opinion.ingest.case_file.section import Section, is_close
from second_opinion.ingest.errors import CaseFileError, quoted
from second_opinion.ingest.order_file.entries import (
    Alternative,
    ChosenBy,
    Dependence,
    FinalistEntry,
    OrderFile,
    ProfileEntry,
    SecondOpinionEntry,
)
from second_opinion.ingest.text_file import text_of

LANGUAGES = ("sv", "en")
MOST_FINALISTS = 3
MOST_OPINIONS = 20
LONGEST_TENURE = 50.0
WEIGHTS_MAY_MISS = 0.01
NO_OPINION = "none"

ValueSets = Mapping[str, tuple[str, ...]]
"""The value sets that may be named, each with the methods it knows."""

_SEE_EXAMPLE = "`second-opinion worth --example` prints a whole file."
_KEYS = (
    "role",
    "client",
    "language",
    "currency",
    "yearly_pay",
    "sd_performance",
    "tenure",
    "cost_of_wrong_hire",
    "delay_per_day",
    "reference_group",
    "worked_out",
    "worked_out_range",
    "chosen_by",
    "value_set",
    "first_opinion",
    "second_opinion",
    "own_interview",
    "references",
    "tests",
    "candidate",
    "criterion",
)


def read_order_file(path: Path, *, value_sets: ValueSets, default_set: str) -> OrderFile:
    """The order that a TOML file describes.

    Raises
    ------
    FileError : missing, a folder, binary, too large
    CaseFileError : no TOML, or no possible order
    """
    text = text_of(path)
    if not text.strip():
        raise CaseFileError(place=str(path), found="The file is empty.", mend=_SEE_EXAMPLE)
    try:
        values = tomllib.loads(text)
    except RecursionError as fault:
        raise CaseFileError(
            place=str(path), found="Lists or tables are nested too deeply.", mend=_SEE_EXAMPLE
        ) from fault
    except ValueError as fault:
        raise CaseFileError(
            place=str(path),
            found=f"This is not TOML: {fault}.",
            mend=f"Correct that place; {_SEE_EXAMPLE}",
        ) from fault
    return order_from(values, place=str(path), value_sets=value_sets, default_set=default_set)


def order_from(
    values: Mapping[str, object], *, place: str, value_sets: ValueSets, default_set: str
) -> OrderFile:
    """The order that a table describes: of a file, or of a page's answers.

    Raises
    ------
    CaseFileError
    """
    order = Section(place, values).only(*_KEYS)
    value_set = order.one_of("value_set", value_sets, default=default_set)
    methods = value_sets[value_set]
    first = _table(order, "first_opinion", "assessor", "method")
    has_first = "first_opinion" in values
    read = OrderFile(
        role=order.name("role"),
        client=order.name("client", required=False),
        language=order.one_of("language", LANGUAGES, default="sv"),
        currency=order.name("currency", required=False) or "SEK",
        yearly_pay=_amount(order, "yearly_pay"),
        sd_performance=_amount(order, "sd_performance"),
        tenure=_tenure(order),
        cost_of_wrong_hire=_amount(order, "cost_of_wrong_hire"),
        delay_per_day=_at_least_zero(order, "delay_per_day") or 0.0,
        reference_group=order.name("reference_group", required=False),
        worked_out=_of_ten(order, "worked_out"),
        worked_out_range=_range_of_ten(order, "worked_out_range"),
        chosen_by=ChosenBy(order.one_of("chosen_by", ChosenBy, default=ChosenBy.APPLICATION)),
        value_set=value_set,
        first_method=_first_method(first, methods) if has_first else None,
        first_assessor=first.name("assessor", required=False),
        second=_second(order, methods),
        candidates=_candidates(order),
        criteria=_criteria(order),
        prices=_prices(order),
        not_possible=frozenset(each for each in Alternative if not _is_possible(order, each)),
    )
    _require_stakes(read, order)
    _require_base_rate_in_its_range(read, order)
    return read


def _table(order: Section, key: str, *known: str) -> Section:
    return Section(f"{order.place}, [{key}]", order.table(key)).only(*known)


def _amount(section: Section, key: str) -> float | None:
    """Money above zero, or None without the key."""
    amount = section.number_if_any(key)
    if amount is not None and amount <= 0:
        raise section.refusal(
            key=key,
            found=f"{amount:g} is no possible stake.",
            mend="Write an amount above 0, or leave the key out.",
        )
    return amount


def _at_least_zero(section: Section, key: str) -> float | None:
    number = section.number_if_any(key)
    if number is not None and number < 0:
        raise section.refusal(key=key, found=f"{number:g} is negative.", mend="Write 0 or more.")
    return number


def _tenure(order: Section) -> float | None:
    years = _amount(order, "tenure")
    if years is not None and years > LONGEST_TENURE:
        raise order.refusal(
            key="tenure",
            found=f"{years:g} years is longer than a working life.",
            mend="Write the years that the person is expected to stay.",
        )
    return years


def _of_ten(section: Section, key: str) -> float | None:
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


def _range_of_ten(order: Section, key: str) -> tuple[float, float] | None:
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


def _first_method(first: Section, methods: tuple[str, ...]) -> str | None:
    method = first.one_of("method", (NO_OPINION, *methods), default="unstructured_interview")
    return None if method == NO_OPINION else method


def _second(order: Section, methods: tuple[str, ...]) -> SecondOpinionEntry:
    if "second_opinion" not in order.values:
        raise order.refusal(
            found="There is no [second_opinion].",
            mend=f"Add it with at least its price; {_SEE_EXAMPLE}",
        )
    second = _table(
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
        days=_at_least_zero(second, "days"),
        reliability=_share(second, "reliability", needs_more=True),
        dependence=Dependence(
            second.one_of("dependence", Dependence, default=Dependence.INDEPENDENT)
        ),
        error_correlation=_share(second, "error_correlation", needs_more=False),
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


def _share(section: Section, key: str, *, needs_more: bool) -> float | None:
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


def _prices(order: Section) -> Mapping[Alternative, float]:
    prices = {}
    for each in Alternative:
        price = _at_least_zero(_alternative(order, each), "price")
        if price is not None:
            prices[each] = price
    return MappingProxyType(prices)


def _is_possible(order: Section, each: Alternative) -> bool:
    return _alternative(order, each).flag("possible", default=True)


def _alternative(order: Section, each: Alternative) -> Section:
    return _table(order, each.value, "price", "possible")


def _candidates(order: Section) -> tuple[FinalistEntry, ...]:
    tables = order.tables("candidate")
    if not 1 <= len(tables) <= MOST_FINALISTS:
        raise order.refusal(
            found=f"There are {len(tables)} [[candidate]].",
            mend=f"Write one to {MOST_FINALISTS}; {_SEE_EXAMPLE}",
        )
    found: list[FinalistEntry] = []
    for number, table in enumerate(tables, start=1):
        section = Section(f"{order.place}, [[candidate]] {number}", table)
        section.only("name", "would_hire", "sureness")
        name = section.name("name")
        _require_new(section, name, [each.name for each in found])
        found.append(
            FinalistEntry(
                name=name,
                would_hire=section.flag("would_hire", default=True),
                sureness=read_sureness(section),
            )
        )
    return tuple(found)


def _criteria(order: Section) -> tuple[ProfileEntry, ...]:
    found: list[ProfileEntry] = []
    for number, table in enumerate(order.tables("criterion"), start=1):
        section = Section(f"{order.place}, [[criterion]] {number}", table)
        section.only("name", "weight", "observed")
        name, weight = section.name("name"), section.number("weight")
        _require_new(section, name, [each.name for each in found])
        if not 0 < weight <= 100:
            raise section.refusal(
                key="weight",
                found=f"{weight:g} is no weight; weights are percent of the whole.",
                mend="Write a number above 0 and up to 100, or remove the criterion.",
            )
        is_observed = section.flag("observed", default=True)
        found.append(ProfileEntry(name=name, weight=weight, is_observed=is_observed))
    total = math.fsum(each.weight for each in found)
    if found and not is_close(total, 100, within=WEIGHTS_MAY_MISS):
        raise order.refusal(
            found=f"The weights of the criteria sum to {total:.6g}, not to 100.",
            mend=f"Change them by {abs(100 - total):.6g} in all.",
        )
    return tuple(found)


def _require_new(section: Section, name: str, names: list[str]) -> None:
    if name in names:
        raise section.refusal(
            key="name", found=f"{quoted(name)} stands there already.", mend="Give each its own."
        )


def _require_stakes(read: OrderFile, order: Section) -> None:
    if read.yearly_pay is read.sd_performance is read.cost_of_wrong_hire is None:
        raise order.refusal(
            found="Nothing says what is at stake.",
            mend="Write yearly_pay, sd_performance or cost_of_wrong_hire.",
        )


def _require_base_rate_in_its_range(read: OrderFile, order: Section) -> None:
    if read.worked_out is None or read.worked_out_range is None:
        return
    low, high = read.worked_out_range
    if not low <= read.worked_out <= high:
        raise order.refusal(
            key="worked_out_range",
            found=f"{low:g} to {high:g} does not hold the {read.worked_out:g} of worked_out.",
            mend="Correct one of the two.",
        )
