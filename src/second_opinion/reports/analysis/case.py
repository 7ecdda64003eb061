"""One case's figures: rows become arrays, results become rows."""

from __future__ import annotations

import numpy as np

from second_opinion.engine.combination import (
    Combination,
    Population,
    combine,
    planning_population,
)
from second_opinion.engine.decision import ConclusionRule, conclude
from second_opinion.engine.ratings import Facet, Ratings, Scale
from second_opinion.ingest.case_file import CaseFile, OpinionEntry, OpinionKind
from second_opinion.reports.analysis.differences import differences_on
from second_opinion.reports.analysis.results import (
    CandidateAnalysis,
    CaseAnalysis,
    CriterionAnalysis,
    Estimate,
    Reason,
    Whole,
)

STANDARD_RULE = ConclusionRule()

_ORDER_OF_KINDS = (OpinionKind.FIRST, OpinionKind.SECOND, OpinionKind.THIRD)


def analyse(
    case: CaseFile, *, rule: ConclusionRule = STANDARD_RULE, population: Population | None = None
) -> CaseAnalysis:
    """Everything that a report says in numbers.

    Parameters
    ----------
    population : what is believed before the ratings are read; planning defaults when None
    """
    scales = (Scale(case.scale_low, case.scale_high),) * len(case.criteria)
    population = population or planning_population(scales)
    ratings = _ratings(case, scales)
    weights = np.array([criterion.weight for criterion in case.criteria], dtype=np.float64)
    everything = combine(ratings, weights=weights, population=population)
    first_alone = combine(
        ratings.rows(_is_first(case, ratings)), weights=weights, population=population
    )
    return CaseAnalysis(
        rule=rule,
        population=population,
        agreement=population.components.whole_agreement(everything.weights),
        candidates=tuple(
            _candidate(
                case,
                index,
                rule=rule,
                population=population,
                ratings=ratings,
                everything=everything,
                first_alone=first_alone,
            )
            for index in range(len(case.candidates))
        ),
    )


def opinions_on(case: CaseFile, candidate: str) -> tuple[OpinionEntry, ...]:
    """The opinions on one candidate: first, second, third, each kind as the case lists them."""
    own = [opinion for opinion in case.opinions if opinion.candidate == candidate]
    return tuple(sorted(own, key=lambda opinion: _ORDER_OF_KINDS.index(opinion.kind)))


def _ratings(case: CaseFile, scales: tuple[Scale, ...]) -> Ratings:
    rows = [
        (opinion.candidate, opinion.assessor, rating.criterion, rating.score)
        for opinion in case.opinions
        for rating in opinion.ratings
        if rating.score is not None
    ]
    criteria = tuple(criterion.name for criterion in case.criteria)
    assessors = tuple(dict.fromkeys(opinion.assessor for opinion in case.opinions))
    if not rows:
        # a report must also be able to say that nothing at all was observed
        none = np.zeros(0, dtype=np.int64)
        return Ratings(
            candidate=Facet(case.candidates, none),
            assessor=Facet(assessors, none),
            criterion=Facet(criteria, none),
            score=np.zeros(0),
            scales=scales,
        )
    by_candidate, by_assessor, by_criterion, scores = zip(*rows, strict=True)
    return Ratings.from_names(
        candidates=by_candidate,
        assessors=by_assessor,
        criteria=by_criterion,
        scores=scores,
        scales=dict(zip(criteria, scales, strict=True)),
        all_candidates=case.candidates,
        all_assessors=assessors,
        all_criteria=criteria,
    )


def _is_first(case: CaseFile, ratings: Ratings) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    first = {
        (opinion.candidate, opinion.assessor)
        for opinion in case.opinions
        if opinion.kind is OpinionKind.FIRST
    }
    labels = zip(ratings.candidate.codes, ratings.assessor.codes, strict=True)
    return np.array(
        [
            (ratings.candidate.labels[candidate], ratings.assessor.labels[assessor]) in first
            for candidate, assessor in labels
        ],
        dtype=np.bool_,
    )


