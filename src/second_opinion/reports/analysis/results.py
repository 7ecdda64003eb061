"""What an analysis of a case hands out: figures only, in the case's own order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from second_opinion.engine.combination import Population
from second_opinion.engine.decision import Conclusion, ConclusionRule


class Reason(StrEnum):
    """What the rule's conclusion rests on."""

    TOO_LITTLE_OBSERVED = "too little observed"
    INTERVAL_TOO_WIDE = "interval too wide"
    LIKELY_ABOVE_BAR = "likely above bar"
    LIKELY_BELOW_BAR = "likely below bar"
    UNCERTAIN_AGAINST_BAR = "uncertain against bar"
    MINIMUM_LIKELY_MISSED = "minimum likely missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Where the truth most likely lies and the interval that holds it, score points."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The weighted whole: its estimate and the probability that it lies above the bar."""

    estimate: Estimate
    probability_above_bar: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionAnalysis:
    """One candidate on one criterion; opinions counts the scores, so 0 is "not observed"."""

    name: str
    opinions: int
    estimate: Estimate
    probability_above_bar: float
    probability_below_minimum: float | None

    @property
    def is_observed(self) -> bool:
        return self.opinions > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A later opinion minus the reference opinion, score points; None where not both rated."""

    reference: str
    other: str
    by_criterion: tuple[float | None, ...]
    is_surprising: tuple[bool, ...]
    chance_range: float
    whole: float | None
    whole_chance_range: float | None
    whole_is_surprising: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateAnalysis:
    """One candidate's figures; criteria stand in the profile's order.

    weight_observed : share of the weight that somebody rated, 0 to 1
    first_alone : what the first opinion said by itself; None where nothing was added to it
    """

    name: str
    conclusion: Conclusion
    reasons: tuple[Reason, ...]
    whole: Whole
    first_alone: Whole | None
    weight_observed: float
    criteria: tuple[CriterionAnalysis, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAnalysis:
    """All figures of a case.

    agreement : correlation expected between two separate assessors' weighted wholes, 0 to 1
    """

    rule: ConclusionRule
    population: Population
    agreement: float
    candidates: tuple[CandidateAnalysis, ...]
