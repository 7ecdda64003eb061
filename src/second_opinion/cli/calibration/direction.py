"""Tables with score points as the file has them, where lower is better there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from second_opinion.engine.facets.tables.categories import category_cautions

if TYPE_CHECKING:
    from second_opinion.engine.arrays import Floats
    from second_opinion.engine.facets.tables import FacetsTables
    from second_opinion.engine.facets.tables.unexpected import ResidualTable

Turned = Callable[["Floats"], "Floats"]


def tables_as_filed(tables: FacetsTables, turned: Turned) -> FacetsTables:
    """Means, categories, expected scores and residuals turned round; measures stay.

    Parameters
    ----------
    turned : score points in the file's own direction
    """
    categories = replace(tables.categories, points=turned(tables.categories.points))
    return replace(
        tables,
        elements={
            name: replace(
                one,
                observed_mean=turned(one.observed_mean),
                fair_average=turned(one.fair_average),
            )
            for name, one in tables.elements.items()
        },
        categories=categories,
        category_cautions=category_cautions(categories),
        interactions=tuple(
            replace(one, observed=turned(one.observed), expected=turned(one.expected))
            for one in tables.interactions
        ),
        unexpected=residuals_as_filed(tables.unexpected, turned),
    )


def residuals_as_filed(residuals: ResidualTable, turned: Turned) -> ResidualTable:
    """Ratings beside what was expected; a residual is still the one less the other."""
    return replace(
        residuals,
        observed=turned(residuals.observed),
        expected=turned(residuals.expected),
        residual=-residuals.residual,
        standardised=-residuals.standardised,
    )
