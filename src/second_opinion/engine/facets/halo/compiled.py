"""The halo-aware model's statistics of ratings by the thousand and million, by compiled loops."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.block import Block
from second_opinion.engine.facets.cells import cells_of
from second_opinion.engine.facets.grids import Windows, coarse_grid, windows_around
from second_opinion.engine.facets.halo.kernel.lattice import pass_pairs
from second_opinion.engine.facets.halo.kernel.missing import take_missing
from second_opinion.engine.facets.halo.nodes import hermite_rule
from second_opinion.engine.facets.halo.pairs import Pairs
from second_opinion.engine.facets.kernel.windows import add_cells, locate
from second_opinion.engine.facets.layout import Layout
from second_opinion.engine.facets.node_tables import tables_of
from second_opinion.engine.facets.parameters import Parameters
from second_opinion.engine.facets.statistics import Posterior, Statistics

_REACH = (4.5, 6.5)  # SDs on either side that the nodes cover, in quick and in accurate passes
_FINENESS = (0.9, 1.3)  # nodes for each SD of an impression at a known ability, at least
_ABILITIES = (7, 12)  # nodes of the ability
_SMALLEST = 0.03  # logits: a smaller halo is counted as this, or its grid would be endlessly fine
_DEGREES = (2, 5)  # of the polynomials along which the score's spread is taken


class CompiledHalo:
    """Passes over one block; its cells are numbered once.

    Rows are those of the block in the order of the pairs.
    """

    def __init__(self, layout: Layout, block: Block, pairs: Pairs) -> None:
        order = pairs.order
        self._layout, self._pairs = layout, pairs
        self._cells = cells_of(layout, _in_order(block, order))
        self._weight = np.empty(0) if block.weight is None else block.weight[order]
        given = block.category[order].astype(np.float64)
        if block.weight is not None:
            given *= self._weight
        self._points = np.add.reduceat(given, pairs.first[:-1])

    def statistics(
        self,
        parameters: Parameters,
        *,
        near: Posterior | None,
        is_accurate: bool,
        with_information: bool,
    ) -> Statistics:
        """As ``scores.statistics_of``; the information only where it is asked for."""
        layout, cells, pairs = self._layout, self._cells, self._pairs
        spread = _spread(parameters)
        normal = self._normal_curves(parameters, spread, near)
        peak, windows = self._place_nodes(normal, spread, is_accurate=is_accurate)
        tables = tables_of(self._layout, self._cells, parameters, windows.ability)
        counts = np.zeros_like(tables.log_sum)
        node, log_weight = hermite_rule(_ABILITIES[is_accurate])
        posterior = np.empty((len(peak), 2))
        shared = (
            pairs.first_of_candidate, pairs.first, cells.cell, self._weight, self._points,
            tables.log_sum, windows.ability, windows.start, windows.n_nodes, node, log_weight,
            peak, spread,
        )  # fmt: skip
        log_likelihood, square = pass_pairs(*shared, normal, posterior, counts)
        n_densities = np.array([len(peak), pairs.n_pairs])
        log_likelihood -= 0.5 * float(n_densities @ np.log(2 * np.pi * spread[1:]))
        log_likelihood -= float(cells.given[: layout.n_values] @ parameters.values)
        size = layout.n_coordinates
        gradient = -cells.given
        information = np.zeros((size, size)) if with_information else np.zeros((0, 0))
        inner = layout.category[:, 1:-1].astype(np.int32)
        model = (tables.expected, tables.chance, cells.elements, cells.group, inner)
        add_cells(counts, *model, gradient, information)
        _add_population(layout, gradient, information, posterior, spread, square, pairs.n_pairs)
        if with_information:
            missing = np.zeros((size, size))
            take_missing(*shared, *model, _DEGREES[is_accurate], missing)
            information -= missing
            information = information + information.T - np.diag(np.diagonal(information))
        if parameters.halo_sd < _SMALLEST:
            _hold_halo(gradient, information)
        return Statistics(
            log_likelihood=log_likelihood,
            gradient=gradient,
            information=information,
            posterior=Posterior(
                mean=posterior[:, :1], covariance=posterior[:, 1:, None], impression=normal
            ),
        )

    def _normal_curves(
        self, parameters: Parameters, spread: Floats, near: Posterior | None
    ) -> Floats:
        """(n_pairs, 2), pull and precision of each pair's likelihood, roughly."""
        if near is not None and near.impression is not None:
            return near.impression.copy()
        population = np.array([spread[0], spread[1] + spread[2]])
        ability = coarse_grid(float(population[0]), float(np.sqrt(population[1])))
        found = np.empty((self._pairs.n_pairs, 2))
        locate(
            self._pairs.first,
            self._cells.cell,
            self._weight,
            self._points,
            tables_of(self._layout, self._cells, parameters, ability).log_sum,
            ability,
            population,
            found,
        )
        precision = np.maximum(1 / found[:, 1] - 1 / population[1], 1e-6)
        pull = found[:, 0] / found[:, 1] - population[0] / population[1]
        return np.stack([pull, precision], axis=1)

    def _place_nodes(
        self, normal: Floats, spread: Floats, *, is_accurate: bool
    ) -> tuple[Floats, Windows]:
        """Mean and SD of each ability, and each pair's nodes, as if all curves were normal."""
        candidate = self._pairs.candidate
        n_candidates = len(self._pairs.first_of_candidate) - 1
        mean, population, halo = spread
        kept = 1 / (1 + normal[:, 1] * halo)
        precision = 1 / population + np.bincount(candidate, normal[:, 1] * kept, n_candidates)
        lean = mean / population + np.bincount(candidate, normal[:, 0] * kept, n_candidates)
        ability, variance = lean / precision, 1 / precision
        centre = (normal[:, 0] * halo + ability[candidate]) * kept
        own = np.sqrt(halo * kept)
        whole = np.sqrt(halo * kept + kept**2 * variance[candidate])
        windows = windows_around(
            centre, own, fineness=_FINENESS[is_accurate], reach=_REACH[is_accurate] * whole / own
        )
        return np.stack([ability, np.sqrt(variance)], axis=1), windows


