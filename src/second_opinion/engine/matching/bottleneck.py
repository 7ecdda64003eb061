"""Why not every case can be served: the cases that compete, and for whom."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Integers
from second_opinion.engine.errors import EngineError
from second_opinion.engine.matching.network import gap_rule, matching_network
from second_opinion.engine.matching.problem import AssignmentProblem
from second_opinion.engine.matching.reach import GreatestFlow, gets_through, greatest_flow

_MOST_STARTS = 50  # unserved cases that a bottleneck is looked for from
_MOST_TRIED = 300  # cases of a bottleneck that are each tried without


@dataclass(frozen=True, slots=True, kw_only=True)
class Bottleneck:
    """Cases that need more than the assessors they may have can take.

    No case can be left out of it: without any one of them, the others could be served.

    cases, assessors : ascending
    needed : places of those cases
    available : how many of them those assessors can fill at most
    is_gap : it is the competence that the client lacks which is short, not assessors as such;
        needed and available then count one place a case, and assessors are those who cover it
    """

    cases: tuple[int, ...]
    assessors: tuple[int, ...]
    needed: int
    available: int
    is_gap: bool


class InfeasibleError(EngineError):
    """Not every case can be served."""

    def __init__(self, bottleneck: Bottleneck) -> None:
        what = " who cover what the client lacks" if bottleneck.is_gap else ""
        super().__init__(
            f"{len(bottleneck.cases)} cases have {bottleneck.needed} places, and the "
            f"{len(bottleneck.assessors)} assessors that they may have{what} can fill "
            f"{bottleneck.available}."
        )
        self.bottleneck = bottleneck


def require_solvable(problem: AssignmentProblem) -> None:
    """Raise InfeasibleError, with its bottleneck, unless every case can be served."""
    found = bottleneck_of(problem)
    if found is not None:
        raise InfeasibleError(found)


def bottleneck_of(problem: AssignmentProblem) -> Bottleneck | None:
    """The smallest set of competing cases that is found, or None where all can be served.

    From each unserved case, the cases from which the largest flow could have taken something are
    a set that needs too much (the cut of the residual network). The smallest such set is thinned
    until no case can be left out.

    References
    ----------
    Hall (1935); Ford and Fulkerson (1956) for the cut. With caps and several places a case, the
    condition is that of Gale (1957).
    """
    if _can_be_served(problem):
        return None
    plain = dataclasses.replace(problem, has_gap=np.zeros_like(problem.has_gap))
    is_gap = _can_be_served(plain)
    blamed = problem if is_gap else plain
    cases = _thinned(blamed, _smallest_cut(blamed))
    return _told(blamed, cases, is_gap=is_gap)


def _can_be_served(problem: AssignmentProblem) -> bool:
    return gets_through(matching_network(problem, gap_rule(problem)).network)


def _smallest_cut(problem: AssignmentProblem) -> Integers:
    flow: GreatestFlow = greatest_flow(matching_network(problem, gap_rule(problem)).network)
    unserved = np.flatnonzero(flow.missing > 0)[:_MOST_STARTS]
    reached = (flow.reached_from(int(case)) for case in unserved)
    cuts = [np.sort(nodes[nodes < problem.n_cases]) for nodes in reached]
    return min(cuts, key=len)


def _thinned(problem: AssignmentProblem, cases: Integers) -> Integers:
    """Without every case that the shortage remains without."""
    kept = np.zeros(problem.n_cases, dtype=np.bool_)
    kept[cases] = True
    for case in cases[:_MOST_TRIED]:
        kept[case] = False
        if _can_be_served(problem.of_cases(kept)):
            kept[case] = True
    return np.flatnonzero(kept)


def _told(problem: AssignmentProblem, cases: Integers, *, is_gap: bool) -> Bottleneck:
    inside = np.isin(problem.case, cases)
    for_gap = is_gap and bool(problem.has_gap[cases].all())
    if for_gap:
        inside &= problem.covers_gap
        needed = len(cases)
    else:
        needed = int(problem.required[cases].sum())
    meets = np.bincount(problem.assessor[inside], minlength=problem.n_assessors)
    available = int(np.minimum(problem.cap, meets).sum())
    if for_gap and available >= needed:  # the gap and the number of places are short together
        return _told(problem, cases, is_gap=False)
    return Bottleneck(
        cases=tuple(cases.tolist()),
        assessors=tuple(np.flatnonzero(meets).tolist()),
        needed=needed,
        available=available,
        is_gap=for_gap,
    )
