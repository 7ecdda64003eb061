"""Fairness first: how high a floor under the scores still lets every case be served."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.matching.network import Admission, matching_network
from second_opinion.engine.matching.problem import AssignmentProblem
from second_opinion.engine.matching.reach import gets_through


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The highest score that so many of every case's assessors can all have.

    height : the score
    held_by : how many of each case's assessors are at or above it; of a case that requires
        fewer, all
    """

    height: float
    held_by: int

    def admission(self, problem: AssignmentProblem) -> Admission:
        return _admission(problem, self.height, self.held_by)


def highest_floor(problem: AssignmentProblem, *, held_by: int) -> Floor:
    """The highest floor, found between the scores that there are.

    It is often near the highest there could be: so from there down in growing steps, and then by
    halving between the last two.

    problem : one that can be solved
    """
    heights = _heights(problem, _no_higher_than(problem, held_by))

    def holds(place: int) -> bool:
        admission = _admission(problem, float(heights[place]), held_by)
        return gets_through(matching_network(problem, admission).network)

    above, low, step = len(heights), len(heights) - 1, 1
    while low > 0 and not holds(low):
        above, low, step = low, max(low - step, 0), 2 * step
    while above - low > 1:
        middle = (low + above) // 2
        if holds(middle):
            low = middle
        else:
            above = middle
    return Floor(height=float(heights[low]), held_by=held_by)


def _admission(problem: AssignmentProblem, height: float, held_by: int) -> Admission:
    """Pairs below the floor, as many as the rest of the case may be; and the rule of the gap.

    Where only some of a gap case's assessors are held to the floor, those cover the gap too: a
    flow can count one lesser kind of pair, not two that overlap.
    """
    is_low = problem.score < height
    is_outside_gap = problem.has_gap[problem.case] & ~problem.covers_gap
    holds_all = problem.required <= held_by
    for_all = holds_all[problem.case]
    return Admission(
        allowed=~(is_low & for_all),
        is_lesser=is_outside_gap | (is_low & ~for_all),
        most_lesser=np.where(
            holds_all, problem.required - problem.has_gap, problem.required - held_by
        ),
    )


def _no_higher_than(problem: AssignmentProblem, held_by: int) -> float:
    """Each case's floor if it were alone; nobody's can be above the least of them."""
    nth = np.minimum(problem.required, held_by) - 1
    best = _best_scores(problem, most=int(nth.max()) + 1)
    return float(best[np.arange(problem.n_cases), nth].min())


def _heights(problem: AssignmentProblem, most: float) -> Floats:
    """The scores up to there, ascending, each once."""
    scores = problem.score[problem.score <= most]
    scores.sort()
    is_first = np.ones(len(scores), dtype=np.bool_)
    is_first[1:] = scores[1:] != scores[:-1]
    return scores[is_first]


def bound_of(problem: AssignmentProblem, floors: list[Floor]) -> float:
    """What no assignment's worst case can exceed.

    In every assignment some case has its n-th best pair at or below the highest floor that n of
    every case's can hold. So its sum is at most n - 1 times its best score and the rest times the
    floor. And no case can have more than its best pairs give.
    """
    best, sums = _best_of_each_case(problem)
    bound = float(sums.min())
    for floor in floors:
        holds = np.minimum(problem.required, floor.held_by)
        if (problem.has_gap & (problem.required > floor.held_by)).any():
            continue  # this floor asks more than the rule does, so it bounds nothing
        most = (holds - 1) * best + (problem.required - holds + 1) * floor.height
        bound = min(bound, float(most.max()))
    return bound


def _best_of_each_case(problem: AssignmentProblem) -> tuple[Floats, Floats]:
    """(n_cases,): the best score, and the sum of as many of the best as are required."""
    best = _best_scores(problem, most=int(problem.required.max()))
    is_counted = np.arange(best.shape[1]) < problem.required[:, None]
    return best[:, 0], np.where(is_counted, best, 0.0).sum(axis=1)


def _best_scores(problem: AssignmentProblem, *, most: int) -> Floats:
    """(n_cases, most), each case's best scores, best first; -1 where it has no more pairs.

    One maximum after the other: a case requires few, and sorting a million pairs takes longer
    than the flow.
    """
    order = np.argsort(problem.case, kind="stable")  # which takes no time where they are in order
    case, score = problem.case[order], problem.score[order]
    starts: Integers = np.searchsorted(case, np.arange(problem.n_cases))
    best: Floats = np.full((problem.n_cases, most), -1.0)
    for nth in range(most):
        best[:, nth] = np.maximum.reduceat(score, starts)
        at_best = np.flatnonzero(score == best[case, nth])
        is_first = np.ones(len(at_best), dtype=np.bool_)
        is_first[1:] = case[at_best[1:]] != case[at_best[:-1]]
        score[at_best[is_first]] = -1.0
    return best
