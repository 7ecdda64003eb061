"""One case's figures: rows become arrays, results become rows."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import partial
from typing import TypedDict

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.combination import (
    AsSteps,
    Combination,
    Dependence,
    Diagnosis,
    Instrument,
    NotObserved,
    Population,
    combine,
    combine_as_steps,
    diagnose,
    planning_population,
)
from second_opinion.engine.decision import ConclusionRule, conclude, evidence_is_thin
from second_opinion.engine.ratings import Facet, Ratings, Scale
from second_opinion.ingest.case_file import CaseFile, OpinionEntry, OpinionKind
from second_opinion.reports.analysis.beside import dependence_of, instruments_of
from second_opinion.reports.analysis.comparing import why_not_compared
from second_opinion.reports.analysis.diagnosing import (
    disagreement_of,
    left_out_of,
    second_lower_of,
)
from second_opinion.reports.analysis.differences import differences_on
from second_opinion.reports.analysis.frequencies import frequencies_of
from second_opinion.reports.analysis.ordinal import reading_of
from second_opinion.reports.analysis.outlook import finalists_of, outlook_on
from second_opinion.reports.analysis.results import (
    CandidateAnalysis,
    CaseAnalysis,
    CriterionAnalysis,
    Disagreement,
    Estimate,
    History,
    Outlook,
    Reason,
    SecondLower,
    Whole,
)
from second_opinion.reports.analysis.turning import turning_of

STANDARD_RULE = ConclusionRule()


class _Judged(TypedDict):
    disagreement: Disagreement | None
    second_lower: SecondLower | None
    not_observed: NotObserved


_ORDER_OF_KINDS = (OpinionKind.FIRST, OpinionKind.SECOND, OpinionKind.THIRD)


def analyse(
    case: CaseFile,
    *,
    rule: ConclusionRule | None = None,
    population: Population | None = None,
    history: History | None = None,
) -> CaseAnalysis:
    """Everything that a report says in numbers.

    Parameters
    ----------
    rule : by default the standard one, with the limits that the case sets
    population : what is believed before the ratings are read; planning defaults when None
    history : what the population was taken from; None where the case stands alone
    """
    rule = rule_for(case) if rule is None else rule
    scales = scales_of(case)
    population = population or planning_population(scales)
    ratings = _ratings(case, scales)
    weights = np.array([criterion.weight for criterion in case.criteria], dtype=np.float64)
    dependence, instruments = dependence_of(case, ratings), instruments_of(case)
    joint = partial(combine, weights=weights, population=population, dependence=dependence)
    everything = joint(ratings, instruments=instruments)
    first_alone = joint(ratings.rows(_is_first(case, ratings)))
    figures = _Figures(
        case=case,
        rule=rule,
        population=population,
        ratings=ratings,
        dependence=dependence,
        instruments=instruments,
        everything=everything,
        first_alone=first_alone,
        diagnoses=diagnose(ratings, population=population, dependence=dependence),
    )
    read = _as_steps(figures, weights)
    candidates = tuple(_read_twice(figures, index, read) for index in range(len(case.candidates)))
    not_compared = why_not_compared(case, candidates)
    are_compared = len(candidates) > 1 and not_compared is None
    return CaseAnalysis(
        rule=rule,
        population=population,
        agreement=population.components.whole_agreement(everything.weights),
        candidates=candidates,
        finalists=finalists_of(everything) if are_compared else None,
        not_compared=not_compared,
        history=history,
        step=read.step,
        frequencies=frequencies_of(case),
    )


def _as_steps(figures: _Figures, weights: Floats) -> AsSteps:
    return combine_as_steps(
        figures.ratings,
        weights=weights,
        population=figures.population,
        dependence=figures.dependence,
        instruments=figures.instruments,
    )


def scales_of(case: CaseFile) -> tuple[Scale, ...]:
    """(n_criteria,): one scale for all."""
    return (Scale(case.scale_low, case.scale_high),) * len(case.criteria)


def rule_for(case: CaseFile) -> ConclusionRule:
    """The standard rule with the limits that the provider has set for the case."""
    return dataclasses.replace(STANDARD_RULE, **case.conclusion_rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figures:
    """What every candidate's figures are taken from."""

    case: CaseFile
    rule: ConclusionRule
    population: Population
    ratings: Ratings
    dependence: Dependence | None
    instruments: tuple[Instrument, ...]
    everything: Combination
    first_alone: Combination
    diagnoses: tuple[Diagnosis, ...]


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


def _read_twice(figures: _Figures, index: int, read: AsSteps) -> CandidateAnalysis:
    candidate = _candidate(figures, index)
    as_steps = reading_of(candidate, index, case=figures.case, rule=figures.rule, read=read)
    candidate = dataclasses.replace(candidate, as_steps=as_steps)
    return _with_turning(figures, index, candidate)


def _with_turning(figures: _Figures, index: int, candidate: CandidateAnalysis) -> CandidateAnalysis:
    """Where there is a number that could be another."""
    if not candidate.has_number:
        return candidate
    turning = turning_of(
        figures.case,
        index,
        rule=figures.rule,
        now=candidate.conclusion,
        everything=figures.everything,
        combined=partial(_combined, population=figures.population),
    )
    return dataclasses.replace(candidate, turning=turning)


