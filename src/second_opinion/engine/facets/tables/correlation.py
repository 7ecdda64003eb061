"""Point-measure correlation: do higher ratings go with more of what is measured?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.tables.sums import sums_by

VARIES = 1e-12  # below it a difference is rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class PointMeasure:
    """By element, correlation of ratings with the measures that made them; NaN if undefined.

    correlation : (n_elements,), -1 to 1
    expected : (n_elements,), the same if ratings follow the model
    """

    correlation: Floats
    expected: Floats


def point_measure(
    *,
    observed: Floats,
    location: Floats,
    expected: Floats,
    square: Floats,
    product: Floats,
    weight: Floats,
    codes: Integers,
    n_elements: int,
) -> PointMeasure:
    """Correlation within each element between its ratings and their places on the ruler.

    An element's own measure is the same in all of its ratings and so plays no part.

    Parameters
    ----------
    observed : (n_ratings,), category
    location : (n_ratings,), ability minus all that makes the rating hard, logits
    expected, square, product : (n_ratings,), expected category, its square, and its product with
        the location
    weight : (n_ratings,)
    codes : (n_ratings,), element of each rating

    References
    ----------
    Linacre (2008), The expected value of a point-biserial (or similar) correlation.
    """

    def mean(values: Floats) -> Floats:
        return sums_by(codes, weight * values, n_elements) / sums_by(codes, weight, n_elements)

    with np.errstate(divide="ignore", invalid="ignore"):
        place, spread = mean(location), mean(location**2) - mean(location) ** 2
        found, modelled = mean(observed), mean(expected)
        of_ratings = mean(observed**2) - found**2
        correlation = (mean(observed * location) - found * place) / np.sqrt(of_ratings * spread)
        scatter = mean(square) - modelled**2
        expectation = (mean(product) - modelled * place) / np.sqrt(scatter * spread)
        varies = (of_ratings > VARIES) & (spread > VARIES)
        return PointMeasure(
            correlation=np.where(varies, correlation, np.nan),
            expected=np.where(varies, expectation, np.nan),
        )
