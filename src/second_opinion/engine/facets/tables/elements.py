"""The table of one facet's elements: measures, fair averages and fit, as calibrations print it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.tables.correlation import point_measure
from second_opinion.engine.facets.tables.expectation import Expectation
from second_opinion.engine.facets.tables.mean_squares import MeanSquares
from second_opinion.engine.facets.tables.responses import Responses
from second_opinion.engine.facets.tables.sums import sums_by
from second_opinion.engine.facets.tables.table import Table
from second_opinion.engine.ratings import Facet


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementTable(Table):
    """One row for each element of one facet; NaN where an element has no ratings.

    count : ratings given or received
    observed_mean, fair_average : score points; as rated, and as it would be if all else were
        average
    measure, standard_error : logits; positive is able, strict or hard; the error is NaN where the
        estimator has none to show
    infit, outfit : mean squares, 1 as the model expects, above 1 where ratings scatter more
    infit_z, outfit_z : the same as standard normal deviates
    point_measure, point_measure_expected : correlation of ratings with the measures behind them
    """

    label: tuple[str, ...]
    count: Integers
    observed_mean: Floats
    fair_average: Floats
    measure: Floats
    standard_error: Floats
    infit: Floats
    infit_z: Floats
    outfit: Floats
    outfit_z: Floats
    point_measure: Floats
    point_measure_expected: Floats


def element_table(
    responses: Responses,
    expectation: Expectation,
    facet: Facet,
    *,
    observed_mean: Floats,
    measure: Floats,
    standard_error: Floats,
    fair_average: Floats,
    fit: MeanSquares,
) -> ElementTable:
    """The rows of one facet.

    Parameters
    ----------
    measure, standard_error : (n_elements,), logits
    observed_mean, fair_average : (n_elements,), score points
    """
    n_elements = len(facet)
    observed = responses.category.astype(np.float64)
    correlation = point_measure(
        observed=observed,
        location=expectation.location,
        expected=expectation.expected,
        square=expectation.square,
        product=expectation.product,
        weight=responses.weight,
        codes=facet.codes,
        n_elements=n_elements,
    )
    return ElementTable(
        label=facet.labels,
        count=np.bincount(facet.codes, minlength=n_elements),
        observed_mean=observed_mean,
        fair_average=fair_average,
        measure=measure,
        standard_error=standard_error,
        infit=fit.infit,
        infit_z=fit.infit_z,
        outfit=fit.outfit,
        outfit_z=fit.outfit_z,
        point_measure=correlation.correlation,
        point_measure_expected=correlation.expected,
    )


def observed_means(responses: Responses, facet: Facet) -> Floats:
    """Mean score of each element, weighted, in score points; NaN without ratings."""
    points = responses.points[responses.threshold_set, responses.category]
    total = sums_by(facet.codes, responses.weight * points, len(facet))
    with np.errstate(invalid="ignore"):
        return total / sums_by(facet.codes, responses.weight, len(facet))
