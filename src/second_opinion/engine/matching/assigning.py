"""Many cases at once: fairness to the worst case first, the best total second."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.matching.bottleneck import require_solvable
from second_opinion.engine.matching.floors import bound_of, highest_floor
from second_opinion.engine.matching.network import (
    Admission,
    FlowSolver,
    gap_rule,
    matching_network,
)
from second_opinion.engine.matching.problem import (
    Assignment,
    AssignmentProblem,
    summed_scores,
)


def fairest_assignment(problem: AssignmentProblem, *, solver: FlowSolver) -> Assignment:
    """The worst case as well served as can be; and of such assignments the best total.

    Where every case requires one assessor, both are exact (the total to a millionth a pair).
    Where some require k > 1, the largest worst sum is a hard problem (it holds the partition of
    numbers in it), and is bounded instead: for each n from 1 to k the highest floor that n of
    every case's assessors can hold is found exactly, then the best total above it; the floor
    whose worst case is best served wins, and `worst_bound` says how far from the best it can be.

    The total is the summed score less the cost of load.

    Raises
    ------
    InfeasibleError : not every case can be served; it names the bottleneck

    References
    ----------
    Stelmakh, Shah and Singh (2019), PeerReview4All, algorithm 1, for the floors. Exact in the
    bottleneck: Garfinkel (1971).
    """
    _require_cases(problem)
    require_solvable(problem)
    most = int(problem.required.max())
    found = []
    if most > 1:
        found.append(_best(problem, gap_rule(problem), bound_of(problem, []), solver))
        if found[0].is_fairest:
            return found[0]
    floors = [highest_floor(problem, held_by=number) for number in range(1, most + 1)]
    bound = bound_of(problem, floors)
    found += [_best(problem, floor.admission(problem), bound, solver) for floor in floors]
    fairest = max(found, key=lambda each: (round(each.worst, 9), each.total))
    return replace(fairest, worst_bound=bound)


def best_total_assignment(problem: AssignmentProblem, *, solver: FlowSolver) -> Assignment:
    """The best total score less the cost of load, whoever gets it.

    Raises
    ------
    InfeasibleError : not every case can be served; it names the bottleneck
    """
    _require_cases(problem)
    require_solvable(problem)
    return _best(problem, gap_rule(problem), bound_of(problem, []), solver)


def _require_cases(problem: AssignmentProblem) -> None:
    if not problem.n_cases:
        raise ArgumentError("There is no case to find an assessor for.")


def _best(
    problem: AssignmentProblem, admission: Admission, bound: float, solver: FlowSolver
) -> Assignment:
    matching = matching_network(problem, admission)
    flow = solver.cheapest_flow(matching.network)
    if flow is None:  # the floor was found by a flow that does get through
        raise RuntimeError("The flow solver found no flow where there is one.")
    pairs = matching.chosen(flow)
    scores = problem.score[pairs]
    return Assignment(
        pairs=pairs,
        worst=float(summed_scores(problem, pairs).min()),
        worst_bound=bound,
        total=float(np.sum(scores)),
        least_pair=float(scores.min()),
    )
