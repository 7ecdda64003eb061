"""Where each parameter of a many-facet model stands in one vector."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers

NO_CATEGORY = -2  # the group has no such category, or nobody uses it
KNOWN_ZERO = -1  # the lowest and the highest category that is used


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The elements of a facet, or of a pair of facets, that shift what is expected.

    facets : one name, or two for an interaction
    labels : one tuple of labels for each element
    start : place of the first element among the parameters
    count : (n_elements,), ratings of each, weighted
    origin : (n_elements,), those alike are centred together; None where all are
    """

    facets: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    start: int
    count: Floats
    origin: Integers | None = None

    @property
    def name(self) -> str:
        return " x ".join(self.facets)

    @property
    def places(self) -> slice:
        """Where its elements stand among the parameters."""
        return slice(self.start, self.start + len(self.labels))


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdGroup:
    """Ratings that share thresholds.

    criterion, assessor : whose they are; None where they are shared
    low, unit : score points of the lowest category that is used, and from one to the next
    count : (n_categories,), ratings in each, weighted; 0 in one that nobody uses
    """

    criterion: str | None
    assessor: str | None
    low: float
    unit: float
    count: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """All parameters in one vector: elements of each effect, category parameters, population.

    The probability of category k is proportional to exp(k (ability - location) - t_k), with
    location the sum of the rating's elements. t is 0 at the lowest and highest category in use, so
    that thresholds, its differences, sum to zero; t of a category that nobody uses is infinite.

    n_values : elements and category parameters
    category : (n_groups, n_categories), place of t among the parameters, or KNOWN_ZERO, or
        NO_CATEGORY
    fixed : (n_values,), anchored or without any rating
    start : (n_values,), where the search begins; fixed ones stay there
    prior_mean, prior_precision : (n_values,), of the weak normal prior; precision 0 where there
        is none
    dimensions : names of the abilities
    """

    effects: tuple[Effect, ...]
    groups: tuple[ThresholdGroup, ...]
    n_values: int
    category: Integers
    fixed: NDArray[np.bool_]
    start: Floats
    prior_mean: Floats
    prior_precision: Floats
    dimensions: tuple[str, ...]
    has_halo: bool
    candidates: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def n_dimensions(self) -> int:
        return len(self.dimensions)

    @property
    def n_coordinates(self) -> int:
        """Values, population mean, log-Cholesky of the population covariance, log halo SD."""
        d = self.n_dimensions
        return self.n_values + d + d * (d + 1) // 2 + self.has_halo

    def effect(self, name: str) -> Effect:
        return next(effect for effect in self.effects if effect.name == name)

    def category_table(self, values: Floats) -> Floats:
        """Category parameters of each group, infinite where there is no category.

        Returns
        -------
        (n_groups, n_categories), logits
        """
        table = np.where(self.category >= 0, values[np.maximum(self.category, 0)], 0.0)
        return np.where(self.category == NO_CATEGORY, np.inf, table)
