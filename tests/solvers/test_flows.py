import numpy as np
import pytest
from hypothesis import given, settings

from second_opinion.engine.matching import (
    AssignmentProblem,
    InfeasibleError,
    LinearFlowSolver,
    best_total_assignment,
    fairest_assignment,
)
from second_opinion.solvers import flows
from second_opinion.solvers.flows import NetworkFlowSolver, flow_solver
from tests.engine.matching.problems import small_problems, whole


def merit(problem, solver):
    try:
        fairest = fairest_assignment(problem, solver=solver)
    except InfeasibleError as error:
        return error.bottleneck
    best = best_total_assignment(problem, solver=solver)
    return round(fairest.worst, 9), round(fairest.total, 4), round(best.total, 4)


@settings(max_examples=40, deadline=None)
@given(small_problems(gaps=True))
def test_both_solvers_find_equally_good_assignments(problem):
    pytest.importorskip("ortools")

    assert merit(problem, NetworkFlowSolver()) == merit(problem, LinearFlowSolver())


def test_a_network_too_narrow_is_no_flow_to_either():
    pytest.importorskip("ortools")
    problem = AssignmentProblem.of_matrix(np.ones((2, 1)), required=whole(1, 1), cap=whole(1))
    from second_opinion.engine.matching.network import gap_rule, matching_network

    network = matching_network(problem, gap_rule(problem)).network

    assert NetworkFlowSolver().cheapest_flow(network) is None
    assert LinearFlowSolver().cheapest_flow(network) is None


@pytest.mark.parametrize(("found", "kind"), [(None, LinearFlowSolver), ("spec", NetworkFlowSolver)])
def test_the_fastest_that_is_installed_is_taken(monkeypatch, found, kind):
    monkeypatch.setattr(flows.importlib.util, "find_spec", lambda name: found)

    assert isinstance(flow_solver(), kind)
