"""Flows as linear programs: SciPy's HiGHS, for whole flows, prices and shares."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.matching.network import MILLION, FlowNetwork

_INFEASIBLE = 2


class LinearFlowSolver:
    """A FlowSolver that needs nothing but SciPy.

    A network's constraints are totally unimodular, so that the vertex which the simplex method
    ends at is whole.

    References
    ----------
    Ahuja, Magnanti and Orlin (1993), section 11.12. HiGHS: Huangfu and Hall (2018).
    """

    name = "SciPy"

    def cheapest_flow(self, network: FlowNetwork) -> Integers | None:
        flow = cheapest_shares(network, capacity=network.capacity.astype(np.float64))
        return None if flow is None else np.rint(flow).astype(np.int64)


def cheapest_shares(network: FlowNetwork, *, capacity: Floats) -> Floats | None:
    """(n_arcs,), the cheapest flow under these capacities, which need not be whole.

    Raises
    ------
    RuntimeError : HiGHS stopped without an answer, which no network of this kind should make it do
    """
    if not len(network.tail):
        return None if network.supply.any() else np.zeros(0)
    found = linprog(
        network.cost / MILLION,
        A_eq=_out_less_in(network),
        b_eq=network.supply,
        bounds=np.column_stack([np.zeros(len(capacity)), capacity]),
        method="highs-ds",
    )
    if found.status == _INFEASIBLE:
        return None
    if not found.success:
        raise RuntimeError(f"HiGHS found no flow: {found.message}")
    flow: Floats = found.x
    return flow


def _out_less_in(network: FlowNetwork) -> csr_array:
    arcs = np.arange(len(network.tail))
    ones = np.ones(len(arcs))
    return csr_array(
        (
            np.concatenate([ones, -ones]),
            (np.concatenate([network.tail, network.head]), np.concatenate([arcs, arcs])),
        ),
        shape=(len(network.supply), len(arcs)),
    )
