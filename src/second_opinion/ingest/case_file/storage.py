"""A case file as values that JSON can hold, and back: how report versions keep their input."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from second_opinion.ingest.case_file.entries import (
    CaseFile,
    CriterionEntry,
    OpinionEntry,
    OpinionKind,
    RatingEntry,
)


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


def _opinion_as_dict(opinion: OpinionEntry) -> dict[str, Any]:
    return {
        "assessor": opinion.assessor,
        "candidate": opinion.candidate,
        "kind": opinion.kind.value,
        "conclusion": opinion.conclusion,
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
