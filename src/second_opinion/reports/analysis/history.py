"""The provider's own earlier cases as a population, when they are enough to say anything."""

from __future__ import annotations

import dataclasses
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from second_opinion.engine.combination import (
    Population,
    estimate_exchangeable,
    planning_population,
    pooled_population,
)
from second_opinion.engine.errors import NotEnoughRatingsError
from second_opinion.engine.ratings import Ratings
from second_opinion.ingest.case_file import CaseFile
from second_opinion.reports.analysis.opinions import scales_of
from second_opinion.reports.analysis.results import History

if TYPE_CHECKING:  # the selectors need Django, and what is computed here does not
    from second_opinion.reports.selectors import Earlier, EarlierOpinion


def population_for(case: CaseFile, earlier: Earlier) -> tuple[Population, History]:
    """Planning defaults, or the provider's own figures pooled with them; and what there was.

    Criteria differ from case to case, so they are taken as alike: a rating counts by its place.
    Opinions with fewer than two scores cannot tell an impression from a rest, and are left out.
    """
    planning = planning_population(scales_of(case))
    told = tuple(one for one in earlier.opinions if _n_scores(one) > 1)
    history = _history(told)
    if not told:
        return planning, history
    ratings, case_of = _ratings(told, case)
    try:
        own = estimate_exchangeable(ratings, n_criteria=len(case.criteria), case_of=case_of)
    except NotEnoughRatingsError:
        return planning, history
    pooled = pooled_population(own, planning)
    return _by_name(pooled, earlier), dataclasses.replace(history, is_used=True)


def _history(told: tuple[EarlierOpinion, ...]) -> History:
    opinions = Counter(one.candidate for one in told)
    return History(
        cases=len({one.case for one in told}),
        candidates=len(opinions),
        rated_by_two=sum(number > 1 for number in opinions.values()),
        is_used=False,
    )


def _ratings(
    told: tuple[EarlierOpinion, ...], case: CaseFile
) -> tuple[Ratings, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    rows = [
        (str(one.candidate), str(one.assessor), str(place), score)
        for one in told
        for place, score in enumerate(one.scores)
        if score is not None
    ]
    candidates, assessors, places, scores = zip(*rows, strict=True)
    ratings = Ratings.from_names(
        candidates=candidates,
        assessors=assessors,
        criteria=places,
        scores=scores,
        scales=scales_of(case)[0],
    )
    cases = {str(one.candidate): one.case for one in told}
    return ratings, np.array([cases[name] for name in ratings.candidate.labels], dtype=np.int64)


def _by_name(population: Population, earlier: Earlier) -> Population:
    """Of all assessors, those of this case, by the names that its case file has for them."""
    rows = {name: str(person) for name, person in earlier.assessors.items()}
    return dataclasses.replace(
        population,
        severities=MappingProxyType(
            {
                name: population.severities[row]
                for name, row in rows.items()
                if row in population.severities
            }
        ),
        shown_severities=MappingProxyType(
            {
                name: population.shown_severities[row]
                for name, row in rows.items()
                if row in population.shown_severities
            }
        ),
        linked_cases=MappingProxyType(
            {name: population.linked_cases.get(row, 0) for name, row in rows.items()}
        ),
    )


def _n_scores(opinion: EarlierOpinion) -> int:
    return sum(score is not None for score in opinion.scores)
