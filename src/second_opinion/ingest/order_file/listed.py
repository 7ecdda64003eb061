"""What an order lists: its finalists, and the criteria of its profile."""

from __future__ import annotations

import math

from second_opinion.ingest.case_file.judging import read_sureness
from second_opinion.ingest.case_file.section import Section, is_close
from second_opinion.ingest.errors import quoted
from second_opinion.ingest.order_file.entries import FinalistEntry, ProfileEntry
from second_opinion.ingest.order_file.examples import SEE_EXAMPLE

MOST_FINALISTS = 3
WEIGHTS_MAY_MISS = 0.01


def finalists_of(order: Section) -> tuple[FinalistEntry, ...]:
    """One to three, each with a name of its own."""
    tables = order.tables("candidate")
    if not 1 <= len(tables) <= MOST_FINALISTS:
        raise order.refusal(
            found=f"There are {len(tables)} [[candidate]].",
            mend=f"Write one to {MOST_FINALISTS}; {SEE_EXAMPLE}",
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


def criteria_of(order: Section) -> tuple[ProfileEntry, ...]:
    """None at all, or criteria whose weights make up the whole."""
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
