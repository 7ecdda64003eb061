"""What an analysis of a case hands out: figures only, in the case's own order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from second_opinion.engine.combination import (
    DeclaredFact,
    DisagreementType,
    NotObserved,
    Population,
    Remedy,
)
from second_opinion.engine.decision import Conclusion, ConclusionRule


class Reason(StrEnum):
    """What the rule's conclusion rests on."""

    TOO_LITTLE_OBSERVED = "too little observed"
    INTERVAL_TOO_WIDE = "interval too wide"
    LIKELY_ABOVE_BAR = "likely above bar"
    LIKELY_BELOW_BAR = "likely below bar"
    LEANS_ABOVE_BAR = "leans above bar"
    LEANS_BELOW_BAR = "leans below bar"
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
    """One candidate on one criterion; opinions counts the scores, readings the instruments'.

    hints : of the readings, those of questionnaires, which are never a sole source
    """

    name: str
    opinions: int
    readings: int
    hints: int = 0
    estimate: Estimate
    probability_above_bar: float
    probability_below_minimum: float | None

    @property
    def is_observed(self) -> bool:
        return self.opinions + self.readings > self.hints


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


class KnownBefore(StrEnum):
    """What "before" rests on: the first of these that there is."""

    FIRST_OPINION = "first opinion"
    BELIEF = "belief"
    BASE_RATE = "base rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """How likely it is that a candidate works out, never that they will or will not.

    now : after everything in the case, and what it rested on before
    before : after what was known before the second opinion
    base_rate : of the reference group, 0 to 1
    """

    now: float
    before: float
    base_rate: float
    rests_on: KnownBefore


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """What the differences on one candidate look like, and what to do about it.

    probabilities : by type, summing to 1
    criterion : the criterion of the likeliest pattern
    shifted : the assessor who is off, where three or more tell; None where it cannot be told
    questions : declared facts, to be put to the assessors
    """

    type: DisagreementType
    probabilities: Mapping[DisagreementType, float]
    can_tell_level: bool
    remedy: Remedy
    criterion: str
    questions: tuple[DeclaredFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLower:
    """A later opinion that is nearer to the usual than the first: regression to the mean.

    first, second : wholes, score points
    expected : what the first lets one expect of a second, score points
    probability : that a second lies on the usual level's side of such a first
    is_lower : the second is lower than the first, which was high; else the mirror image
    """

    assessor: str
    first: float
    second: float
    expected: float
    probability: float
    is_lower: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Finalists:
    """Several finalists against each other, from all opinions on the same profile.

    probability_best : in the case's order, summing to 1
    """

    probability_best: tuple[float, ...]
    probability_order_right: float
    too_close_to_call: bool


class NotCompared(StrEnum):
    """Why several finalists are not set against each other."""

    PROFILES_DIFFER = "profiles differ"
    METHODS_DIFFER = "methods differ"
    TOO_LITTLE_KNOWN = "too little known"


@dataclass(frozen=True, slots=True, kw_only=True)
class AsStepsReading:
    """One candidate when every score counts as a step, and an end score as "that or beyond".

    at_ends : share of the scores that lie at an end of the scale, 0 to 1
    parts : the conclusion is another, or the probability is off by five percentage points or more
    """

    probability_above_bar: float
    conclusion: Conclusion
    at_ends: float
    parts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The provider's own opened cases on the same scale, as they were when the report was written.

    rated_by_two : candidates whom two assessors or more have rated; what agreement is seen on
    is_used : whether that was enough to say anything of the population
    """

    cases: int
    candidates: int
    rated_by_two: int
    is_used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A level from which the rule would conclude otherwise, and what it would conclude.

    level : score points
    criterion : whose level it is; empty where it is a further assessor's throughout
    probability : that the truth lies there or beyond, 0 to 1; None of a further assessor
    """

    level: float
    conclusion: Conclusion
    is_upwards: bool
    criterion: str = ""
    probability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """What would change the rule's conclusion.

    further : one more independent opinion, the nearest levels below and above; none where no
        score within the scale would do
    criterion : the one most likely to turn it if its level were certain; None where none would
    """

    further: tuple[Turn, ...]
    criterion: Turn | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequencies:
    """Of a hundred hires made so, how many disappoint; of the procedure, never of a person."""

    without: float
    with_second: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateAnalysis:
    """One candidate's figures; criteria stand in the profile's order.

    weight_observed : share of the weight that somebody rated, 0 to 1
    first_alone : what the first opinion said by itself; None where nothing was added to it
    has_number : False where the evidence is below the floor, and words stand for the whole
    outlook : None where the case names no base rate, or where there is no number
    disagreement : None where no two rated the same
    second_lower : None where no regression to the mean was to be seen
    as_steps : None where there is no number
    turning : None where there is no number
    criteria_before : means by the first opinion alone; None without one
    """

    name: str
    conclusion: Conclusion
    reasons: tuple[Reason, ...]
    whole: Whole
    first_alone: Whole | None
    weight_observed: float
    has_number: bool
    outlook: Outlook | None
    criteria: tuple[CriterionAnalysis, ...]
    differences: tuple[Difference, ...]
    disagreement: Disagreement | None
    second_lower: SecondLower | None
    not_observed: NotObserved
    as_steps: AsStepsReading | None = None
    turning: Turning | None = None
    criteria_before: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAnalysis:
    """All figures of a case.

    agreement : correlation expected between two separate assessors' weighted wholes, 0 to 1
    finalists : None with one candidate, and where `not_compared` says why
    history : None where the case stands alone
    step : distance between neighbouring scores as they were given, score points
    frequencies : None where the case names no base rate
    """

    rule: ConclusionRule
    population: Population
    agreement: float
    candidates: tuple[CandidateAnalysis, ...]
    finalists: Finalists | None
    not_compared: NotCompared | None = None
    history: History | None = None
    step: float = 1.0
    frequencies: Frequencies | None = None
