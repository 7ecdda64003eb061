"""The demo's content as frozen objects."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from second_opinion.ingest.case_file import CriterionEntry, OpinionKind

HERE = Path(__file__).parent


class Band(StrEnum):
    """Roughly where on the scale a score lies: what evidence would sound like there."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    key: str
    name: str
    email: str
    roles: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    key: str
    name: str
    time_zone: str
    people: tuple[DemoPerson, ...]


@dataclass(frozen=True, slots=True)
class DemoCriterion:
    """A criterion, and what was said or done at each height of the scale.

    scale : of the short questionnaire that speaks of it; empty where none does
    """

    entry: CriterionEntry
    evidence: Mapping[Band, tuple[str, ...]]
    scale: str = ""


@dataclass(frozen=True, slots=True)
class DemoAssessor:
    person: str
    kind: OpinionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoContribution:
    """Something said after the opening; with a change, a rating revised by so many points."""

    person: str
    candidate: str
    criterion: str
    words: str
    change: float = 0.0
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoReply:
    """A fact that a candidate says is wrong, and the coordinator's answer, which accepts it."""

    candidate: str
    words: str
    reason: str
    stated: str
    correct: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCase:
    """A case to be, up to the stage it has reached; organisations and people by key.

    days_ago : when each step was taken; "sealed" is the last opinion's seal
    stakes : what the order says of price, yearly_pay and worked_out
    order : what else it says, by field: why, competence_lacking, how_chosen
    level : mean of the drawn ratings, score points
    decision : whom the client hired, for which reasons, and what weighed more than the report
    discussion : what is said after the opening, in order
    replies : to the report, before the client reads it
    shared_with : the address within the client that the orderer shares the report with
    instruments : a reference, a work sample and an outside test; empty in most cases
    written : what the author writes of each candidate, as in a case file
    unsealed : assessor and candidate of each opinion that is still being written
    """

    reference: str
    stage: str
    role: str
    language: str
    client: str
    provider: str
    orderer: str
    coordinator: str
    due_in_days: int
    days_ago: Mapping[str, int]
    scale_low: float
    scale_high: float
    bar: float
    stakes: Mapping[str, float]
    order: Mapping[str, str]
    open_questions: tuple[str, ...]
    candidates: tuple[str, ...]
    criteria: tuple[DemoCriterion, ...]
    assessors: tuple[DemoAssessor, ...]
    unsealed: frozenset[tuple[str, str]]
    seed: int
    level: float
    share_not_observed: float
    reasons_not_observed: tuple[str, ...]
    conclusions: Mapping[Band, str]
    decision: Mapping[str, str]
    discussion: tuple[DemoContribution, ...]
    replies: tuple[DemoReply, ...]
    shared_with: str
    instruments: Mapping[str, Any]
    written: tuple[Mapping[str, Any], ...]


def read_organisations() -> tuple[DemoOrganisation, ...]:
    found = tomllib.loads((HERE / "people.toml").read_text(encoding="utf-8"))
    return tuple(_organisation(table) for table in found["organisation"])


def read_cases() -> tuple[DemoCase, ...]:
    """In the order of their files' names."""
    paths = sorted((HERE / "cases").glob("*.toml"))
    return tuple(_case(tomllib.loads(path.read_text(encoding="utf-8"))) for path in paths)


def _organisation(table: Mapping[str, Any]) -> DemoOrganisation:
    people = tuple(
        DemoPerson(
            key=person["key"],
            name=person["name"],
            email=f"{person['key']}@{table['key']}.example.com",
            roles=tuple(person["roles"]),
            language=person["language"],
        )
        for person in table["person"]
    )
    return DemoOrganisation(table["key"], table["name"], table.get("time_zone", ""), people)


def _case(table: Mapping[str, Any]) -> DemoCase:
    plain = ("reference", "stage", "role", "language", "client", "provider", "orderer")
    low, high = table.get("scale", (1.0, 5.0))
    return DemoCase(
        **{name: table[name] for name in plain},
        coordinator=table["coordinator"],
        due_in_days=table["due_in_days"],
        days_ago=table["days_ago"],
        scale_low=float(low),
        scale_high=float(high),
        bar=float(table["bar"]),
        stakes=table.get("stakes", {}),
        order=table.get("order", {}),
        open_questions=tuple(table["open_questions"]),
        candidates=tuple(table["candidates"]),
        criteria=tuple(_criterion(entry) for entry in table["criterion"]),
        assessors=tuple(
            DemoAssessor(entry["person"], OpinionKind(entry["kind"]))
            for entry in table.get("assessors", ())
        ),
        unsealed=frozenset((person, candidate) for person, candidate in table.get("unsealed", ())),
        seed=table.get("seed", 0),
        level=float(table.get("level", 0)),
        share_not_observed=float(table.get("share_not_observed", 0)),
        reasons_not_observed=tuple(table.get("reasons_not_observed", ())),
        decision=table.get("decision", {}),
        discussion=tuple(_contribution(entry) for entry in table.get("discussion", ())),
        replies=tuple(DemoReply(**entry) for entry in table.get("replies", ())),
        shared_with=table.get("shared_with", ""),
        instruments=table.get("instruments", {}),
        written=tuple(table.get("written", ())),
        conclusions={Band(name): text for name, text in table.get("conclusions", {}).items()},
    )


def _contribution(table: Mapping[str, Any]) -> DemoContribution:
    return DemoContribution(**(dict(table) | {"evidence": tuple(table.get("evidence", ()))}))


def _criterion(table: Mapping[str, Any]) -> DemoCriterion:
    return DemoCriterion(
        entry=criterion_entry(table),
        evidence={Band(name): tuple(texts) for name, texts in table.get("evidence", {}).items()},
        scale=table.get("questionnaire", ""),
    )


def criterion_entry(table: Mapping[str, Any]) -> CriterionEntry:
    """A criterion as cases and orders write it."""
    return CriterionEntry(
        name=table["name"],
        weight=float(table["weight"]),
        minimum=table.get("minimum"),
        anchors={float(score): text for score, text in table["anchors"].items()},
        definition=table.get("definition", ""),
    )
