"""Orders that have not become cases yet, as frozen objects."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from second_opinion.cli.demo.content.reading import criterion_entry
from second_opinion.ingest.case_file import CriterionEntry

HERE = Path(__file__).parent
PLAIN = (
    "role",
    "role_preview",
    "why",
    "how_chosen",
    "competence_lacking",
    "minutes_allowed",
    "bar",
    "price",
    "yearly_pay",
    "worked_out",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoFinalist:
    """would_hire : what the orderer believes today; None where that is not answered yet"""

    name: str
    would_hire: bool | None
    sure_of_ten: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRequirement:
    entry: CriterionEntry
    reason: str
    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOrder:
    """An order, sent or still being written; organisations and people by key.

    fields : what is written, by the order's own names
    """

    is_sent: bool
    days_ago: int
    due_in_days: int
    client: str
    provider: str
    orderer: str
    deciders: tuple[str, ...]
    fields: Mapping[str, Any]
    open_questions: tuple[str, ...]
    candidates: tuple[DemoFinalist, ...]
    criteria: tuple[DemoRequirement, ...]


def read_orders() -> tuple[DemoOrder, ...]:
    """In the order of the file."""
    found = tomllib.loads((HERE / "orders.toml").read_text(encoding="utf-8"))
    return tuple(_order(table) for table in found["order"])


def _order(table: Mapping[str, Any]) -> DemoOrder:
    return DemoOrder(
        is_sent=table["is_sent"],
        days_ago=table["days_ago"],
        due_in_days=table["due_in_days"],
        client=table["client"],
        provider=table["provider"],
        orderer=table["orderer"],
        deciders=tuple(table["deciders"]),
        fields={name: table[name] for name in PLAIN if name in table},
        open_questions=tuple(table["open_questions"]),
        candidates=tuple(
            DemoFinalist(
                name=one["name"],
                would_hire=one.get("would_hire"),
                sure_of_ten=one.get("sure_of_ten", 0),
            )
            for one in table["candidate"]
        ),
        criteria=tuple(_requirement(one) for one in table.get("criterion", ())),
    )


def _requirement(table: Mapping[str, Any]) -> DemoRequirement:
    return DemoRequirement(
        entry=criterion_entry(table),
        reason=table["reason"],
        methods=tuple(table["methods"]),
    )
