"""The report's figures as plain values, for other programs: `second-opinion/opine/2`."""

from __future__ import annotations

import dataclasses
from typing import Any

from second_opinion.ingest.case_file import CaseFile, as_dict, written_as_dict
from second_opinion.reports.analysis import (
    CandidateAnalysis,
    CaseAnalysis,
    DisagreementType,
    Estimate,
    Turn,
    Turning,
)

SCHEMA = "second-opinion/opine/2"


def figures_of(case: CaseFile, analysis: CaseAnalysis) -> dict[str, Any]:
    """Every figure of the report, with what it was computed from."""
    population = analysis.population
    return {
        "schema": SCHEMA,
        "role": case.role,
        "reference": case.reference,
        "scale": [case.scale_low, case.scale_high],
        "bar": case.bar,
        "interval_level": analysis.rule.interval_level,
        "conclusion_rule": dataclasses.asdict(analysis.rule),
        "population": {
            "source": population.source.value,
            "mean": population.mean.tolist(),
            "mean_variance": population.mean_variance,
            "components": dataclasses.asdict(population.components),
            "shared_meeting": population.shared_meeting,
            "agreement_of_two_on_the_whole": analysis.agreement,
        },
        "base_rate": None if case.outlook is None else case.outlook.worked_out / 10,
        "value_set": None if case.outlook is None else case.outlook.value_set,
        "not_compared": analysis.not_compared.value if analysis.not_compared else None,
        "finalists": None
        if analysis.finalists is None
        else {
            "probability_best": list(analysis.finalists.probability_best),
            "probability_order_right": analysis.finalists.probability_order_right,
            "too_close_to_call": analysis.finalists.too_close_to_call,
        },
        "of_100_hires": None
        if analysis.frequencies is None
        else {
            "disappoint_without": analysis.frequencies.without,
            "disappoint_with_second_opinion": analysis.frequencies.with_second,
        },
        "candidates": [_candidate(case, candidate) for candidate in analysis.candidates],
        **_how_done(case),
        "author": case.author,
        "written": [written_as_dict(one) for one in case.written],
    }


def _how_done(case: CaseFile) -> dict[str, Any]:
    """As the case was stored; what nobody noted is empty or null."""
    stored = as_dict(case)
    done = {key: stored[key] for key in ("commission", "guide", "profile_fixed_on", "opened_on")}
    instruments = [
        {key: one[key] for key in ("name", "kind", "candidate", "source")} | one["used"]
        for one in stored["instruments"]
    ]
    return done | {"instruments": instruments}


def _candidate(case: CaseFile, candidate: CandidateAnalysis) -> dict[str, Any]:
    return {
        "name": candidate.name,
        "conclusion": candidate.conclusion.value,
        "reasons": [reason.value for reason in candidate.reasons],
        "whole": _estimate(candidate.whole.estimate) if candidate.has_number else None,
        "probability_above_bar": candidate.whole.probability_above_bar
        if candidate.has_number
        else None,
        "weight_observed": candidate.weight_observed,
        "works_out": _works_out(candidate),
        "disagreement": _disagreement(candidate),
        "regression_to_the_mean": None
        if candidate.second_lower is None
        else {
            "assessor": candidate.second_lower.assessor,
            "expected": candidate.second_lower.expected,
            "probability": candidate.second_lower.probability,
        },
        "not_observed": candidate.not_observed.verdict.value,
        "as_steps": None
        if candidate.as_steps is None
        else {
            **dataclasses.asdict(candidate.as_steps),
            "conclusion": candidate.as_steps.conclusion.value,
        },
        "turning": None if candidate.turning is None else _turning(candidate.turning),
        "criteria": [
            {
                "name": criterion.name,
                "opinions": criterion.opinions,
                "readings": criterion.readings,
                **_estimate(criterion.estimate),
                "probability_above_bar": criterion.probability_above_bar,
                "probability_below_minimum": criterion.probability_below_minimum,
                "scores": _scores(case, candidate.name, criterion.name),
            }
            for criterion in candidate.criteria
        ],
    }


def _turning(turning: Turning) -> dict[str, Any]:
    return {
        "further": [_turn(turn) for turn in turning.further],
        "criterion": None if turning.criterion is None else _turn(turning.criterion),
    }


def _turn(turn: Turn) -> dict[str, Any]:
    return dataclasses.asdict(turn) | {"conclusion": turn.conclusion.value}


def _works_out(candidate: CandidateAnalysis) -> dict[str, Any] | None:
    outlook = candidate.outlook
    if outlook is None:
        return None
    return {
        "now": outlook.now,
        "before": outlook.before,
        "before_rests_on": outlook.rests_on.value,
    }


def _disagreement(candidate: CandidateAnalysis) -> dict[str, Any] | None:
    found = candidate.disagreement
    if found is None:
        return None
    return {
        "type": found.type.value,
        "probabilities": {kind.value: share for kind, share in found.probabilities.items()},
        "can_tell_level": found.can_tell_level,
        "criterion": found.criterion if found.type is DisagreementType.PATTERN else None,
        "remedy": found.remedy.value,
        "questions": [
            {"fact": one.fact.value, "to": list(one.assessors), "on": one.criterion}
            for one in found.questions
        ],
    }


def _scores(case: CaseFile, candidate: str, criterion: str) -> list[dict[str, Any]]:
    return [
        {"assessor": opinion.assessor, "kind": opinion.kind.value, "score": rating.score}
        for opinion in case.opinions
        if opinion.candidate == candidate
        for rating in opinion.ratings
        if rating.criterion == criterion
    ]


def _estimate(estimate: Estimate) -> dict[str, float]:
    return {"mean": estimate.mean, "low": estimate.low, "high": estimate.high}
