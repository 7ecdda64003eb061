"""From figures to one of four conclusions: the rule, in one place."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import ArgumentError


class Conclusion(StrEnum):
    """What the evidence says of hiring; never a decision."""

    SUPPORTED = "supported"
    SUPPORTED_WITH_CONDITIONS = "supported with conditions"
    NOT_SUPPORTED = "not supported"
    EVIDENCE_INSUFFICIENT = "evidence insufficient"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionRule:
    """The thresholds, all between 0 and 1; set by the provider and locked with the profile.

    supported_from : least probability above the bar for "supported"
    conditions_from : least probability above the bar for "supported with conditions"; between
        not_supported_to and it the evidence is insufficient: it leans against, not clearly enough
    not_supported_to : greatest probability above the bar for "not supported"
    minimum_missed_from : probability below a minimum level from which it counts as missed
    least_weight_observed : share of the weight that must have been rated
    widest_interval : greatest width of the whole's interval, as a share of the scale
    interval_level : the level of every interval shown

    Raises
    ------
    ArgumentError : a threshold is outside 0 to 1, or those for the bar do not rise
    """

    supported_from: float = 0.75
    conditions_from: float = 0.5
    not_supported_to: float = 0.25
    minimum_missed_from: float = 0.5
    least_weight_observed: float = 0.5
    widest_interval: float = 0.5
    interval_level: float = 0.8

    def __post_init__(self) -> None:
        for name, threshold in dataclasses.asdict(self).items():
            if not 0 <= threshold <= 1:
                raise ArgumentError(f"{name} must lie between 0 and 1; got {threshold:g}.")
        if self.not_supported_to >= self.supported_from:
            raise ArgumentError("not_supported_to must lie below supported_from.")
        if not self.not_supported_to <= self.conditions_from <= self.supported_from:
            raise ArgumentError(
                "conditions_from must lie from not_supported_to to supported_from; got "
                f"{self.conditions_from:g}."
            )


def conclude(
    rule: ConclusionRule,
    *,
    probability_above_bar: float,
    probabilities_below_minimum: Floats,
    weight_observed: float,
    interval_width: float,
    scale_span: float,
) -> Conclusion:
    """The conclusion on one candidate; thin evidence is said before anything else.

    "Supported" in any form is said only of what is more likely above the bar than below it, and
    "not supported" only where the evidence is clear; what lies between is not enough to conclude.

    Parameters
    ----------
    probability_above_bar : of the weighted whole, 0 to 1
    probabilities_below_minimum : (n_criteria with a minimum level,), 0 to 1
    weight_observed : share of the weight that somebody rated, 0 to 1
    interval_width, scale_span : score points
    """
    if evidence_is_thin(
        rule,
        weight_observed=weight_observed,
        interval_width=interval_width,
        scale_span=scale_span,
    ):
        return Conclusion.EVIDENCE_INSUFFICIENT
    if probability_above_bar <= rule.not_supported_to:
        return Conclusion.NOT_SUPPORTED
    minimum_missed = bool(
        (np.asarray(probabilities_below_minimum) >= rule.minimum_missed_from).any()
    )
    if probability_above_bar >= rule.supported_from and not minimum_missed:
        return Conclusion.SUPPORTED
    if probability_above_bar >= rule.conditions_from:
        return Conclusion.SUPPORTED_WITH_CONDITIONS
    return Conclusion.EVIDENCE_INSUFFICIENT


def evidence_is_thin(
    rule: ConclusionRule, *, weight_observed: float, interval_width: float, scale_span: float
) -> bool:
    """Whether the evidence lies below the floor at which a figure is given at all.

    Parameters
    ----------
    weight_observed : share of the weight that somebody rated, 0 to 1
    interval_width, scale_span : score points
    """
    return (
        weight_observed < rule.least_weight_observed
        or interval_width > rule.widest_interval * scale_span
    )


def rule_of(stored: Mapping[str, float]) -> ConclusionRule:
    """The rule that was stored; one from before conditions_from concludes as it did then.

    Raises
    ------
    ArgumentError : thresholds that cannot be
    """
    before = {"conditions_from": stored.get("not_supported_to", 0.25)}
    return ConclusionRule(**{**before, **stored})
