"""Nodes in two or three dimensions around each candidate's peak."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.facets.abilities.rows import AbilityRows
from second_opinion.engine.facets.categories import log_probabilities
from second_opinion.engine.facets.parameters import Parameters

_DEGREE = 5  # of the score's polynomials in the abilities; beyond lie some ten-thousandths


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Products of Gauss-Hermite nodes, the last ability's fastest.

    point : (n_nodes, n_dimensions)
    log_weight : (n_nodes,), with what the normal curve under the integral takes back
    powers : (n_nodes, n_polynomials), all products of powers up to a degree, the constant first
    """

    point: Floats
    log_weight: Floats
    powers: Floats


@cache
def grid_of(n_each_way: int, n_dimensions: int) -> Grid:
    """The grid with so many nodes for each ability."""
    point, weight = np.polynomial.hermite.hermgauss(n_each_way)
    points = np.array(list(product(point, repeat=n_dimensions)))
    log_weight = np.array(list(product(np.log(weight) + point**2, repeat=n_dimensions)))
    exponents = sorted(
        (one for one in product(range(_DEGREE + 1), repeat=n_dimensions) if sum(one) <= _DEGREE),
        key=sum,
    )
    powers = np.stack([np.prod(points ** np.array(one), axis=1) for one in exponents], axis=1)
    return Grid(point=points, log_weight=log_weight.sum(axis=1), powers=powers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """The chances of every category along one ability's nodes.

    chance : (n_rows, n_own_nodes, n_categories)
    n_later : how many nodes of the whole grid share each of these
    """

    rows: AbilityRows
    chance: Floats
    n_later: int

    def own(self, along: Floats) -> Floats:
        """Figures at all nodes summed over later abilities: (..., n_own_nodes)."""
        return np.asarray(along.reshape(*along.shape[:-1], -1, self.n_later).sum(axis=-1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Integral:
    """Abilities at the nodes and what each node weighs in its candidate's posterior.

    ability : (n_candidates, n_nodes, n_dimensions), logits
    weight : (n_candidates, n_nodes), sums to one
    log_likelihood : (n_candidates,)
    """

    grid: Grid
    curves: tuple[Curves, ...]
    ability: Floats
    weight: Floats
    log_likelihood: Floats


def integrate(
    rows: tuple[AbilityRows, ...], parameters: Parameters, mode: Floats, factor: Floats, grid: Grid
) -> Integral:
    """The likelihood of each candidate's ratings, abilities integrated out.

    The factor is lower triangular, so an ability moves with its own and earlier nodes alone, and
    its rows are looked at on those.

    References
    ----------
    Naylor and Smith (1982), section 3: the nodes are turned and scaled by the factor.
    """
    n_dimensions = len(rows)
    ability = mode[:, None, :] + math.sqrt(2) * grid.point @ factor.transpose(0, 2, 1)
    n_each_way = round(len(grid.point) ** (1 / n_dimensions))
    below = np.linalg.cholesky(parameters.covariance)
    standard = (ability - parameters.mean) @ np.linalg.inv(below).T
    joint = grid.log_weight - 0.5 * (standard**2).sum(axis=2)
    sizes = np.log(np.diagonal(factor, axis1=1, axis2=2)) - np.log(np.diagonal(below))
    joint += (sizes - 0.5 * math.log(math.pi)).sum(axis=1, keepdims=True)
    curves = []
    for index, own in enumerate(rows):
        n_later = n_each_way ** (n_dimensions - 1 - index)
        logit = ability[own.candidate, ::n_later, index] - own.location[:, None]
        log_chance = log_probabilities(logit, own.table[:, None, :])
        given = np.take_along_axis(log_chance, own.category[:, None, None], axis=-1)[..., 0]
        joint += np.repeat(own.total @ given, n_later, axis=1)
        curves.append(Curves(rows=own, chance=np.exp(log_chance), n_later=n_later))
    top = joint.max(axis=1, keepdims=True)
    weight = np.exp(joint - top)
    marginal = weight.sum(axis=1, keepdims=True)
    return Integral(
        grid=grid,
        curves=tuple(curves),
        ability=ability,
        weight=weight / marginal,
        log_likelihood=(np.log(marginal) + top)[:, 0],
    )
