"""One pass over the ratings with two or three correlated abilities integrated out, in NumPy.

As the pass for one ability, with nodes that are turned by each candidate's own curvature. Parts
of the candidates come one after another, so that memory does not grow with the ratings.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import reduce
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.abilities.nodes import Curves, Grid, Integral, grid_of, integrate
from second_opinion.engine.facets.abilities.population import (
    population_information,
    population_score,
)
from second_opinion.engine.facets.abilities.rows import peaks, rows_by_ability
from second_opinion.engine.facets.block import Block
from second_opinion.engine.facets.layout import Layout
from second_opinion.engine.facets.parameters import Parameters
from second_opinion.engine.facets.row_information import row_information
from second_opinion.engine.facets.statistics import Posterior, Statistics, combine

NODES = {2: (9, 21), 3: (7, 13)}  # each way, of quick and of accurate passes, by abilities
_CELLS = 2_000_000  # rows times nodes times categories that are in memory at a time
_DENSE_COORDINATES = 300  # up to here a dense product beats a sparse one


def partial_statistics(
    layout: Layout,
    block: Block,
    parameters: Parameters,
    *,
    near: Posterior | None = None,
    n_nodes: int,
    with_information: bool = True,
) -> Statistics:
    """The log-likelihood of a block and its derivatives, for several abilities.

    Parameters
    ----------
    near : of an earlier pass, where the search for peaks begins
    n_nodes : of the quadrature for each candidate and ability

    References
    ----------
    Naylor and Smith (1982) for the nodes; Louis (1982), eq. 3.2, for the information.
    """
    grid = grid_of(n_nodes, layout.n_dimensions)
    return reduce(
        combine,
        (
            _statistics(
                layout,
                block.part(part),
                parameters,
                None if near is None else near.part(part),
                grid,
                with_information=with_information,
            )
            for part in _parts(layout, block, grid)
        ),
    )


def _parts(layout: Layout, block: Block, grid: Grid) -> Iterator[slice]:
    """Candidates that follow one another, as many as memory is meant to hold."""
    n_nodes, n_polynomials = grid.powers.shape
    cost = block.first * n_nodes * max(layout.category.shape[1], n_polynomials)
    cost = cost + np.arange(len(cost)) * n_nodes * n_polynomials
    n_parts = max(1, math.ceil(cost[-1] / _CELLS))
    edges = np.searchsorted(cost, np.linspace(0, cost[-1], n_parts + 1)[1:-1])
    stops = np.unique([0, *edges, block.n_candidates]).tolist()
    for start, stop in pairwise(stops):
        yield slice(start, stop)


def _statistics(
    layout: Layout,
    block: Block,
    parameters: Parameters,
    near: Posterior | None,
    grid: Grid,
    *,
    with_information: bool,
) -> Statistics:
    rows = rows_by_ability(layout, block, parameters)
    mode, factor = peaks(rows, parameters, near, block.n_candidates)
    found = integrate(rows, parameters, mode, factor, grid)
    mean = np.einsum("cq,cqd->cd", found.weight, found.ability)
    away = found.ability - mean[:, None, :]
    posterior = Posterior(
        mean=mean,
        covariance=(found.weight[..., None] * away).transpose(0, 2, 1) @ away,
    )
    information = np.zeros((0, 0))
    if with_information:
        information = _complete(layout, parameters, found, posterior)
        information -= _missing(layout, parameters, found)
    return Statistics(
        log_likelihood=float(found.log_likelihood.sum()),
        gradient=_gradient(layout, parameters, found),
        information=information,
        posterior=posterior,
    )


def _gradient(layout: Layout, parameters: Parameters, found: Integral) -> Floats:
    size = layout.n_coordinates
    sums = np.zeros(size + 1)
    for curves in found.curves:
        rows = curves.rows
        averaged = _averaged(curves, found.weight[:, None, :])[:, 0]
        chosen = np.arange(averaged.shape[1]) == rows.category[:, None]
        score = _features(averaged - chosen, rows.n_elements) * rows.weight[:, None]
        sums += np.bincount(rows.places.ravel(), weights=score.ravel(), minlength=size + 1)
    sums[layout.n_values : size] = np.einsum(
        "cq,cqf->f", found.weight, population_score(parameters, found.ability)
    )
    return sums[:size]


def _averaged(curves: Curves, along: Floats) -> Floats:
    """Chances of the categories summed over nodes: (n_rows, n_polynomials, n_categories).

    Parameters
    ----------
    along : (n_candidates, n_polynomials, n_nodes), what each node counts
    """
    return np.asarray(curves.own(along)[curves.rows.candidate] @ curves.chance)


def _features(chance: Floats, n_elements: int) -> Floats:
    """By each element of the row, how its expected category moves; by each category, its chance."""
    expected = (chance @ np.arange(chance.shape[-1]))[..., None]
    return np.concatenate([np.repeat(expected, n_elements, axis=-1), chance], axis=-1)


def _complete(
    layout: Layout, parameters: Parameters, found: Integral, posterior: Posterior
) -> Floats:
    """What would be known if abilities were observed, averaged over them."""
    size = layout.n_coordinates
    information = np.zeros((size, size))
    for curves in found.curves:
        rows = curves.rows
        weight = curves.own(found.weight)[rows.candidate] * rows.weight[:, None]
        weighted = weight[..., None] * curves.chance
        square = weighted.transpose(0, 2, 1) @ curves.chance
        information += row_information(
            rows.places, rows.n_elements, weighted.sum(axis=1), square, size
        )
    information[layout.n_values :, layout.n_values :] += population_information(
        parameters, posterior.mean, posterior.covariance
    )
    return information


def _missing(layout: Layout, parameters: Parameters, found: Integral) -> Floats:
    """Spread of the score over each candidate's abilities, by polynomials in them."""
    root = np.sqrt(found.weight)
    orthonormal = np.linalg.qr(root[..., None] * found.grid.powers)[0][..., 1:]
    along = (root[..., None] * orthonormal).transpose(0, 2, 1)
    n_candidates, n_polynomials, _ = along.shape
    size = layout.n_coordinates
    line, place, figure = [], [], []
    lines = np.arange(n_candidates * n_polynomials).reshape(n_candidates, n_polynomials)
    for curves in found.curves:
        rows = curves.rows
        score = _features(_averaged(curves, along), rows.n_elements) * rows.weight[:, None, None]
        line.append(np.broadcast_to(lines[rows.candidate][..., None], score.shape).ravel())
        place.append(np.broadcast_to(rows.places[:, None, :], score.shape).ravel())
        figure.append(score.ravel())
    own = along @ population_score(parameters, found.ability)
    line.append(np.broadcast_to(lines[..., None], own.shape).ravel())
    place.append(np.broadcast_to(np.arange(layout.n_values, size), own.shape).ravel())
    figure.append(own.ravel())
    return _squares(
        np.concatenate(line), np.concatenate(place), np.concatenate(figure), (lines.size, size)
    )


def _squares(line: Integers, place: Integers, figure: Floats, shape: tuple[int, int]) -> Floats:
    """A table's transpose times itself, from entries that add up; those past its end left out."""
    n_lines, size = shape
    if size <= _DENSE_COORDINATES:
        sums = np.bincount(
            line * (size + 1) + place, weights=figure, minlength=n_lines * (size + 1)
        )
        dense = sums.reshape(n_lines, size + 1)[:, :-1]
        return np.asarray(dense.T @ dense)
    sparse = csr_array((figure, (line, place)), shape=(n_lines, size + 1))[:, :-1]
    return np.asarray((sparse.T @ sparse).toarray())
