"""One candidate's figures, criterion by criterion."""

from __future__ import annotations

import numpy as np

from second_opinion.engine.combination import Instrument
from second_opinion.reports.analysis.combining import Combined
from second_opinion.reports.analysis.results import CriterionAnalysis, Estimate


def criteria_of(together: Combined, index: int) -> tuple[CriterionAnalysis, ...]:
    """In the profile's order, those that nobody observed too."""
    case, ratings, everything = together.case, together.ratings, together.everything
    low, high = (ends[index] for ends in everything.interval(together.rule.interval_level))
    above_bar = everything.probability_above(case.bar)[index]
    # a criterion without a minimum gets a number here that is never read
    minimum = np.array([criterion.minimum or 0.0 for criterion in case.criteria])
    above_minimum = everything.probability_above(minimum)[index]
    own = ratings.candidate.codes == index
    opinions = np.bincount(ratings.criterion.codes[own], minlength=len(case.criteria))
    return tuple(
        CriterionAnalysis(
            name=criterion.name,
            opinions=int(opinions[place]),
            readings=len(_reading(together, index, place)),
            hints=sum(one.is_hint for one in _reading(together, index, place)),
            estimate=Estimate(
                mean=float(everything.mean[index, place]),
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


def below_minimum(criteria: tuple[CriterionAnalysis, ...]) -> list[float]:
    """How probably each criterion that has a minimum lies below it."""
    found = (criterion.probability_below_minimum for criterion in criteria)
    return [probability for probability in found if probability is not None]


def _reading(together: Combined, index: int, place: int) -> list[Instrument]:
    """The instruments that read this candidate on this criterion."""
    return [
        one for one in together.instruments if one.candidate == index and place in one.criterion
    ]
