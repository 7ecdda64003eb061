"""What came after the opening and stands beside the combination in a report."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from second_opinion.audit.services import decrypt
from second_opinion.cases.models import Case
from second_opinion.ingest.case_file import OpinionKind
from second_opinion.opinions import selectors as opinions
from second_opinion.reports.models import ReportVersion

SCHEMA = "second-opinion/addendum/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShutOut:
    """An opinion that was engaged, and not sealed when the case opened."""

    assessor: str
    candidate: str
    kind: OpinionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Addendum:
    shut_out: tuple[ShutOut, ...] = ()


def addendum_of(case: Case) -> dict[str, Any]:
    """Of a case as it stands, plain, for a new version of its report."""
    return {
        "schema": SCHEMA,
        "shut_out": [
            {
                "assessor": opinion.assessor.name,
                "candidate": opinion.candidacy.name,
                "kind": opinion.kind,
            }
            for opinion in opinions.shut_out_of(case)
        ],
    }


def addendum_of_version(version: ReportVersion) -> Addendum:
    """What was stored with a version; empty for those that were written before there was any."""
    if not version.addendum:
        return Addendum()
    label = addendum_label(version.pseudonym)
    found = json.loads(decrypt(version.addendum, case=version.case, label=label))
    return Addendum(
        shut_out=tuple(
            ShutOut(
                assessor=one["assessor"],
                candidate=one["candidate"],
                kind=OpinionKind(one["kind"]),
            )
            for one in found["shut_out"]
        )
    )


def addendum_label(pseudonym: UUID) -> str:
    return f"addendum:{pseudonym}"
