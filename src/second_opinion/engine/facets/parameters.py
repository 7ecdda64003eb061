"""The parameters of a many-facet model, and the vector that the search moves in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.layout import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Everything that the likelihood depends on.

    values : (n_values,), elements and category parameters as the layout places them, logits
    mean : (n_dimensions,), of the abilities in the population, logits
    covariance : (n_dimensions, n_dimensions), of the same
    halo_sd : standard deviation of assessors' impressions of a candidate; 0 without halo
    """

    values: Floats
    mean: Floats
    covariance: Floats
    halo_sd: float = 0.0

    @property
    def sd(self) -> float:
        """Standard deviation of the first ability, logits."""
        return math.sqrt(float(self.covariance[0, 0]))


def coordinates_of(layout: Layout, parameters: Parameters) -> Floats:
    """Values, mean, and the Cholesky factor of the covariance row by row, its diagonal in logs.

    Returns
    -------
    (n_coordinates,), the last the log of the halo's standard deviation where the model has one
    """
    factor = np.linalg.cholesky(parameters.covariance)
    below = factor[_triangle(layout.n_dimensions)]
    diagonal = _diagonal_of(layout.n_dimensions)
    below[diagonal] = np.log(below[diagonal])
    parts = [parameters.values, parameters.mean, below]
    if layout.has_halo:
        parts.append(np.array([math.log(parameters.halo_sd)]))
    return np.concatenate(parts)


def parameters_at(layout: Layout, coordinates: Floats) -> Parameters:
    """The parameters at a point of the vector that the search moves in."""
    d = layout.n_dimensions
    below = coordinates[layout.n_values + d : layout.n_values + d + d * (d + 1) // 2].copy()
    diagonal = _diagonal_of(d)
    below[diagonal] = np.exp(below[diagonal])
    factor = np.zeros((d, d))
    factor[_triangle(d)] = below
    return Parameters(
        values=coordinates[: layout.n_values].copy(),
        mean=coordinates[layout.n_values : layout.n_values + d].copy(),
        covariance=factor @ factor.T,
        halo_sd=math.exp(float(coordinates[-1])) if layout.has_halo else 0.0,
    )


@cache
def _triangle(n_dimensions: int) -> tuple[Integers, ...]:
    """Rows and columns of a lower triangle, row by row."""
    return np.tril_indices(n_dimensions)


def _diagonal_of(n_dimensions: int) -> list[int]:
    """Places of the diagonal in a lower triangle read row by row."""
    return [row * (row + 1) // 2 + row for row in range(n_dimensions)]
