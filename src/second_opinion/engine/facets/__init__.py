"""Many-facet rating models: rating scale, partial credit, interactions, by marginal likelihood."""

from second_opinion.engine.facets.fit import fit_facets
from second_opinion.engine.facets.model import PARTIAL_CREDIT, RATING_SCALE, FacetsModel
from second_opinion.engine.facets.moments import RatingMoments, rating_moments
from second_opinion.engine.facets.result import (
    FacetMeasures,
    FacetsFit,
    Population,
    Threshold,
)

__all__ = [
    "PARTIAL_CREDIT",
    "RATING_SCALE",
    "FacetMeasures",
    "FacetsFit",
    "FacetsModel",
    "Population",
    "RatingMoments",
    "Threshold",
    "fit_facets",
    "rating_moments",
]