def _combined(case: CaseFile, *, population: Population) -> Combination:
    ratings = _ratings(case, scales_of(case))
    return combine(
        ratings,
        weights=np.array([criterion.weight for criterion in case.criteria], dtype=np.float64),
        population=population,
        dependence=dependence_of(case, ratings),
        instruments=instruments_of(case),
    )


def _candidate(figures: _Figures, index: int) -> CandidateAnalysis:
    case, rule = figures.case, figures.rule
    whole = _whole(figures.everything, index, bar=case.bar, level=rule.interval_level)
    criteria = _criteria(figures, index)
    span = case.scale_high - case.scale_low
    weight_observed = float(figures.everything.weight_observed[index])
    width = whole.estimate.high - whole.estimate.low
    below_minimum = _below_minimum(criteria)
    opinions = opinions_on(case, case.candidates[index])
    has_number = not evidence_is_thin(
        rule, weight_observed=weight_observed, interval_width=width, scale_span=span
    )
    return CandidateAnalysis(
        name=case.candidates[index],
        conclusion=conclude(
            rule,
            probability_above_bar=whole.probability_above_bar,
            probabilities_below_minimum=np.array(below_minimum, dtype=np.float64),
            weight_observed=weight_observed,
            interval_width=width,
            scale_span=span,
        ),
        reasons=_reasons(rule, whole, weight_observed, below_minimum, span=span),
        whole=whole,
        first_alone=_first_alone(figures, index, opinions),
        weight_observed=weight_observed,
        has_number=has_number,
        outlook=_outlook(figures, index, opinions) if has_number else None,
        criteria=criteria,
        criteria_before=tuple(float(each) for each in figures.first_alone.mean[index])
        if any(one.kind is OpinionKind.FIRST for one in opinions)
        else None,
        differences=differences_on(
            index,
            assessors=tuple(opinion.assessor for opinion in opinions),
            ratings=figures.ratings,
            components=figures.population.components,
            weights=figures.everything.weights,
        ),
        **_judged(figures, index, opinions),
    )


def _below_minimum(criteria: tuple[CriterionAnalysis, ...]) -> list[float]:
    found = (criterion.probability_below_minimum for criterion in criteria)
    return [probability for probability in found if probability is not None]


def _first_alone(figures: _Figures, index: int, opinions: tuple[OpinionEntry, ...]) -> Whole | None:
    """None where nothing was added to a first opinion."""
    kinds = {opinion.kind for opinion in opinions}
    read = any(one.candidate == index for one in figures.instruments)
    if OpinionKind.FIRST not in kinds or not (len(kinds) > 1 or read):
        return None
    level = figures.rule.interval_level
    return _whole(figures.first_alone, index, bar=figures.case.bar, level=level)


def _judged(figures: _Figures, index: int, opinions: tuple[OpinionEntry, ...]) -> _Judged:
    return {
        "disagreement": disagreement_of(figures.case, opinions, figures.diagnoses[index]),
        "second_lower": second_lower_of(
            opinions,
            case=figures.case,
            population=figures.population,
            weights=figures.everything.weights,
        ),
        "not_observed": left_out_of(
            figures.case,
            index,
            ratings=figures.ratings,
            population=figures.population,
            dependence=figures.dependence,
            instruments=figures.instruments,
        ),
    }


def _outlook(figures: _Figures, index: int, opinions: tuple[OpinionEntry, ...]) -> Outlook | None:
    case = figures.case
    if case.outlook is None:
        return None
    has_first = any(opinion.kind is OpinionKind.FIRST for opinion in opinions)
    return outlook_on(
        index,
        entry=case.outlook,
        everything=figures.everything,
        first_alone=figures.first_alone if has_first else None,
        belief=next((one for one in case.beliefs if one.candidate == case.candidates[index]), None),
        population=figures.population,
    )


def _whole(combined: Combination, index: int, *, bar: float, level: float) -> Whole:
    low, high = combined.whole_interval(level)
    return Whole(
        estimate=Estimate(
            mean=float(combined.whole_mean[index]), low=float(low[index]), high=float(high[index])
        ),
        probability_above_bar=float(combined.whole_probability_above(bar)[index]),
    )


def _criteria(figures: _Figures, index: int) -> tuple[CriterionAnalysis, ...]:
    case, ratings, combined = figures.case, figures.ratings, figures.everything
    low, high = (ends[index] for ends in combined.interval(figures.rule.interval_level))
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
            readings=len(_reading(figures, index, place)),
            hints=sum(one.is_hint for one in _reading(figures, index, place)),
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


def _reading(figures: _Figures, index: int, place: int) -> list[Instrument]:
    """The instruments that read this candidate on this criterion."""
    return [one for one in figures.instruments if one.candidate == index and place in one.criterion]


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
    elif whole.probability_above_bar >= rule.conditions_from:
        reasons.append(Reason.LEANS_ABOVE_BAR)
    else:
        reasons.append(Reason.LEANS_BELOW_BAR)
    if any(probability >= rule.minimum_missed_from for probability in below_minimum):
        reasons.append(Reason.MINIMUM_LIKELY_MISSED)
    return tuple(reasons)
