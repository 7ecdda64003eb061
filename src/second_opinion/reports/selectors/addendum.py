"""What came after the opening and stands beside the combination in a report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from second_opinion.audit.services import decrypt
from second_opinion.candidates import selectors as candidates
from second_opinion.candidates.selectors import Said
from second_opinion.candidates.states import ReplyKind
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Candidacy, Case
from second_opinion.ingest.case_file import OpinionKind
from second_opinion.instruments.selectors import deviations_in
from second_opinion.instruments.states import DeviationKind
from second_opinion.opinions import selectors as opinions
from second_opinion.opinions.models import Revision
from second_opinion.opinions.states import EarlyGround
from second_opinion.reports.models import ReportVersion

SCHEMA = "second-opinion/addendum/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShutOut:
    """An opinion that was engaged, and not sealed when the case opened."""

    assessor: str
    candidate: str
    kind: OpinionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussed:
    """A criterion that was discussed after the opening."""

    candidate: str
    criterion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisedRating:
    """A rating as it was sealed and as it was revised after the opening; None: not observed."""

    assessor: str
    candidate: str
    kind: OpinionKind
    criterion: str
    sealed: float | None
    revised: float | None
    evidence: tuple[str, ...]
    reason: str
    on: str  # the day, as 2026-12-01


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied:
    """What a candidate said of the report: a fact that is wrong, or a comment.

    is_accepted : of a fact; None where it has no answer yet, and of a comment
    stated, correct : what stood and how it is, where a correction was accepted
    """

    candidate: str
    is_fact: bool
    words: str
    is_accepted: bool | None = None
    reason: str = ""
    stated: str = ""
    correct: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviated:
    """Where one interview went another way than the guide that was the same for all."""

    candidate: str
    question: str  # its number
    text: str
    kind: DeviationKind
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEarly:
    """That one sealed opinion was allowed to be read before the opening; not whose.

    granted_by : empty where the provider had nobody else who could agree
    """

    asked_by: str
    granted_by: str
    ground: EarlyGround
    on: str  # the day, as 2026-12-01
    times: int  # how often it was then read


@dataclass(frozen=True, slots=True, kw_only=True)
class Addendum:
    early: tuple[ReadEarly, ...] = ()
    deviations: tuple[Deviated, ...] = ()
    shut_out: tuple[ShutOut, ...] = ()
    discussed: tuple[Discussed, ...] = ()
    revisions: tuple[RevisedRating, ...] = ()
    replies: tuple[Replied, ...] = ()


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
        "early": [
            {
                "asked_by": mark.asked_by,
                "granted_by": mark.granted_by,
                "ground": mark.ground,
                "on": timezone.localdate(mark.at).isoformat(),
                "times": len(mark.looked_at),
            }
            for mark in opinions.marks_in(case)
        ],
        "deviations": [
            {
                "candidate": one.candidate,
                "question": one.question,
                "text": one.text,
                "kind": one.kind,
                "because": one.because,
            }
            for one in deviations_in(case)
        ],
        "discussed": [
            {"candidate": candidacy.name, "criterion": criterion.name}
            for candidacy, criterion in opinions.discussed_in(case)
        ],
        "revisions": [_revised(revision) for revision in opinions.revisions_in(case)],
        "replies": _replies_in(case),
    }


def _replies_in(case: Case) -> list[dict[str, Any]]:
    return [
        _replied(candidacy, said)
        for candidacy in cases.remaining_candidacies_of(case).select_related("case")
        for said in candidates.replies_of(candidacy)
    ]


def _replied(candidacy: Candidacy, said: Said) -> dict[str, Any]:
    answer = said.answer
    plain = {
        "candidate": candidacy.name,
        "is_fact": said.kind == ReplyKind.FACTS,
        "words": said.words,
    }
    if answer is None:
        return plain
    return plain | {
        "is_accepted": answer.is_accepted,
        "reason": answer.reason,
        "stated": answer.stated,
        "correct": answer.correct,
    }


def _revised(revision: Revision) -> dict[str, Any]:
    opinion, written = revision.opinion, opinions.revised_of(revision)
    sealed = opinions.content_of(opinion).ratings
    name = revision.criterion.name
    return {
        "assessor": opinion.assessor.name,
        "candidate": opinion.candidacy.name,
        "kind": opinion.kind,
        "criterion": name,
        "sealed": next((one.score for one in sealed if one.criterion == name), None),
        "revised": written.rating.score,
        "evidence": list(written.rating.evidence),
        "reason": written.reason,
        "on": timezone.localdate(revision.at).isoformat(),
    }


def has_every_revision(version: ReportVersion) -> bool:
    """Whether a version holds every rating that was revised. Counted, for clocks can jump."""
    kept = addendum_of_version(version).revisions
    return len(kept) == opinions.revisions_in(version.case).count()


def has_every_reply(version: ReportVersion) -> bool:
    """Whether a version holds all that candidates said of it, and were answered."""
    now = tuple(Replied(**one) for one in _replies_in(version.case))
    return addendum_of_version(version).replies == now


def awaits_correction(case: Case) -> bool:
    """Whether a candidate has corrected a fact, and nobody has said yet what becomes of it."""
    return any(one.awaits_answer for one in _said_in(case))


def _said_in(case: Case) -> list[Said]:
    return [
        said
        for candidacy in cases.remaining_candidacies_of(case).select_related("case")
        for said in candidates.replies_of(candidacy)
    ]


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
        ),
        early=tuple(
            ReadEarly(**(one | {"ground": EarlyGround(one["ground"])}))
            for one in found.get("early", ())
        ),
        deviations=tuple(
            Deviated(**(one | {"kind": DeviationKind(one["kind"])}))
            for one in found.get("deviations", ())
        ),
        discussed=tuple(Discussed(**one) for one in found.get("discussed", ())),
        revisions=tuple(map(_revised_from, found.get("revisions", ()))),
        replies=tuple(Replied(**one) for one in found.get("replies", ())),
    )


def _revised_from(found: Mapping[str, Any]) -> RevisedRating:
    kind, evidence = OpinionKind(found["kind"]), tuple(found["evidence"])
    return RevisedRating(**(dict(found) | {"kind": kind, "evidence": evidence}))


def addendum_label(pseudonym: UUID) -> str:
    return f"addendum:{pseudonym}"
