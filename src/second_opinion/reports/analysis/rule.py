"""The conclusion rule of a case, and what in the figures speaks for what it concludes."""

from __future__ import annotations

import dataclasses

from second_opinion.engine.decision import ConclusionRule
from second_opinion.ingest.case_file import CaseFile
from second_opinion.reports.analysis.results import Reason, Whole

STANDARD_RULE = ConclusionRule()


def rule_for(case: CaseFile) -> ConclusionRule:
    """The standard rule with the limits that the provider has set for the case."""
    return dataclasses.replace(STANDARD_RULE, **case.conclusion_rule)


def reasons_of(
    rule: ConclusionRule,
    whole: Whole,
    *,
    weight_observed: float,
    below_minimum: list[float],
    span: float,
) -> tuple[Reason, ...]:
    """First what keeps the rule from a number, then where the whole lies, then the minimums.

    Parameters
    ----------
    weight_observed : share of the profile's weight, 0 to 1
    below_minimum : probability of each criterion that has a minimum
    span : of the scale, in points
    """
    reasons = []
    if weight_observed < rule.least_weight_observed:
        reasons.append(Reason.TOO_LITTLE_OBSERVED)
    if whole.estimate.high - whole.estimate.low > rule.widest_interval * span:
        reasons.append(Reason.INTERVAL_TOO_WIDE)
    reasons.append(_of_the_whole(rule, whole.probability_above_bar))
    if any(probability >= rule.minimum_missed_from for probability in below_minimum):
        reasons.append(Reason.MINIMUM_LIKELY_MISSED)
    return tuple(reasons)


def _of_the_whole(rule: ConclusionRule, probability_above_bar: float) -> Reason:
    if probability_above_bar >= rule.supported_from:
        return Reason.LIKELY_ABOVE_BAR
    if probability_above_bar <= rule.not_supported_to:
        return Reason.LIKELY_BELOW_BAR
    if probability_above_bar >= rule.conditions_from:
        return Reason.LEANS_ABOVE_BAR
    return Reason.LEANS_BELOW_BAR
