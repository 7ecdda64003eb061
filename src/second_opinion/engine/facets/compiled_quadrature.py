"""The same pass as `quadrature` makes, for many ratings: compiled, on grids that are shared."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.block import Block
from second_opinion.engine.facets.cells import cells_of
from second_opinion.engine.facets.grids import coarse_grid, windows_around
from second_opinion.engine.facets.kernel.missing import pass_with_information
from second_opinion.engine.facets.kernel.windows import (
    add_cells,
    locate,
    pass_windows,
)
from second_opinion.engine.facets.layout import Layout
from second_opinion.engine.facets.node_tables import tables_of
from second_opinion.engine.facets.parameters import Parameters
from second_opinion.engine.facets.statistics import Posterior, Statistics

_MOST_CELLS = 60_000
_AT_HAND = 2_000  # cells


def compiled_passes(layout: Layout, block: Block) -> list[CompiledPasses]:
    """Passes over a block: whole, or in parts where the tables of its cells would be too large."""
    whole = CompiledPasses(layout, block, slice(0, block.n_candidates))
    if whole.n_cells <= _MOST_CELLS:
        return [whole]
    parts, begin = [], 0
    while begin < block.n_candidates:
        end = int(np.searchsorted(block.first, block.first[begin] + _MOST_CELLS, side="right")) - 1
        candidates = slice(begin, max(end, begin + 1))
        parts.append(CompiledPasses(layout, block.part(candidates), candidates))
        begin = candidates.stop
    return parts


class CompiledPasses:
    """Passes over one block; its cells are numbered once.

    Where the tables are larger than a processor keeps at hand, candidates of one assessor are
    taken together, so that what is looked up for them is still there.

    candidates : which of all candidates are in the block
    """

    def __init__(self, layout: Layout, block: Block, candidates: slice) -> None:
        self.candidates = candidates
        self._layout = layout
        cells = cells_of(layout, block)
        weight = np.empty(0) if block.weight is None else block.weight
        self._order: Integers | None = None
        self._first = block.first
        if len(cells.group) > _AT_HAND and block.n_candidates > 1:
            self._order = _by_first_assessor(block)
            self._first, rows = block.rows_of(self._order)
            cells = replace(cells, cell=cells.cell[rows], total=cells.total[self._order])
            weight = weight[rows] if len(weight) else weight
        self._cells, self._weight = cells, weight
        self._inner = layout.category[:, 1:-1].astype(np.int32)

    @property
    def n_cells(self) -> int:
        return len(self._cells.group)

    def partial_statistics(
        self,
        parameters: Parameters,
        *,
        near: Posterior | None = None,
        is_accurate: bool = False,
        with_information: bool = True,
    ) -> Statistics:
        """As the function of this name in `quadrature`, which is the check of it."""
        population = np.array([parameters.mean[0], parameters.covariance[0, 0]])
        posterior = self._near(parameters, population, near)
        windows = windows_around(
            posterior[:, 0],
            np.sqrt(posterior[:, 1]),
            fineness=1.0 if is_accurate else 0.8,
            reach=5.5 if is_accurate else 4.0,
        )
        tables = tables_of(self._layout, self._cells, parameters, windows.ability)
        counts = np.zeros_like(tables.log_sum)
        own = (self._first, self._cells.cell, self._weight, self._cells.total, tables.log_sum)
        at = (windows.ability, windows.start, windows.n_nodes, population)
        cells = (self._cells.elements, self._cells.group, self._inner)
        size = self._layout.n_coordinates
        information = np.zeros((size, size)) if with_information else np.zeros((0, 0))
        if with_information:
            moments = (tables.expected, tables.chance)
            log_likelihood = pass_with_information(
                *own, *at, posterior, counts, *moments, *cells, information
            )
        else:
            log_likelihood = pass_windows(*own, *at, posterior, counts)
        log_likelihood -= 0.5 * len(posterior) * float(np.log(2 * np.pi * population[1]))
        given = self._cells.given[: self._layout.n_values]
        gradient = -self._cells.given
        add_cells(counts, tables.expected, tables.chance, *cells, gradient, information)
        _add_population(self._layout, gradient, information, posterior, population)
        if with_information:
            diagonal = np.diagonal(information).copy()
            information = information + information.T
            np.fill_diagonal(information, diagonal)
        return Statistics(
            log_likelihood=log_likelihood - float(given @ parameters.values),
            gradient=gradient,
            information=information,
            posterior=self._as_they_came(posterior),
        )

    def _as_they_came(self, posterior: Floats) -> Posterior:
        if self._order is not None:
            taken, posterior = posterior, np.empty_like(posterior)
            posterior[self._order] = taken
        return Posterior(mean=posterior[:, :1], covariance=posterior[:, 1:, None])

    def _near(self, parameters: Parameters, population: Floats, near: Posterior | None) -> Floats:
        """(n_candidates, 2), mean and variance of each candidate, roughly."""
        if near is not None:
            known = np.stack([near.mean[:, 0], near.covariance[:, 0, 0]], axis=1)
            return known if self._order is None else known[self._order]
        posterior = np.empty((len(self._first) - 1, 2))
        ability = coarse_grid(float(population[0]), float(np.sqrt(population[1])))
        locate(
            self._first,
            self._cells.cell,
            self._weight,
            self._cells.total,
            tables_of(self._layout, self._cells, parameters, ability).log_sum,
            ability,
            population,
            posterior,
        )
        # Ratings never make an ability less certain than the population does.
        posterior[:, 1] = np.minimum(posterior[:, 1], population[1])
        return posterior


def _by_first_assessor(block: Block) -> Integers:
    """Candidates by the first effect's element in their first and last row (assessors, mostly)."""
    element = block.elements[:, 0].astype(np.int64)
    last = len(element) - 1
    one = element[np.minimum(block.first[:-1], last)]
    other = element[np.maximum(block.first[1:] - 1, 0)]
    return np.lexsort((other, one))


def _add_population(
    layout: Layout,
    gradient: Floats,
    information: Floats,
    posterior: Floats,
    population: Floats,
) -> None:
    """What the population's mean and log standard deviation would be known by."""
    place, away = layout.n_values, posterior[:, 0] - population[0]
    square = away**2 + posterior[:, 1]
    gradient[place] += away.sum() / population[1]
    gradient[place + 1] += (square / population[1] - 1).sum()
    if len(information):
        information[place, place] += len(away) / population[1]
        information[place + 1, place] += 2 * away.sum() / population[1]
        information[place + 1, place + 1] += 2 * square.sum() / population[1]
