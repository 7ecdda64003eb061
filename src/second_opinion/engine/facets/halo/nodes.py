"""Where the halo model's likelihood is computed: nodes for abilities, impressions and curves.

An impression u is ability plus halo. The log-likelihood of one pair's ratings, as a function of u,
is a smooth curve: it is computed at a few Chebyshev nodes and is the polynomial through them
elsewhere. So a rating costs one set of nodes, whatever the number of points of the integral.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats

MOST_NODES = 48
NODE_STEP = 4  # numbers of nodes are multiples of it: what a processor handles at once


@dataclass(frozen=True, slots=True, kw_only=True)
class HaloQuadrature:
    """How finely the integrals over ability and impression are computed.

    n_abilities, n_impressions : Gauss-Hermite nodes, the impressions' for each ability; odd numbers
        or even ones serve alike
    n_least, n_per_logit : a pair's curve has n_least nodes and n_per_logit more for each logit of
        half its range
    """

    n_abilities: int
    n_impressions: int
    n_least: float
    n_per_logit: float


# For the way to the maximum: the log-likelihood of a candidate is good to about .001.
COARSE = HaloQuadrature(n_abilities=6, n_impressions=4, n_least=4.0, n_per_logit=2.5)
# For the last steps and what is reported: good to about .00001 (docs/methods/halo.md).
FINE = HaloQuadrature(n_abilities=12, n_impressions=13, n_least=7.0, n_per_logit=4.0)


def chebyshev_nodes(n_nodes: int) -> Floats:
    """(n_nodes,), on -1 to 1."""
    return np.cos(np.pi * (np.arange(n_nodes) + 0.5) / n_nodes)


def chebyshev_transform(n_nodes: int) -> Floats:
    """Values at the nodes to coefficients of the polynomial through them.

    Returns
    -------
    (n_nodes, n_nodes), coefficients = transform @ values
    """
    angle = np.pi * (np.arange(n_nodes) + 0.5) / n_nodes
    transform = np.cos(np.outer(np.arange(n_nodes), angle)) * 2 / n_nodes
    transform[0] /= 2
    return np.asarray(transform)


def hermite_rule(n_nodes: int) -> tuple[Floats, Floats]:
    """Nodes of a normal density with variance 1, and logs of weight over density.

    The integral of f is the sum of exp(log weight) f(node): nothing is assumed of f's height.
    """
    node, weight = np.polynomial.hermite_e.hermegauss(n_nodes)
    return np.asarray(node), np.asarray(np.log(weight) + node**2 / 2)
