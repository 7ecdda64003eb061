"""Whether reading the scores as steps would say something else than reading them as points."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from second_opinion.engine.combination import AsSteps
from second_opinion.engine.decision import ConclusionRule, conclude
from second_opinion.ingest.case_file import CaseFile
from second_opinion.reports.analysis.results import AsStepsReading, CandidateAnalysis

MATERIAL = 0.05
"""Difference in probability from which the report says that the two part (our rule)."""


def reading_of(
    candidate: CandidateAnalysis, index: int, *, case: CaseFile, rule: ConclusionRule, read: AsSteps
) -> AsStepsReading | None:
    """The ordinal reading beside the linear one, by the same rule and the same minimum levels."""
    if not candidate.has_number:
        return None
    probability = float(read.probability_above(case.bar)[index])
    reach = 2 * float(ndtri((1 + rule.interval_level) / 2))
    missed = [one.probability_below_minimum for one in candidate.criteria]
    conclusion = conclude(
        rule,
        probability_above_bar=probability,
        probabilities_below_minimum=np.array(
            [each for each in missed if each is not None], dtype=np.float64
        ),
        weight_observed=candidate.weight_observed,
        interval_width=reach * float(read.deviation[index]),
        scale_span=case.scale_high - case.scale_low,
    )
    shift = abs(probability - candidate.whole.probability_above_bar)
    return AsStepsReading(
        probability_above_bar=probability,
        conclusion=conclusion,
        at_ends=float(read.at_ends[index]),
        parts=conclusion is not candidate.conclusion or shift >= MATERIAL,
    )
