"""The fastest solver of flows that is installed."""

from __future__ import annotations

import importlib.util

import numpy as np

from second_opinion.engine.arrays import Integers
from second_opinion.engine.matching import FlowNetwork, FlowSolver, LinearFlowSolver


def flow_solver() -> FlowSolver:
    """OR-Tools where it is installed (the extra `matching`), else SciPy."""
    if importlib.util.find_spec("ortools") is None:
        return LinearFlowSolver()
    return NetworkFlowSolver()


class NetworkFlowSolver:
    """OR-Tools' minimum-cost flow: cost scaling with push and relabel (Goldberg 1997)."""

    name = "OR-Tools"

    def cheapest_flow(self, network: FlowNetwork) -> Integers | None:
        from ortools.graph.python import min_cost_flow

        solver = min_cost_flow.SimpleMinCostFlow()
        arcs = solver.add_arcs_with_capacity_and_unit_cost(
            network.tail, network.head, network.capacity, network.cost
        )
        solver.set_nodes_supplies(np.arange(len(network.supply)), network.supply)
        if solver.solve() != solver.OPTIMAL:
            return None
        return np.asarray(solver.flows(arcs), dtype=np.int64)
