"""What a case declares beside its opinions, as the engine takes it."""

from __future__ import annotations

import numpy as np

from second_opinion.engine.combination import (
    DEPENDENT_ERRORS,
    DeclaredFact,
    Dependence,
    Fact,
    Instrument,
)
from second_opinion.engine.ratings import Ratings
from second_opinion.ingest.case_file import CaseFile, Connection, InstrumentKind, OpinionEntry

_SHARES_OCCASION = (Connection.SAME_MEETING, Connection.SAME_MATERIAL)


def dependence_of(case: CaseFile, ratings: Ratings) -> Dependence | None:
    """Who hangs together with whom; None where nothing was declared."""
    if not case.dependences:
        return None
    groups = [
        (one.assessors, DEPENDENT_ERRORS if one.correlation is None else one.correlation)
        for one in case.dependences
        if one.connection not in _SHARES_OCCASION
    ]
    meetings = [
        (one.assessors, one.candidates or case.candidates)
        for one in case.dependences
        if one.connection in _SHARES_OCCASION
    ]
    return Dependence.of(
        candidates=ratings.candidate.labels,
        assessors=ratings.assessor.labels,
        groups=groups,
        meetings=meetings,
    )


def instruments_of(case: CaseFile) -> tuple[Instrument, ...]:
    """The instruments with codes for names."""
    criteria = [criterion.name for criterion in case.criteria]
    return tuple(
        Instrument(
            name=one.name,
            candidate=case.candidates.index(one.candidate),
            criterion=np.array([criteria.index(each.criterion) for each in one.readings]),
            value=np.array([each.value for each in one.readings], dtype=np.float64),
            standard_error=np.array([each.standard_error for each in one.readings]),
            error_correlation=one.error_correlation,
            is_hint=one.kind is InstrumentKind.QUESTIONNAIRE,
        )
        for one in case.instruments
    )


def declared_facts(case: CaseFile, opinions: tuple[OpinionEntry, ...]) -> tuple[DeclaredFact, ...]:
    """What was declared that may be behind differences on one candidate; each is a question."""
    found: list[DeclaredFact] = []
    materials = {opinion.material for opinion in opinions if opinion.material}
    everyone = tuple(opinion.assessor for opinion in opinions)
    scores = [
        {rating.criterion: rating.score for rating in opinion.ratings if rating.score is not None}
        for opinion in opinions
    ]
    if len(materials) > 1:
        found.append(DeclaredFact(fact=Fact.DIFFERENT_EVIDENCE, assessors=everyone))
    for criterion in case.criteria:
        given = [own[criterion.name] for own in scores if criterion.name in own]
        if len(given) < 2:
            continue
        outside = tuple(
            opinion.assessor
            for opinion, own in zip(opinions, scores, strict=True)
            if criterion.name in opinion.outside_expertise and criterion.name in own
        )
        if len(set(given)) > 1 and outside:
            found.append(_fact(Fact.OUTSIDE_EXPERTISE, outside, criterion.name))
        if len(set(given)) > 1 and not criterion.anchors:
            found.append(_fact(Fact.ANCHOR_UNCLEAR, everyone, criterion.name))
        if len(set(given)) == 1 and len(materials) > 1:
            found.append(_fact(Fact.SAME_NUMBER_OTHER_REASONS, everyone, criterion.name))
    return tuple(found)


def _fact(fact: Fact, assessors: tuple[str, ...], criterion: str) -> DeclaredFact:
    return DeclaredFact(fact=fact, assessors=assessors, criterion=criterion)
