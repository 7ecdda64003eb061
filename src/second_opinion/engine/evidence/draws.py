"""Who is held out and who predicts: opinions, draws and folds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import NotEnoughRatingsError
from second_opinion.engine.ratings import Ratings

LEAST_OPINIONS = 3
MOST_DRAWS = 20
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
    """One held-out opinion with the first and the second that predict it, as opinion numbers."""

    held_out: Integers
    first: Integers
    second: Integers


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
    """Each opinion held out once, with one ordered pair drawn among the candidate's others.

    Raises
    ------
    NotEnoughRatingsError : no candidate has three opinions
    """
    drawn: list[tuple[int, int, int]] = []
    order = np.argsort(opinions.candidate, kind="stable")
    starts = np.flatnonzero(np.diff(opinions.candidate[order], prepend=-1))
    for own in np.split(order, starts[1:]):
        if len(own) < LEAST_OPINIONS:
            continue
        held_out = own if len(own) <= MOST_DRAWS else rng.choice(own, MOST_DRAWS, replace=False)
        for one in held_out:
            first, second = rng.choice(own[own != one], 2, replace=False)
            drawn.append((int(one), int(first), int(second)))
    if not drawn:
        raise NotEnoughRatingsError(
            "No candidate has three opinions with an overall score, so no opinion can be held out "
            "while two others predict it."
        )
    held, first_of, second_of = np.array(drawn, dtype=np.int64).T
    return Draws(held_out=held, first=first_of, second=second_of)


def folds_by_candidate(n_candidates: int, *, rng: np.random.Generator) -> Integers:
    """(n_candidates,): each candidate's fold, 0 to 4, in folds of nearly equal size."""
    return rng.permutation(np.arange(n_candidates) % FOLDS)
