"""Differences between opinions, diagnosed, and a second one that was to be expected lower."""

from __future__ import annotations

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.combination import (
    Diagnosis,
    NotObserved,
    Population,
    check_not_observed,
    regression_of_second,
)
from second_opinion.engine.combination.comparison import SURPRISING
from second_opinion.engine.combination.dependence import Dependence
from second_opinion.engine.combination.instruments import Instrument
from second_opinion.engine.ratings import Ratings
from second_opinion.ingest.case_file import CaseFile, OpinionEntry, OpinionKind
from second_opinion.reports.analysis.beside import declared_facts
from second_opinion.reports.analysis.results import Disagreement, SecondLower

_HIGH = 0.5  # standard deviations from which a first opinion is called high, or low


def disagreement_of(
    case: CaseFile, opinions: tuple[OpinionEntry, ...], diagnosis: Diagnosis
) -> Disagreement | None:
    """The likeliest type with its remedy, and the questions that declared facts raise."""
    kind = diagnosis.most_likely
    if kind is None:
        return None
    return Disagreement(
        type=kind,
        probabilities=diagnosis.probabilities,
        can_tell_level=diagnosis.can_tell_level,
        remedy=diagnosis.remedy,
        criterion=case.criteria[diagnosis.criterion].name,
        questions=declared_facts(case, opinions),
    )


def second_lower_of(
    opinions: tuple[OpinionEntry, ...],
    *,
    case: CaseFile,
    population: Population,
    weights: Floats,
) -> SecondLower | None:
    """Where the first later opinion moved towards the usual level from a first that stood out."""
    if len(opinions) < 2 or opinions[0].kind is not OpinionKind.FIRST:
        return None
    first, second = (_scores(case, opinion) for opinion in opinions[:2])
    both = np.isfinite(first) & np.isfinite(second)
    if not both.any():
        return None
    share = np.where(both, weights, 0.0) / weights[both].sum()
    whole, other = float(share[both] @ first[both]), float(share[both] @ second[both])
    level = float(share @ population.mean)
    found = regression_of_second(
        whole,
        level=level,
        level_variance=population.mean_variance,
        components=population.components,
        weights=tuple(share.tolist()),
    )
    is_lower = found.standardised > 0
    moved_back = other < whole if is_lower else other > whole
    is_ordinary = abs(other - found.expected) <= SURPRISING * found.spread
    if abs(found.standardised) < _HIGH or not moved_back or not is_ordinary:
        return None
    return SecondLower(
        assessor=opinions[1].assessor,
        first=whole,
        second=other,
        expected=found.expected,
        probability=found.probability_nearer,
        is_lower=is_lower,
    )


def left_out_of(
    case: CaseFile,
    index: int,
    *,
    ratings: Ratings,
    population: Population,
    dependence: Dependence | None,
    instruments: tuple[Instrument, ...],
) -> NotObserved:
    """Whether what was not observed was likely left out for a reason that the scores show."""
    criteria = [criterion.name for criterion in case.criteria]
    gaps = [
        (ratings.assessor.labels.index(opinion.assessor), place)
        for opinion in case.opinions
        if opinion.candidate == case.candidates[index]
        for place, name in enumerate(criteria)
        if not any(
            rating.criterion == name and rating.score is not None for rating in opinion.ratings
        )
    ]
    return check_not_observed(
        ratings,
        candidate=index,
        not_observed=gaps,
        population=population,
        dependence=dependence,
        instruments=instruments,
    )


def _scores(case: CaseFile, opinion: OpinionEntry) -> Floats:
    given = {rating.criterion: rating.score for rating in opinion.ratings}
    scores = [given.get(criterion.name) for criterion in case.criteria]
    return np.array([np.nan if score is None else score for score in scores], dtype=np.float64)
