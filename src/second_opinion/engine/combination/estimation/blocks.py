"""Ratings sorted into blocks: all candidates with equally many ratings are worked on together.

Given the assessors' severities, candidates are independent. So the covariance of all ratings is
one small block for each candidate plus a part of low rank, and nothing larger than a block or
than the number of assessors is ever inverted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.ratings import Ratings

Mask = np.ndarray[tuple[int, int, int], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """m candidates with n ratings each.

    score : (m, n), score points
    criterion, assessor : (m, n), codes
    same_criterion, same_assessor : (m, n, n), which pairs of ratings share one
    """

    score: Floats
    criterion: Integers
    assessor: Integers
    same_criterion: Mask
    same_assessor: Mask


def blocks_of(ratings: Ratings) -> list[Block]:
    """One block for each number of ratings that candidates have."""
    order = np.argsort(ratings.candidate.codes, kind="stable")
    counts = np.bincount(ratings.candidate.codes, minlength=len(ratings.candidate))
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    return [
        _block(ratings, order[starts[counts == count][:, None] + np.arange(count)])
        for count in np.unique(counts[counts > 0])
    ]


def _block(ratings: Ratings, rows: Integers) -> Block:
    criterion, assessor = ratings.criterion.codes[rows], ratings.assessor.codes[rows]
    return Block(
        score=ratings.score[rows],
        criterion=criterion,
        assessor=assessor,
        same_criterion=criterion[:, :, None] == criterion[:, None, :],
        same_assessor=assessor[:, :, None] == assessor[:, None, :],
    )
