"""The report's figures as plain values, for other programs: `second-opinion/opine/1`."""

from __future__ import annotations

import dataclasses
from typing import Any

from second_opinion.ingest.case_file import CaseFile
from second_opinion.reports.analysis import CandidateAnalysis, CaseAnalysis, Estimate

SCHEMA = "second-opinion/opine/1"


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
            "agreement_of_two_on_the_whole": analysis.agreement,
        },
        "candidates": [_candidate(case, candidate) for candidate in analysis.candidates],
    }


def _candidate(case: CaseFile, candidate: CandidateAnalysis) -> dict[str, Any]:
    return {
        "name": candidate.name,
        "conclusion": candidate.conclusion.value,
        "reasons": [reason.value for reason in candidate.reasons],
        "whole": _estimate(candidate.whole.estimate),
        "probability_above_bar": candidate.whole.probability_above_bar,
        "weight_observed": candidate.weight_observed,
        "criteria": [
            {
                "name": criterion.name,
                "opinions": criterion.opinions,
                **_estimate(criterion.estimate),
                "probability_above_bar": criterion.probability_above_bar,
                "probability_below_minimum": criterion.probability_below_minimum,
                "scores": _scores(case, candidate.name, criterion.name),
            }
            for criterion in candidate.criteria
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
