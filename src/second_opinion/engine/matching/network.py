"""A matching as a flow: from cases, through pairs, to assessors and out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.matching.coverage import Booleans
from second_opinion.engine.matching.problem import AssignmentProblem

MILLION = 1_000_000
"""Costs are whole millionths of a score: every solver then adds them up exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowNetwork:
    """Arcs with whole capacities and costs; what goes into a node must come out of it.

    tail, head, capacity, cost : (n_arcs,)
    supply : (n_nodes,), what enters the network there; below 0 what leaves it
    """

    tail: Integers
    head: Integers
    capacity: Integers
    cost: Integers
    supply: Integers


class FlowSolver(Protocol):
    """Whatever can send a supply through a network at the least cost."""

    @property
    def name(self) -> str:
        """The package that does the work."""
        ...

    def cheapest_flow(self, network: FlowNetwork) -> Integers | None:
        """(n_arcs,), the whole flow on each arc; None where not all of the supply gets through."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """Which pairs may be chosen, and how many of a case's pairs may be of the lesser kind.

    allowed : (n_pairs,)
    is_lesser : (n_pairs,), for instance not covering what the client lacks
    most_lesser : (n_cases,), at least one below required where the case is split
    """

    allowed: Booleans
    is_lesser: Booleans
    most_lesser: Integers


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingNetwork:
    """A network whose first arcs are pairs.

    pairs : (n_admitted,), the pair of the problem that each of the first arcs is
    """

    network: FlowNetwork
    pairs: Integers

    def chosen(self, flow: Integers) -> Integers:
        """The pairs that a flow chose, ascending."""
        return np.sort(self.pairs[flow[: len(self.pairs)] > 0])


def gap_rule(problem: AssignmentProblem) -> Admission:
    """At least one assessor covers what the client lacks: of a case's pairs, all but one need not.

    Every pair belongs to one side of the split, so nobody can come to one case twice.
    """
    is_lesser = problem.has_gap[problem.case] & ~problem.covers_gap
    return Admission(
        allowed=np.ones(len(problem.case), dtype=np.bool_),
        is_lesser=is_lesser,
        most_lesser=problem.required - problem.has_gap,
    )


def matching_network(problem: AssignmentProblem, admission: Admission) -> MatchingNetwork:
    """The flow problem whose whole flows are the matchings that are admitted.

    Nodes are the cases, the assessors, a node for the lesser pairs of every case that is split,
    and the way out. Whoever is chosen for one case more costs one arc more.
    """
    is_split = admission.most_lesser < problem.required
    through = admission.is_lesser & is_split[problem.case]
    dead = through & (admission.most_lesser[problem.case] <= 0)
    pairs = np.flatnonzero(admission.allowed & ~dead)
    split = np.flatnonzero(is_split & (admission.most_lesser > 0))
    first_side = problem.n_cases + problem.n_assessors
    side = np.full(problem.n_cases, -1)
    side[split] = first_side + np.arange(len(split))
    out = first_side + len(split)
    case = problem.case[pairs]
    tail = np.where(through[pairs], side[case], case)
    leaving, leaving_capacity, leaving_cost = _ways_out(problem)
    n_split = len(split)
    return MatchingNetwork(
        network=FlowNetwork(
            tail=np.concatenate([tail, split, problem.n_cases + leaving]),
            head=np.concatenate(
                [
                    problem.n_cases + problem.assessor[pairs],
                    side[split],
                    np.full(len(leaving), out),
                ]
            ),
            capacity=np.concatenate(
                [
                    np.ones(len(pairs), dtype=np.int64),
                    admission.most_lesser[split],
                    leaving_capacity,
                ]
            ),
            cost=np.concatenate(
                [-_millionths(problem.score[pairs]), np.zeros(n_split, np.int64), leaving_cost]
            ),
            supply=_supply(problem, n_nodes=out + 1),
        ),
        pairs=pairs,
    )


def _ways_out(problem: AssignmentProblem) -> tuple[Integers, Integers, Integers]:
    """Assessor, capacity and cost of each arc to the way out."""
    if not problem.load_cost:
        every = np.arange(problem.n_assessors)
        return every, problem.cap, np.zeros(problem.n_assessors, dtype=np.int64)
    # nobody can be given more cases than they are paired with
    most = np.minimum(problem.cap, np.bincount(problem.assessor, minlength=problem.n_assessors))
    assessor = np.repeat(np.arange(problem.n_assessors), most)
    nth = np.arange(len(assessor)) - np.repeat(np.cumsum(most) - most, most)
    cost = _millionths(problem.load_cost * (problem.load[assessor] + nth))
    return assessor, np.ones(len(assessor), dtype=np.int64), cost


def _supply(problem: AssignmentProblem, *, n_nodes: int) -> Integers:
    supply = np.zeros(n_nodes, dtype=np.int64)
    supply[: problem.n_cases] = problem.required
    supply[-1] = -problem.required.sum()
    return supply


def _millionths(score: Floats) -> Integers:
    return np.rint(score * MILLION).astype(np.int64)
