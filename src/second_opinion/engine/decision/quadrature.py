"""Nodes and weights to integrate with, made once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from second_opinion.engine.arrays import Floats


@lru_cache(maxsize=16)
def legendre(n: int) -> tuple[Floats, Floats]:
    """Gauss-Legendre nodes and weights on 0 to 1; not to be written into."""
    nodes, weights = np.polynomial.legendre.leggauss(n)
    nodes, weights = (nodes + 1) / 2, weights / 2
    nodes.setflags(write=False)
    weights.setflags(write=False)
    return nodes, weights


@lru_cache(maxsize=4)
def hermite(n: int) -> tuple[Floats, Floats]:
    """Nodes and weights, summing to 1, of a standard normal variable; not to be written into."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(n)
    weights = weights / weights.sum()
    nodes.setflags(write=False)
    weights.setflags(write=False)
    return nodes, weights
