"""What the compiled passes look up: every cell at every node of a grid of abilities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.facets.cells import Cells
from second_opinion.engine.facets.kernel.windows import fill_tables
from second_opinion.engine.facets.layout import Layout
from second_opinion.engine.facets.parameters import Parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Of each cell at each node of a grid: log of the sum of weights, expectation, chances."""

    log_sum: Floats
    expected: Floats
    chance: Floats


def tables_of(layout: Layout, cells: Cells, parameters: Parameters, ability: Floats) -> Tables:
    """Filled anew; ability is the grid, logits."""
    n_cells, n_nodes, n_inner = len(cells.group), len(ability), layout.category.shape[1] - 2
    tables = Tables(
        log_sum=np.empty((n_cells, n_nodes)),
        expected=np.empty((n_cells, n_nodes)),
        chance=np.empty((n_cells, n_nodes * n_inner)),
    )
    fill_tables(
        parameters.values[cells.elements].sum(axis=1),
        np.exp(-layout.category_table(parameters.values)),
        cells.group,
        ability,
        tables.log_sum,
        tables.expected,
        tables.chance,
    )
    return tables
