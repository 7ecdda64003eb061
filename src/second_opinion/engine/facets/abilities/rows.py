"""The rows about each ability, and where every candidate's abilities peak."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.block import Block
from second_opinion.engine.facets.categories import log_probabilities
from second_opinion.engine.facets.layout import Layout
from second_opinion.engine.facets.parameters import Parameters
from second_opinion.engine.facets.statistics import Posterior

_MODE_STEPS = 50
_MODE_CLOSE = 1e-6  # of the squared distance to the peak, in posterior standard deviations
_LONGEST_STEP = 2.0  # logits


@dataclass(frozen=True, slots=True, kw_only=True)
class AbilityRows:
    """The rows about one ability, at given parameters.

    places : (n_rows, n_elements + n_categories), of their features among the coordinates; those of
        categories without a parameter one past the end
    total : (n_candidates, n_rows), sums rows within candidates, weighted
    """

    candidate: Integers
    category: Integers
    location: Floats
    table: Floats
    weight: Floats
    places: Integers
    n_elements: int
    total: csr_array


def rows_by_ability(
    layout: Layout, block: Block, parameters: Parameters
) -> tuple[AbilityRows, ...]:
    """One for each ability, in the layout's order."""
    ability = np.zeros(block.n_rows) if block.dimension is None else block.dimension
    return tuple(
        _rows_at(layout, block, parameters, np.flatnonzero(ability == one))
        for one in range(layout.n_dimensions)
    )


def _rows_at(layout: Layout, block: Block, parameters: Parameters, rows: Integers) -> AbilityRows:
    weight = np.ones(len(rows)) if block.weight is None else block.weight[rows]
    elements, group = block.elements[rows], block.group[rows]
    places = layout.category[group]
    candidate = block.candidate[rows]
    return AbilityRows(
        candidate=candidate,
        category=block.category[rows].astype(np.int64),
        location=parameters.values[elements].sum(axis=1),
        table=layout.category_table(parameters.values)[group],
        weight=weight,
        places=np.concatenate(
            [elements, np.where(places >= 0, places, layout.n_coordinates)], axis=1
        ),
        n_elements=elements.shape[1],
        total=csr_array(
            (weight, (candidate, np.arange(len(rows)))), shape=(block.n_candidates, len(rows))
        ),
    )


def peaks(
    rows: tuple[AbilityRows, ...],
    parameters: Parameters,
    near: Posterior | None,
    n_candidates: int,
) -> tuple[Floats, Floats]:
    """Each candidate's likeliest abilities, by Newton steps.

    A row is about one ability, so the ratings' own curvature is diagonal; the population's is not.

    Returns
    -------
    (n_candidates, n_dimensions), logits, and the Cholesky factor of the covariance that the
    curvature there means, (n_candidates, n_dimensions, n_dimensions)
    """
    precision = np.linalg.inv(parameters.covariance)
    mode = np.tile(parameters.mean, (n_candidates, 1)) if near is None else near.mean.copy()
    for _ in range(_MODE_STEPS):
        slope = (parameters.mean - mode) @ precision
        curvature = np.tile(precision, (n_candidates, 1, 1))
        for ability, own in enumerate(rows):
            logit = mode[own.candidate, ability] - own.location
            chance = np.exp(log_probabilities(logit, own.table))
            steps = np.arange(chance.shape[1])
            expected = chance @ steps
            slope[:, ability] += own.total @ (own.category - expected)
            curvature[:, ability, ability] += own.total @ (chance @ steps**2 - expected**2)
        step = np.linalg.solve(curvature, slope[..., None])[..., 0]
        if np.all((step * slope).sum(axis=1) <= _MODE_CLOSE):
            break
        longest = np.abs(step).max(axis=1, keepdims=True)
        mode = mode + step * np.minimum(1.0, _LONGEST_STEP / np.maximum(longest, 1e-300))
    return mode, np.asarray(np.linalg.cholesky(np.linalg.inv(curvature)), dtype=np.float64)
