"""Which ratings are given, one row for each: made out of arrays, so that ten million are quick."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Integers
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.simulation.design import Design

# In practice a few assessors do much of the work: the busiest is drawn this much more often.
BUSIEST = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingPlan:
    """Who rates whom on what; rows are sorted by candidate, then assessor, then criterion.

    candidate, assessor, criterion : (n_ratings,), numbers from 0
    pair : (n_ratings,), number of the candidate-by-assessor pair, from 0, rising
    n_candidates, n_assessors, n_criteria : how many there are, also those without a rating
    """

    candidate: Integers
    assessor: Integers
    criterion: Integers
    pair: Integers
    n_candidates: int
    n_assessors: int
    n_criteria: int

    @classmethod
    def of(cls, design: Design, *, rng: np.random.Generator) -> RatingPlan:
        """The rows of a design; cells are left out by its share_not_observed."""
        seats = design.seats()
        given = rng.random((len(seats), design.n_criteria)) >= design.share_not_observed
        return _plan(seats[:, 0], seats[:, 1], given, design.n_candidates, design.n_assessors)

    @classmethod
    def as_in_practice(
        cls,
        *,
        n_candidates: int,
        rng: np.random.Generator,
        n_assessors: int | None = None,
        assessors_each: tuple[int, int] = (2, 3),
        n_criteria: int = 12,
        criteria_each: tuple[int, int] = (6, 12),
    ) -> RatingPlan:
        """Two or three assessors a candidate, six to twelve of the criteria, all connected.

        The first candidates are rated by a chain of overlapping panels, which connects the
        ratings; later panels are drawn, busy assessors more often. All assessors of a candidate
        rate the same criteria.

        Parameters
        ----------
        n_assessors : by default about 1.5 times the square root of n_candidates
        assessors_each, criteria_each : fewest and most for a candidate, all equally likely

        Raises
        ------
        ArgumentError : a candidate would need more assessors or criteria than there are, or
            there are too few candidates to connect all assessors
        """
        if n_assessors is None:
            n_assessors = max(assessors_each[1] + 1, round(1.5 * math.sqrt(n_candidates)))
        _refuse_impossible("assessors", assessors_each, n_assessors)
        _refuse_impossible("criteria", criteria_each, n_criteria)
        if n_candidates < n_assessors or assessors_each[0] < 2:
            raise ArgumentError(
                f"To connect {n_assessors} assessors, as many candidates and two assessors for "
                f"each are needed; got {n_candidates} candidates and {assessors_each[0]} each."
            )
        panel = _panels(n_candidates, n_assessors, assessors_each[1], rng)
        size = rng.integers(assessors_each[0], assessors_each[1] + 1, n_candidates)
        candidate, seat = np.nonzero(np.arange(assessors_each[1]) < size[:, None])
        given = _chosen(n_candidates, n_criteria, criteria_each, rng)[candidate]
        return _plan(candidate, panel[candidate, seat], given, n_candidates, n_assessors)

    def __len__(self) -> int:
        return len(self.candidate)

    @property
    def n_pairs(self) -> int:
        return int(self.pair[-1]) + 1 if len(self) else 0


def _refuse_impossible(what: str, each: tuple[int, int], n_all: int) -> None:
    if not 1 <= each[0] <= each[1] <= n_all:
        raise ArgumentError(
            f"A candidate can have 1 to {n_all} {what}, fewest before most; got {each}."
        )


def _panels(
    n_candidates: int, n_assessors: int, n_seats: int, rng: np.random.Generator
) -> Integers:
    """Different assessors in each row; row i of the first ones holds assessors i and i + 1."""
    weight = np.cumsum(np.linspace(1.0, BUSIEST, n_assessors))

    def drawn(shape: tuple[int, ...]) -> Integers:
        index: Integers = np.searchsorted(weight, rng.random(shape) * weight[-1], side="right")
        return index

    panel = drawn((n_candidates, n_seats))
    chain = np.arange(n_assessors)
    panel[chain, 0], panel[chain, 1] = chain, (chain + 1) % n_assessors
    for seat in range(1, n_seats):
        while True:
            is_taken = (panel[:, :seat] == panel[:, seat, None]).any(axis=1)
            if not is_taken.any():
                break
            panel[is_taken, seat] = drawn((int(is_taken.sum()),))
    return panel


def _chosen(
    n_candidates: int, n_criteria: int, each: tuple[int, int], rng: np.random.Generator
) -> NDArray[np.bool_]:
    """(n_candidates, n_criteria), which criteria a candidate is rated on."""
    number = rng.integers(each[0], each[1] + 1, n_candidates)
    order = rng.random((n_candidates, n_criteria)).argsort(axis=1)
    chosen = np.empty((n_candidates, n_criteria), dtype=np.bool_)
    np.put_along_axis(chosen, order, np.arange(n_criteria) < number[:, None], axis=1)
    return chosen


def _plan(
    candidate: Integers,
    assessor: Integers,
    given: NDArray[np.bool_],
    n_candidates: int,
    n_assessors: int,
) -> RatingPlan:
    """From one row for each pair, and the criteria (n_pairs, n_criteria) rated in it."""
    order = np.lexsort((assessor, candidate))
    order = order[np.logical_or.reduce(given, axis=1)[order]]
    pair, criterion = np.nonzero(given[order])
    return RatingPlan(
        candidate=candidate[order][pair],
        assessor=assessor[order][pair],
        criterion=criterion,
        pair=pair,
        n_candidates=n_candidates,
        n_assessors=n_assessors,
        n_criteria=given.shape[1],
    )