def _spread(parameters: Parameters) -> Floats:
    """(3,), mean and variance of the population, variance of halo."""
    halo_sd = max(parameters.halo_sd, _SMALLEST)
    return np.array([parameters.mean[0], parameters.covariance[0, 0], halo_sd**2])


def _hold_halo(gradient: Floats, information: Floats) -> None:
    """Nothing moves a halo that is as small as is counted."""
    gradient[-1] = 0.0
    if len(information):
        information[-1], information[:, -1], information[-1, -1] = 0.0, 0.0, 1.0


def _in_order(block: Block, order: Integers) -> Block:
    return replace(
        block,
        category=block.category[order],
        elements=block.elements[order],
        group=block.group[order],
        weight=None if block.weight is None else block.weight[order],
        row=block.row[order],
    )


def _add_population(
    layout: Layout,
    gradient: Floats,
    information: Floats,
    posterior: Floats,
    spread: Floats,
    square_halo: float,
    n_pairs: int,
) -> None:
    """What mean, log SD and the log SD of halo would be known by if all were seen."""
    place, away = layout.n_values, posterior[:, 0] - spread[0]
    square = away**2 + posterior[:, 1]
    gradient[place] += away.sum() / spread[1]
    gradient[place + 1] += (square / spread[1] - 1).sum()
    gradient[place + 2] += square_halo / spread[2] - n_pairs
    if len(information):
        information[place, place] += len(away) / spread[1]
        information[place + 1, place] += 2 * away.sum() / spread[1]
        information[place + 1, place + 1] += 2 * square.sum() / spread[1]
        information[place + 2, place + 2] += 2 * square_halo / spread[2]
