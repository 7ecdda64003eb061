"""A case file as values that JSON can hold, and back: how report versions keep their input."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any

from second_opinion.ingest.case_file.course import (
    commission_from_dict,
    guide_as_dict,
    guide_from_dict,
    used_as_dict,
    used_from_dict,
)
from second_opinion.ingest.case_file.entries import (
    BeliefEntry,
    CaseFile,
    Connection,
    CriterionEntry,
    DependenceEntry,
    InstrumentEntry,
    InstrumentKind,
    OpinionEntry,
    OpinionKind,
    OutlookEntry,
    RatingEntry,
    ReadingEntry,
    StandingEntry,
)
from second_opinion.ingest.case_file.written import written_as_dict, written_from_dict


def as_dict(case: CaseFile) -> dict[str, Any]:
    """The case as JSON values; from_dict gives an equal case back."""
    return {
        "role": case.role,
        "client": case.client,
        "provider": case.provider,
        "reference": case.reference,
        "language": case.language,
        "ordered_on": case.ordered_on.isoformat() if case.ordered_on else None,
        "open_questions": list(case.open_questions),
        "scale": [case.scale_low, case.scale_high],
        "bar": case.bar,
        "criteria": [_criterion_as_dict(criterion) for criterion in case.criteria],
        "candidates": list(case.candidates),
        "opinions": [_opinion_as_dict(opinion) for opinion in case.opinions],
        "dependences": [
            dataclasses.asdict(one) | {"connection": one.connection.value}
            for one in case.dependences
        ],
        "instruments": [_instrument_as_dict(one) for one in case.instruments],
        "outlook": None if case.outlook is None else dataclasses.asdict(case.outlook),
        "beliefs": [dataclasses.asdict(one) for one in case.beliefs],
        "no_first_opinion": case.no_first_opinion,
        "profile_changes": list(case.profile_changes),
        "conclusion_rule": dict(case.conclusion_rule),
        "author": case.author,
        "written": [written_as_dict(one) for one in case.written],
        "commission": dataclasses.asdict(case.commission),
        "guide": guide_as_dict(case.guide),
        "profile_fixed_on": _as_text(case.profile_fixed_on),
        "opened_on": _as_text(case.opened_on),
    }


def from_dict(stored: Mapping[str, Any]) -> CaseFile:
    """The case that as_dict stored; trusts its input, which only as_dict writes."""
    low, high = stored["scale"]
    ordered_on = stored["ordered_on"]
    return CaseFile(
        role=stored["role"],
        client=stored["client"],
        provider=stored["provider"],
        reference=stored["reference"],
        language=stored["language"],
        ordered_on=date.fromisoformat(ordered_on) if ordered_on else None,
        open_questions=tuple(stored["open_questions"]),
        scale_low=low,
        scale_high=high,
        bar=stored["bar"],
        criteria=tuple(_criterion_from_dict(criterion) for criterion in stored["criteria"]),
        candidates=tuple(stored["candidates"]),
        opinions=tuple(_opinion_from_dict(opinion) for opinion in stored["opinions"]),
        # what follows came later: versions that were stored before have none of it
        dependences=tuple(_dependence_from_dict(one) for one in stored.get("dependences", ())),
        instruments=tuple(_instrument_from_dict(one) for one in stored.get("instruments", ())),
        outlook=OutlookEntry(**stored["outlook"]) if stored.get("outlook") else None,
        beliefs=tuple(BeliefEntry(**one) for one in stored.get("beliefs", ())),
        no_first_opinion=stored.get("no_first_opinion", ""),
        profile_changes=tuple(stored.get("profile_changes", ())),
        conclusion_rule=dict(stored.get("conclusion_rule", {})),
        author=stored.get("author", ""),
        written=tuple(written_from_dict(one) for one in stored.get("written", ())),
        commission=commission_from_dict(stored.get("commission", {})),
        guide=guide_from_dict(stored.get("guide")),
        profile_fixed_on=_as_day(stored.get("profile_fixed_on")),
        opened_on=_as_day(stored.get("opened_on")),
    )


def _dependence_from_dict(stored: Mapping[str, Any]) -> DependenceEntry:
    return DependenceEntry(
        assessors=tuple(stored["assessors"]),
        connection=Connection(stored["connection"]),
        candidates=tuple(stored["candidates"]),
        correlation=stored["correlation"],
    )


def _instrument_as_dict(instrument: InstrumentEntry) -> dict[str, Any]:
    """A norm stands there only where somebody was compared: what was stored before had none."""
    stored = dataclasses.asdict(instrument) | {
        "kind": instrument.kind.value,
        "used": used_as_dict(instrument.used),
    }
    if not instrument.norm:
        del stored["standings"], stored["norm"]
    return stored


def _instrument_from_dict(stored: Mapping[str, Any]) -> InstrumentEntry:
    return InstrumentEntry(
        name=stored["name"],
        kind=InstrumentKind(stored["kind"]),
        candidate=stored["candidate"],
        readings=tuple(ReadingEntry(**reading) for reading in stored["readings"]),
        error_correlation=stored["error_correlation"],
        source=stored.get("source", ""),
        used=used_from_dict(stored.get("used", {})),
        standings=tuple(StandingEntry(**each) for each in stored.get("standings", ())),
        norm=stored.get("norm", ""),
    )


def _criterion_as_dict(criterion: CriterionEntry) -> dict[str, Any]:
    return {
        "name": criterion.name,
        "definition": criterion.definition,
        "weight": criterion.weight,
        "minimum": criterion.minimum,
        # pairs, because JSON would turn the scores into text
        "anchors": [[score, text] for score, text in criterion.anchors.items()],
    }


def _criterion_from_dict(stored: Mapping[str, Any]) -> CriterionEntry:
    return CriterionEntry(
        name=stored["name"],
        definition=stored["definition"],
        weight=stored["weight"],
        minimum=stored["minimum"],
        anchors=dict(stored["anchors"]),
    )


def _as_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _as_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _opinion_as_dict(opinion: OpinionEntry) -> dict[str, Any]:
    return {
        "assessor": opinion.assessor,
        "candidate": opinion.candidate,
        "kind": opinion.kind.value,
        "conclusion": opinion.conclusion,
        "material": opinion.material,
        "outside_expertise": list(opinion.outside_expertise),
        "profile_version": opinion.profile_version,
        "on": _as_text(opinion.on),
        "qualifications": opinion.qualifications,
        "declared_on": _as_text(opinion.declared_on),
        "seal": opinion.seal,
        "ratings": [
            {
                "criterion": rating.criterion,
                "score": rating.score,
                "evidence": list(rating.evidence),
                "reason_not_observed": rating.reason_not_observed,
            }
            for rating in opinion.ratings
        ],
    }


def _opinion_from_dict(stored: Mapping[str, Any]) -> OpinionEntry:
    return OpinionEntry(
        assessor=stored["assessor"],
        candidate=stored["candidate"],
        kind=OpinionKind(stored["kind"]),
        conclusion=stored["conclusion"],
        material=stored.get("material", ""),
        outside_expertise=tuple(stored.get("outside_expertise", ())),
        profile_version=stored.get("profile_version", ""),
        on=_as_day(stored.get("on")),
        qualifications=stored.get("qualifications", ""),
        declared_on=_as_day(stored.get("declared_on")),
        seal=stored.get("seal", ""),
        ratings=tuple(
            RatingEntry(
                criterion=rating["criterion"],
                score=rating["score"],
                evidence=tuple(rating["evidence"]),
                reason_not_observed=rating["reason_not_observed"],
            )
            for rating in stored["ratings"]
        ),
    )
