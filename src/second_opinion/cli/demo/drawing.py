"""Opinions drawn from the engine's simulation, put into words from the demo's content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

import numpy as np

from second_opinion.cli.demo.content import Band, DemoAssessor, DemoCase, DemoCriterion
from second_opinion.engine.combination import planning_components
from second_opinion.engine.ratings import Scale
from second_opinion.engine.simulation import Design, simulate_ratings
from second_opinion.ingest.case_file import RatingEntry

_LOW_ENDS, _HIGH_BEGINS = 0.4, 0.6  # shares of the scale
_STANDARD_DEVIATION_IN_SPANS = 1 / 4  # as in the planning defaults


@dataclass(frozen=True, slots=True)
class DrawnOpinion:
    assessor: DemoAssessor
    candidate: str
    ratings: tuple[RatingEntry, ...]
    conclusion: str
    is_sealed: bool


def draw_opinions(case: DemoCase) -> tuple[DrawnOpinion, ...]:
    """Every assessor's opinion on every candidate; the case's seed decides, always alike."""
    drawn = _drawn_scores(case)
    words = _Words(case)
    return tuple(
        _opinion(case, drawn[row, column], assessor, candidate, words)
        for column, assessor in enumerate(case.assessors)
        for row, candidate in enumerate(case.candidates)
    )


def band_of(score: float, case: DemoCase) -> Band:
    share = (score - case.scale_low) / (case.scale_high - case.scale_low)
    if share < _LOW_ENDS:
        return Band.LOW
    return Band.HIGH if share > _HIGH_BEGINS else Band.MIDDLE


def _drawn_scores(case: DemoCase) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Scores by candidate, assessor and criterion; NaN where not observed."""
    scale = Scale(case.scale_low, case.scale_high)
    shape = (len(case.candidates), len(case.assessors), len(case.criteria))
    design = Design.rotating(
        n_candidates=shape[0],
        n_assessors=shape[1],
        per_candidate=shape[1],
        scales=(scale,) * shape[2],
        share_not_observed=case.share_not_observed,
    )
    ratings = simulate_ratings(
        design,
        mean=np.full(shape[2], case.level),
        components=planning_components().scaled((_STANDARD_DEVIATION_IN_SPANS * scale.span) ** 2),
        rng=np.random.default_rng(case.seed),
    ).ratings
    scores = np.full(shape, np.nan)
    scores[ratings.candidate.codes, ratings.assessor.codes, ratings.criterion.codes] = ratings.score
    return scores


class _Words:
    """Evidence and reasons, each used once before any is used again."""

    def __init__(self, case: DemoCase) -> None:
        self._evidence = {
            (criterion.entry.name, band): iter(texts)
            for criterion in case.criteria
            for band, texts in criterion.evidence.items()
        }
        self._reasons: dict[str, Iterator[str]] = defaultdict(
            lambda: cycle(case.reasons_not_observed)
        )

    def evidence(self, criterion: str, band: Band) -> tuple[str, ...]:
        text = next(self._evidence[criterion, band], None)
        return () if text is None else (text,)

    def reason(self, assessor: str) -> str:
        return next(self._reasons[assessor])


def _opinion(
    case: DemoCase,
    scores: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    assessor: DemoAssessor,
    candidate: str,
    words: _Words,
) -> DrawnOpinion:
    return DrawnOpinion(
        assessor=assessor,
        candidate=candidate,
        ratings=tuple(
            _rating(case, criterion, float(score), assessor, words)
            for criterion, score in zip(case.criteria, scores, strict=True)
        ),
        conclusion=case.conclusions[band_of(_whole(case, scores), case)],
        is_sealed=(assessor.person, candidate) not in case.unsealed,
    )


def _rating(
    case: DemoCase, criterion: DemoCriterion, score: float, assessor: DemoAssessor, words: _Words
) -> RatingEntry:
    name = criterion.entry.name
    if np.isnan(score):
        reason = words.reason(assessor.person)
        return RatingEntry(criterion=name, score=None, reason_not_observed=reason)
    evidence = words.evidence(name, band_of(score, case))
    return RatingEntry(criterion=name, score=score, evidence=evidence)


def _whole(case: DemoCase, scores: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    """The weighted mean of what was observed; the level where nothing was."""
    seen = ~np.isnan(scores)
    weights = np.array([criterion.entry.weight for criterion in case.criteria])[seen]
    return float(np.average(scores[seen], weights=weights)) if seen.any() else case.level
