"""From an order file to an order, or to the sentence that says what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from second_opinion.ingest.case_file.section import Section
from second_opinion.ingest.order_file.entries import Alternative, ChosenBy, OrderFile
from second_opinion.ingest.order_file.examples import SEE_EXAMPLE
from second_opinion.ingest.order_file.listed import criteria_of, finalists_of
from second_opinion.ingest.order_file.numbers import (
    above_zero,
    at_least_zero,
    of_ten,
    range_of_ten,
    tenure_of,
)
from second_opinion.ingest.order_file.opinions import (
    first_method,
    is_possible,
    prices_of,
    second_opinion_of,
    table_of,
)
from second_opinion.ingest.text_file import text_of
from second_opinion.ingest.toml_file import parsed

ValueSets = Mapping[str, tuple[str, ...]]
"""The value sets that may be named, each with the methods it knows."""

LANGUAGES = ("sv", "en")
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
    values = parsed(text_of(path), path=path, example=SEE_EXAMPLE)
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
    first = table_of(order, "first_opinion", "assessor", "method")
    has_first = "first_opinion" in values
    read = OrderFile(
        role=order.name("role"),
        client=order.name("client", required=False),
        language=order.one_of("language", LANGUAGES, default="sv"),
        currency=order.name("currency", required=False) or "SEK",
        yearly_pay=above_zero(order, "yearly_pay"),
        sd_performance=above_zero(order, "sd_performance"),
        tenure=tenure_of(order),
        cost_of_wrong_hire=above_zero(order, "cost_of_wrong_hire"),
        delay_per_day=at_least_zero(order, "delay_per_day") or 0.0,
        reference_group=order.name("reference_group", required=False),
        worked_out=of_ten(order, "worked_out"),
        worked_out_range=range_of_ten(order, "worked_out_range"),
        chosen_by=ChosenBy(order.one_of("chosen_by", ChosenBy, default=ChosenBy.APPLICATION)),
        value_set=value_set,
        first_method=first_method(first, methods) if has_first else None,
        first_assessor=first.name("assessor", required=False),
        second=second_opinion_of(order, methods),
        candidates=finalists_of(order),
        criteria=criteria_of(order),
        prices=prices_of(order),
        not_possible=frozenset(each for each in Alternative if not is_possible(order, each)),
    )
    _require_stakes(read, order)
    _require_base_rate_in_its_range(read, order)
    return read


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
