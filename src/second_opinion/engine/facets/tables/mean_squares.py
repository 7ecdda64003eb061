"""Infit and outfit: how much the ratings of one element scatter, beside what the model expects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.tables.nodes import Node
from second_opinion.engine.facets.tables.posterior import Posterior
from second_opinion.engine.facets.tables.responses import Responses
from second_opinion.engine.facets.tables.sums import sums_by
from second_opinion.engine.ratings import Facet

LARGEST_SPREAD = 2.0**0.5  # of a mean square: one degree of freedom, below which z means nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanSquares:
    """Fit of each element of one facet; NaN for an element without ratings.

    infit, outfit : (n_elements,), 1 where ratings scatter as the model expects, above where more
    infit_z, outfit_z : (n_elements,), about standard normal under the model
    infit_spread, outfit_spread : (n_elements,), standard deviation under the model
    """

    infit: Floats
    infit_z: Floats
    infit_spread: Floats
    outfit: Floats
    outfit_z: Floats
    outfit_spread: Floats


def mean_squares(
    *,
    squared: Floats,
    variance: Floats,
    fourth: Floats,
    weight: Floats,
    codes: Integers,
    n_elements: int,
) -> MeanSquares:
    """Mean squares from plain arrays, as if abilities were known.

    Parameters
    ----------
    squared : (n_ratings,), squared residual of the category
    variance, fourth : (n_ratings,), central moments of the category under the model
    weight : (n_ratings,), as how many ratings each counts
    codes : (n_ratings,), element of each rating

    References
    ----------
    Wright and Masters (1982), pp. 99-101.
    """
    square = np.square(variance)
    parts = (squared, squared / variance, variance, 1.0, fourth - square, fourth / square - 1)
    return _from_sums(*(sums_by(codes, weight * part, n_elements) for part in parts))


def wilson_hilferty(mean_square: Floats, spread: Floats) -> Floats:
    """A mean square as a standard normal deviate.

    Parameters
    ----------
    mean_square : at least 0, expectation 1
    spread : its standard deviation; counted as the square root of 2 where it is more

    References
    ----------
    Wilson and Hilferty (1931); Wright and Masters (1982), p. 101.
    """
    bounded = np.minimum(spread, LARGEST_SPREAD)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(bounded > 0, (np.cbrt(mean_square) - 1) * 3 / bounded + bounded / 3, np.nan)


class MeanSquareSums:
    """Gathers the mean squares of every facet, averaged over what is known of each ability.

    Ratings and abilities drawn from the posterior follow the model exactly, so the averages have
    expectation 1 however few ratings a candidate has; with a point estimate they fall below,
    because the estimate has followed the ratings. Averaging also takes away the part of the
    spread that the posterior explains. That part is summed unit by unit, and the facet's typical
    share is subtracted: the share of a single element with an outlier would deny the outlier.

    Parameters
    ----------
    facets : by name, those to gather for

    References
    ----------
    Wu (1997) and Adams and Wu (2007) average over the posterior by drawing from it.
    """

    def __init__(
        self, responses: Responses, posterior: Posterior, facets: Mapping[str, Facet]
    ) -> None:
        self._weight = responses.weight
        self._category = responses.category
        self._facets = facets
        self._averages = np.zeros((5, len(responses)))
        n_units = posterior.node.shape[1]
        self._meetings = {
            name: _Meetings.of(facet.codes, posterior.unit, n_units)
            for name, facet in facets.items()
        }

    def add(self, node: Node) -> None:
        squared = np.square(self._category - node.expected)
        relative = squared / node.variance
        square = np.square(node.variance)
        parts = (squared, relative, node.variance, node.fourth - square, node.fourth / square - 1)
        for average, part in zip(self._averages, parts, strict=True):
            average += node.share * part
        excesses = self._weight * (squared - node.variance), self._weight * (relative - 1)
        for meetings in self._meetings.values():
            meetings.add(node.mass, excesses)

    def result(self, name: str) -> MeanSquares:
        """The mean squares of one of the facets."""
        facet, meetings = self._facets[name], self._meetings[name]
        squared, relative, variance, *scatters = (
            sums_by(facet.codes, self._weight * average, len(facet)) for average in self._averages
        )
        left = [
            scatter * (1 - meetings.typical_share_explained(row, scatter))
            for row, scatter in enumerate(scatters)
        ]
        weight = sums_by(facet.codes, self._weight, len(facet))
        return _from_sums(squared, relative, variance, weight, *left)


def _from_sums(
    squared: Floats,
    standardised: Floats,
    variance: Floats,
    weight: Floats,
    scatter: Floats,
    standardised_scatter: Floats,
) -> MeanSquares:
    with np.errstate(divide="ignore", invalid="ignore"):
        infit, outfit = squared / variance, standardised / weight
        infit_spread = np.sqrt(np.maximum(scatter, 0)) / variance
        outfit_spread = np.sqrt(np.maximum(standardised_scatter, 0)) / weight
    return MeanSquares(
        infit=infit,
        infit_z=wilson_hilferty(infit, infit_spread),
        infit_spread=infit_spread,
        outfit=outfit,
        outfit_z=wilson_hilferty(outfit, outfit_spread),
        outfit_spread=outfit_spread,
    )


class _Meetings:
    """Where an element meets a unit, and how much of their ratings' scatter the posterior explains.

    The variance over the nodes of an element's excess is summed over the units that it meets.
    """

    def __init__(self, meeting: Integers, element: Integers, unit: Integers) -> None:
        self._meeting = meeting
        self._element = element
        self._unit = unit
        self._first = np.zeros((2, len(unit)))
        self._second = np.zeros((2, len(unit)))

    @classmethod
    def of(cls, codes: Integers, unit: Integers, n_units: int) -> _Meetings:
        pairs, meeting = np.unique(codes * n_units + unit, return_inverse=True)
        return cls(meeting, pairs // n_units, pairs % n_units)

    def add(self, mass: Floats, excesses: tuple[Floats, Floats]) -> None:
        share = mass[self._unit]
        for row, excess in enumerate(excesses):
            summed = sums_by(self._meeting, excess, len(self._unit))
            self._first[row] += share * summed
            self._second[row] += share * summed**2

    def typical_share_explained(self, row: int, scatter: Floats) -> float:
        explained = np.maximum(self._second[row] - self._first[row] ** 2, 0)
        of_elements = sums_by(self._element, explained, len(scatter))
        some = scatter > 0
        return float(np.median(of_elements[some] / scatter[some])) if some.any() else 0.0
