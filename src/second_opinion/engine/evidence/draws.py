"""Who is held out and who predicts: opinions, draws and folds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import NotEnoughRatingsError
from second_opinion.engine.ratings import Facet, Ratings, Scale

LEAST_OPINIONS = 2
FOLDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinions:
    """The ratings gathered into opinions: one assessor's scores of one candidate.

    candidate, assessor : (n_opinions,), codes
    overall : (n_opinions,), the overall score, or the mean of the scores
    target : (n_opinions, n_criteria), the weights that make up the overall score; rows sum to 1
    rows : for each opinion, its rows in the ratings
    """

    candidate: Integers
    assessor: Integers
    overall: Floats
    target: Floats
    rows: tuple[Integers, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """Held-out opinions with the first and the second that predict each, as opinion numbers.

    second : -1 where the candidate has only two opinions
    """

    held_out: Integers
    first: Integers
    second: Integers

    def used(self, k: int) -> Integers:
        """(n, k): the opinions that predict, one or two."""
        return np.stack([self.first, self.second], axis=1)[:, :k]

    @property
    def has_second(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return self.second >= 0


def opinions_of(ratings: Ratings, *, overall: int | None) -> Opinions:
    """All opinions that have an overall score; overall is that criterion's code, if any."""
    pair = ratings.candidate.codes * len(ratings.assessor) + ratings.assessor.codes
    order = np.argsort(pair, kind="stable")
    starts = np.flatnonzero(np.diff(pair[order], prepend=-1))
    n_criteria = len(ratings.criterion)
    candidates, assessors, scores, targets, members = [], [], [], [], []
    for rows in np.split(order, starts[1:]):
        rated = ratings.criterion.codes[rows]
        counted = rated == overall if overall is not None else np.ones(len(rows), dtype=bool)
        if not counted.any():
            continue
        target = np.bincount(rated[counted], minlength=n_criteria) / counted.sum()
        candidates.append(ratings.candidate.codes[rows[0]])
        assessors.append(ratings.assessor.codes[rows[0]])
        scores.append(ratings.score[rows[counted]].mean())
        targets.append(target)
        members.append(rows)
    return Opinions(
        candidate=np.array(candidates, dtype=np.int64),
        assessor=np.array(assessors, dtype=np.int64),
        overall=np.array(scores, dtype=np.float64),
        target=np.array(targets, dtype=np.float64).reshape(len(scores), n_criteria),
        rows=tuple(members),
    )


def draw(opinions: Opinions, *, rng: np.random.Generator) -> Draws:
    """Every opinion held out once, with one or two drawn among the candidate's others.

    Raises
    ------
    NotEnoughRatingsError : no candidate has two opinions
    """
    drawn: list[tuple[int, int, int]] = []
    order = np.argsort(opinions.candidate, kind="stable")
    starts = np.flatnonzero(np.diff(opinions.candidate[order], prepend=-1))
    for own in np.split(order, starts[1:]):
        if len(own) < LEAST_OPINIONS:
            continue
        for one in own:
            others = rng.choice(own[own != one], min(2, len(own) - 1), replace=False)
            drawn.append((int(one), int(others[0]), int(others[1]) if len(others) > 1 else -1))
    if not drawn:
        raise NotEnoughRatingsError(
            "No candidate has two opinions with an overall score, so no opinion can be held out "
            "while another predicts it."
        )
    held, first_of, second_of = np.array(drawn, dtype=np.int64).T
    return Draws(held_out=held, first=first_of, second=second_of)


def overall_alone(ratings: Ratings, opinions: Opinions) -> tuple[Ratings, Opinions]:
    """The same opinions with nothing but their overall score, as ratings on one criterion."""
    low = min(scale.low for scale in ratings.scales)
    high = max(scale.high for scale in ratings.scales)
    n = len(opinions.overall)
    alone = Ratings(
        candidate=Facet(ratings.candidate.labels, opinions.candidate),
        assessor=Facet(ratings.assessor.labels, opinions.assessor),
        criterion=Facet(("overall",), np.zeros(n, dtype=np.int64)),
        score=opinions.overall,
        scales=(Scale(low, high),),
    )
    return alone, Opinions(
        candidate=opinions.candidate,
        assessor=opinions.assessor,
        overall=opinions.overall,
        target=np.ones((n, 1)),
        rows=tuple(np.arange(n, dtype=np.int64)[:, None]),
    )


def folds_by_candidate(n_candidates: int, *, rng: np.random.Generator) -> Integers:
    """(n_candidates,): each candidate's fold, 0 to 4, in folds of nearly equal size."""
    return rng.permutation(np.arange(n_candidates) % FOLDS)
