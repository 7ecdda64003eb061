"""A case's opinions: one candidate's in their order, and all of them as a table of ratings."""

from __future__ import annotations

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.ratings import Facet, Ratings, Scale
from second_opinion.ingest.case_file import CaseFile, OpinionEntry, OpinionKind

_ORDER_OF_KINDS = (OpinionKind.FIRST, OpinionKind.SECOND, OpinionKind.THIRD)


def opinions_on(case: CaseFile, candidate: str) -> tuple[OpinionEntry, ...]:
    """The opinions on one candidate: first, second, third, each kind as the case lists them."""
    own = [opinion for opinion in case.opinions if opinion.candidate == candidate]
    return tuple(sorted(own, key=lambda opinion: _ORDER_OF_KINDS.index(opinion.kind)))


def scales_of(case: CaseFile) -> tuple[Scale, ...]:
    """(n_criteria,): one scale for all."""
    return (Scale(case.scale_low, case.scale_high),) * len(case.criteria)


def weights_of(case: CaseFile) -> Floats:
    """(n_criteria,): percent of the whole."""
    return np.array([criterion.weight for criterion in case.criteria], dtype=np.float64)


def ratings_of(case: CaseFile) -> Ratings:
    """Every score of every opinion; whoever or whatever has none stands in the table all the same.

    A report must also be able to say that nothing at all was observed.
    """
    rows = [
        (opinion.candidate, opinion.assessor, rating.criterion, rating.score)
        for opinion in case.opinions
        for rating in opinion.ratings
        if rating.score is not None
    ]
    criteria = tuple(criterion.name for criterion in case.criteria)
    assessors = tuple(dict.fromkeys(opinion.assessor for opinion in case.opinions))
    scales = scales_of(case)
    if not rows:
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


def first_ratings_of(case: CaseFile, ratings: Ratings) -> Ratings:
    """Those of the table that a first opinion gave."""
    first = {
        (opinion.candidate, opinion.assessor)
        for opinion in case.opinions
        if opinion.kind is OpinionKind.FIRST
    }
    labels = zip(ratings.candidate.codes, ratings.assessor.codes, strict=True)
    is_first = [
        (ratings.candidate.labels[candidate], ratings.assessor.labels[assessor]) in first
        for candidate, assessor in labels
    ]
    return ratings.rows(np.array(is_first, dtype=np.bool_))
