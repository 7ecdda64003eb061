"""How much of a matching's flow gets through, and what holds up the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, csr_matrix
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from second_opinion.engine.arrays import Integers
from second_opinion.engine.matching.network import FlowNetwork


@dataclass(frozen=True, slots=True, kw_only=True)
class GreatestFlow:
    """The largest flow that gets through a network.

    missing : (n_nodes,), what of each supply the flow leaves behind; 0 where all gets through
    residual : (n_nodes, n_nodes), where more could go, or be taken back
    """

    missing: Integers
    residual: csr_array

    @property
    def is_whole(self) -> bool:
        return not self.missing.any()

    def reached_from(self, node: int) -> Integers:
        """Nodes to which more could go from this one."""
        return np.asarray(
            breadth_first_order(self.residual, node, return_predecessors=False), dtype=np.int64
        )


def gets_through(network: FlowNetwork) -> bool:
    """Whether the whole supply gets through."""
    return _largest(network)[0] == int(network.supply[network.supply > 0].sum())


def greatest_flow(network: FlowNetwork) -> GreatestFlow:
    """The largest flow, and its residual network.

    References
    ----------
    Ford and Fulkerson (1956); Dinic's algorithm, as SciPy has it.
    """
    _, capacity, flow = _largest(network)
    n_nodes = len(network.supply)
    source = n_nodes
    sent = np.asarray(flow[[source], :n_nodes].toarray()).ravel().astype(np.int64)
    residual = csr_array(capacity - flow)
    residual = residual[:n_nodes, :n_nodes]
    residual.eliminate_zeros()
    return GreatestFlow(missing=np.maximum(network.supply, 0) - sent, residual=residual)


def _largest(network: FlowNetwork) -> tuple[int, csr_matrix, csr_matrix]:
    n_nodes = len(network.supply)
    source, sink = n_nodes, n_nodes + 1
    gives, takes = np.flatnonzero(network.supply > 0), np.flatnonzero(network.supply < 0)
    capacity = csr_matrix(
        (
            np.concatenate(
                [network.capacity, network.supply[gives], -network.supply[takes]]
            ).astype(np.int32),
            (
                np.concatenate([network.tail, np.full(len(gives), source), takes]),
                np.concatenate([network.head, gives, np.full(len(takes), sink)]),
            ),
        ),
        shape=(n_nodes + 2, n_nodes + 2),
    )
    found = maximum_flow(capacity, source, sink)
    return int(found.flow_value), capacity, found.flow
