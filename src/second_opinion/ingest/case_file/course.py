"""How a case was done: who ordered it and why, the interview guide, and how instruments were used.

All of it is told in the report's chapter on method, and none of it is reckoned with.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from second_opinion.ingest.case_file.section import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionEntry:
    """What was ordered, in the client's own words; empty where nobody said.

    lacking : what competence the client cannot judge itself
    how_chosen : how the finalists were found and chosen before the second opinion
    """

    orderer: str = ""
    why: str = ""
    lacking: str = ""
    how_chosen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideEntry:
    """The interview guide that was the same for every finalist.

    questions : all in it; core : of them those that every finalist is asked
    fixed_on : the day from which nobody could change it; seal : the hash of what was fixed then
    """

    language: str = ""
    questions: int = 0
    core: int = 0
    minutes: int = 0
    fixed_on: date | None = None
    seal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedEntry:
    """How one instrument was used on one candidate; what is empty nobody noted.

    version : as the instrument names itself
    language : in which it was taken: "sv", "en", or in words
    norm : whom the score was compared with, in words
    reliability : of what was read, lowest first; one figure for each scale that was used
    used_by : who gave or rated it
    certificate : what entitles that person to; certified_until : its last day
    on : the day it was taken
    """

    version: str = ""
    language: str = ""
    norm: str = ""
    reliability: tuple[float, ...] = ()
    used_by: str = ""
    certificate: str = ""
    certified_until: date | None = None
    on: date | None = None


def read_commission(case: Section) -> CommissionEntry:
    table = Section(f"{case.place}, [commission]", case.table("commission"))
    table.only("orderer", "why", "lacking", "how_chosen")
    return CommissionEntry(
        orderer=table.name("orderer", required=False),
        why=table.text("why"),
        lacking=table.text("lacking"),
        how_chosen=table.text("how_chosen"),
    )


def read_guide(case: Section) -> GuideEntry | None:
    """None where the file tells of no guide."""
    if not case.table("guide"):
        return None
    table = Section(f"{case.place}, [guide]", case.table("guide"))
    table.only("language", "questions", "core", "minutes", "fixed_on", "seal")
    return GuideEntry(
        language=table.text("language"),
        questions=_count(table, "questions"),
        core=_count(table, "core"),
        minutes=_count(table, "minutes"),
        fixed_on=table.day("fixed_on"),
        seal=table.text("seal"),
    )


USED_KEYS = (
    "version",
    "language",
    "norm",
    "reliability",
    "used_by",
    "certificate",
    "certified_until",
    "on",
)


def read_used(instrument: Section) -> UsedEntry:
    """Out of the instrument's own table."""
    return UsedEntry(
        version=instrument.text("version"),
        language=instrument.text("language"),
        norm=instrument.text("norm"),
        reliability=_reliability(instrument),
        used_by=instrument.name("used_by", required=False),
        certificate=instrument.text("certificate"),
        certified_until=instrument.day("certified_until"),
        on=instrument.day("on"),
    )


def _reliability(section: Section) -> tuple[float, ...]:
    value = section.values.get("reliability", [])
    read = value if isinstance(value, list) else [value]
    found = sorted(section.as_number(each, key="reliability") for each in read)
    for each in found:
        if not 0 < each < 1:
            raise section.refusal(
                key="reliability",
                found=f"{each:g} is no reliability.",
                mend="Write a number above 0 and below 1, as the manual has it.",
            )
    return tuple(found)


def _count(section: Section, key: str) -> int:
    value = section.number_if_any(key) or 0.0
    if value < 0 or value != int(value):
        raise section.refusal(
            key=key, found=f"{value:g} is no number of things.", mend="Write a whole number."
        )
    return int(value)


def commission_from_dict(stored: Mapping[str, Any]) -> CommissionEntry:
    return CommissionEntry(**stored)


def guide_as_dict(guide: GuideEntry | None) -> dict[str, Any] | None:
    return None if guide is None else _plain(guide)


def guide_from_dict(stored: Mapping[str, Any] | None) -> GuideEntry | None:
    return GuideEntry(**_with_days(stored, "fixed_on")) if stored else None


def used_as_dict(used: UsedEntry) -> dict[str, Any]:
    return _plain(used) | {"reliability": list(used.reliability)}


def used_from_dict(stored: Mapping[str, Any]) -> UsedEntry:
    found = _with_days(stored, "on", "certified_until")
    return UsedEntry(**found | {"reliability": tuple(stored.get("reliability", ()))})


def _plain(entry: GuideEntry | UsedEntry) -> dict[str, Any]:
    found = dataclasses.asdict(entry)
    return {
        key: each.isoformat() if isinstance(each, date) else each for key, each in found.items()
    }


def _with_days(stored: Mapping[str, Any], *days: str) -> dict[str, Any]:
    read = {day: date.fromisoformat(stored[day]) if stored.get(day) else None for day in days}
    return dict(stored) | read