def _candidate(
    case: CaseFile,
    index: int,
    *,
    rule: ConclusionRule,
    population: Population,
    ratings: Ratings,
    everything: Combination,
    first_alone: Combination,
) -> CandidateAnalysis:
    whole = _whole(everything, index, bar=case.bar, level=rule.interval_level)
    criteria = _criteria(case, index, ratings=ratings, combined=everything, rule=rule)
    weight_observed = float(everything.weight_observed[index])
    below_minimum = [
        criterion.probability_below_minimum
        for criterion in criteria
        if criterion.probability_below_minimum is not None
    ]
    opinions = opinions_on(case, case.candidates[index])
    kinds = {opinion.kind for opinion in opinions}
    return CandidateAnalysis(
        name=case.candidates[index],
        conclusion=conclude(
            rule,
            probability_above_bar=whole.probability_above_bar,
            probabilities_below_minimum=np.array(below_minimum, dtype=np.float64),
            weight_observed=weight_observed,
            interval_width=whole.estimate.high - whole.estimate.low,
            scale_span=case.scale_high - case.scale_low,
        ),
        reasons=_reasons(
            rule, whole, weight_observed, below_minimum, span=case.scale_high - case.scale_low
        ),
        whole=whole,
        first_alone=_whole(first_alone, index, bar=case.bar, level=rule.interval_level)
        if OpinionKind.FIRST in kinds and len(kinds) > 1
        else None,
        weight_observed=weight_observed,
        criteria=criteria,
        differences=differences_on(
            index,
            assessors=tuple(opinion.assessor for opinion in opinions),
            ratings=ratings,
            components=population.components,
            weights=everything.weights,
        ),
    )


def _whole(combined: Combination, index: int, *, bar: float, level: float) -> Whole:
    low, high = combined.whole_interval(level)
    return Whole(
        estimate=Estimate(
            mean=float(combined.whole_mean[index]), low=float(low[index]), high=float(high[index])
        ),
        probability_above_bar=float(combined.whole_probability_above(bar)[index]),
    )


def _criteria(
    case: CaseFile, index: int, *, ratings: Ratings, combined: Combination, rule: ConclusionRule
) -> tuple[CriterionAnalysis, ...]:
    low, high = (ends[index] for ends in combined.interval(rule.interval_level))
    above_bar = combined.probability_above(case.bar)[index]
    # a criterion without a minimum gets a number here that is never read
    minimum = np.array([criterion.minimum or 0.0 for criterion in case.criteria])
    above_minimum = combined.probability_above(minimum)[index]
    own = ratings.candidate.codes == index
    opinions = np.bincount(ratings.criterion.codes[own], minlength=len(case.criteria))
    return tuple(
        CriterionAnalysis(
            name=criterion.name,
            opinions=int(opinions[place]),
            estimate=Estimate(
                mean=float(combined.mean[index, place]),
                low=float(low[place]),
                high=float(high[place]),
            ),
            probability_above_bar=float(above_bar[place]),
            probability_below_minimum=None
            if criterion.minimum is None
            else 1 - float(above_minimum[place]),
        )
        for place, criterion in enumerate(case.criteria)
    )


def _reasons(
    rule: ConclusionRule,
    whole: Whole,
    weight_observed: float,
    below_minimum: list[float],
    *,
    span: float,
) -> tuple[Reason, ...]:
    reasons = []
    if weight_observed < rule.least_weight_observed:
        reasons.append(Reason.TOO_LITTLE_OBSERVED)
    if whole.estimate.high - whole.estimate.low > rule.widest_interval * span:
        reasons.append(Reason.INTERVAL_TOO_WIDE)
    if whole.probability_above_bar >= rule.supported_from:
        reasons.append(Reason.LIKELY_ABOVE_BAR)
    elif whole.probability_above_bar <= rule.not_supported_to:
        reasons.append(Reason.LIKELY_BELOW_BAR)
    else:
        reasons.append(Reason.UNCERTAIN_AGAINST_BAR)
    if any(probability >= rule.minimum_missed_from for probability in below_minimum):
        reasons.append(Reason.MINIMUM_LIKELY_MISSED)
    return tuple(reasons)
