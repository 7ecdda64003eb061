"""One candidate's figures: the whole and its conclusion, and what lies behind and before them."""

from __future__ import annotations

from typing import TypedDict

import numpy as np

from second_opinion.engine.combination import Combination, NotObserved
from second_opinion.engine.decision import conclude, evidence_is_thin
from second_opinion.ingest.case_file import OpinionEntry, OpinionKind
from second_opinion.reports.analysis.combining import Combined
from second_opinion.reports.analysis.criterion import below_minimum, criteria_of
from second_opinion.reports.analysis.diagnosing import (
    disagreement_of,
    left_out_of,
    second_lower_of,
)
from second_opinion.reports.analysis.differences import differences_on
from second_opinion.reports.analysis.opinions import opinions_on
from second_opinion.reports.analysis.outlook import outlook_on
from second_opinion.reports.analysis.results import (
    CandidateAnalysis,
    Disagreement,
    Estimate,
    Outlook,
    SecondLower,
    Whole,
)
from second_opinion.reports.analysis.rule import reasons_of


class _Judged(TypedDict):
    disagreement: Disagreement | None
    second_lower: SecondLower | None
    not_observed: NotObserved


def candidate_of(together: Combined, index: int) -> CandidateAnalysis:
    """All but what a second reading of the same ratings adds."""
    case, rule = together.case, together.rule
    whole = _whole(together, together.everything, index)
    criteria = criteria_of(together, index)
    span = case.scale_high - case.scale_low
    weight_observed = float(together.everything.weight_observed[index])
    width = whole.estimate.high - whole.estimate.low
    below = below_minimum(criteria)
    opinions = opinions_on(case, case.candidates[index])
    has_number = not evidence_is_thin(
        rule, weight_observed=weight_observed, interval_width=width, scale_span=span
    )
    return CandidateAnalysis(
        name=case.candidates[index],
        conclusion=conclude(
            rule,
            probability_above_bar=whole.probability_above_bar,
            probabilities_below_minimum=np.array(below, dtype=np.float64),
            weight_observed=weight_observed,
            interval_width=width,
            scale_span=span,
        ),
        reasons=reasons_of(
            rule, whole, weight_observed=weight_observed, below_minimum=below, span=span
        ),
        whole=whole,
        first_alone=_first_alone(together, index, opinions),
        weight_observed=weight_observed,
        has_number=has_number,
        outlook=_outlook(together, index, opinions) if has_number else None,
        criteria=criteria,
        criteria_before=_criteria_before(together, index, opinions),
        differences=differences_on(
            index,
            assessors=tuple(opinion.assessor for opinion in opinions),
            ratings=together.ratings,
            components=together.population.components,
            weights=together.everything.weights,
        ),
        **_judged(together, index, opinions),
    )


def _has_first(opinions: tuple[OpinionEntry, ...]) -> bool:
    return any(opinion.kind is OpinionKind.FIRST for opinion in opinions)


def _whole(together: Combined, combination: Combination, index: int) -> Whole:
    low, high = combination.whole_interval(together.rule.interval_level)
    return Whole(
        estimate=Estimate(
            mean=float(combination.whole_mean[index]),
            low=float(low[index]),
            high=float(high[index]),
        ),
        probability_above_bar=float(combination.whole_probability_above(together.case.bar)[index]),
    )


def _first_alone(
    together: Combined, index: int, opinions: tuple[OpinionEntry, ...]
) -> Whole | None:
    """None where nothing was added to a first opinion."""
    is_read = any(one.candidate == index for one in together.instruments)
    has_more = is_read or any(one.kind is not OpinionKind.FIRST for one in opinions)
    if not (_has_first(opinions) and has_more):
        return None
    return _whole(together, together.first_alone, index)


def _criteria_before(
    together: Combined, index: int, opinions: tuple[OpinionEntry, ...]
) -> tuple[float, ...] | None:
    """Where each criterion lay by the first opinion; None where there is none."""
    if not _has_first(opinions):
        return None
    return tuple(float(each) for each in together.first_alone.mean[index])


def _judged(together: Combined, index: int, opinions: tuple[OpinionEntry, ...]) -> _Judged:
    return {
        "disagreement": disagreement_of(together.case, opinions, together.diagnoses[index]),
        "second_lower": second_lower_of(
            opinions,
            case=together.case,
            population=together.population,
            weights=together.everything.weights,
        ),
        "not_observed": left_out_of(
            together.case,
            index,
            ratings=together.ratings,
            population=together.population,
            dependence=together.dependence,
            instruments=together.instruments,
        ),
    }


def _outlook(together: Combined, index: int, opinions: tuple[OpinionEntry, ...]) -> Outlook | None:
    case = together.case
    if case.outlook is None:
        return None
    return outlook_on(
        index,
        entry=case.outlook,
        everything=together.everything,
        first_alone=together.first_alone if _has_first(opinions) else None,
        belief=next((one for one in case.beliefs if one.candidate == case.candidates[index]), None),
        population=together.population,
    )
