"""Our side of the assignments; also writes what the peer reads."""

from __future__ import annotations

import time
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from memory import Memory

from second_opinion.engine.matching import (
    Assignment,
    AssignmentProblem,
    best_total_assignment,
    fairest_assignment,
    summed_scores,
)
from second_opinion.engine.matching.network import gap_rule, matching_network
from second_opinion.solvers.flows import NetworkFlowSolver

SEED = 20261129


@lru_cache(maxsize=1)
def sparse() -> AssignmentProblem:
    """10,000 cases, 1,000 assessors with room for 12 each, 30 of them eligible for each case."""
    rng = np.random.default_rng(SEED)
    n_cases, n_assessors, eligible = 10_000, 1_000, 30
    assessor = [rng.choice(n_assessors, eligible, replace=False) for _ in range(n_cases)]
    return AssignmentProblem(
        case=np.repeat(np.arange(n_cases), eligible),
        assessor=np.concatenate(assessor),
        score=rng.random(n_cases * eligible),
        required=np.ones(n_cases, dtype=np.int64),
        cap=np.full(n_assessors, 12),
    )


def fair(task: str, folder: Path) -> dict[str, Any]:  # noqa: ARG001  # as all tasks
    problem = sparse()
    memory, began = Memory(), time.perf_counter()
    found = fairest_assignment(problem, solver=NetworkFlowSolver())
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "memory": memory.above, "note": _told("max-min", found)}


def raw(task: str, folder: Path) -> dict[str, Any]:  # noqa: ARG001
    """OR-Tools on the graph of the best total and nothing else, the graph being ready."""
    problem = sparse()
    network = matching_network(problem, gap_rule(problem)).network
    memory, began = Memory(), time.perf_counter()
    flow = NetworkFlowSolver().cheapest_flow(network)
    seconds = time.perf_counter() - began
    total = -(flow * network.cost).sum() / 1e6
    return {"seconds": seconds, "memory": memory.above, "note": f"best total {total:,.2f}"}


def dense() -> np.ndarray:
    """(cases, assessors): 2,000 by 500, what both know or lack in common being ten subjects."""
    rng = np.random.default_rng(SEED)
    subjects = rng.dirichlet(np.full(10, 0.3), 2_000) @ rng.dirichlet(np.full(10, 0.3), 500).T
    return np.round(np.clip(0.9 * subjects + 0.1 * rng.random(subjects.shape), 0.001, 1), 6)


def panel(task: str, folder: Path) -> dict[str, Any]:
    """Two assessors a case, ten cases an assessor at most."""
    score = dense()
    np.save(folder / f"{task}.npy", score)
    n_cases, n_assessors = score.shape
    problem = AssignmentProblem.of_matrix(
        score, required=np.full(n_cases, 2), cap=np.full(n_assessors, 10)
    )
    assign = fairest_assignment if task == "assign_fairflow" else best_total_assignment
    began = time.perf_counter()
    found = assign(problem, solver=NetworkFlowSolver())
    seconds = time.perf_counter() - began
    assert summed_scores(problem, found.pairs).min() == found.worst
    return {"seconds": seconds, "note": _told("ours", found)}


def _told(whose: str, found: Assignment) -> str:
    bound = "" if found.is_fairest else f" (at most {found.worst_bound:.4f})"
    return f"{whose}: worst {found.worst:.4f}{bound}, total {found.total:,.2f}"


TASKS = {
    "assign_fair": fair,
    "assign_raw": raw,
    **dict.fromkeys(("assign_minmax", "assign_fairflow"), panel),
}
