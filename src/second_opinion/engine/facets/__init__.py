"""Many-facet rating models: rating scale, partial credit, interactions, by marginal likelihood."""

from second_opinion.engine.facets.abilities.spread import AbilityCorrelation, AbilitySpread
from second_opinion.engine.facets.fit import fit_facets
from second_opinion.engine.facets.implied_agreement import ImpliedAgreement, implied_agreement
from second_opinion.engine.facets.in_passes import FacetsFitInPasses, fit_facets_in_passes
from second_opinion.engine.facets.model import PARTIAL_CREDIT, RATING_SCALE, FacetsModel
from second_opinion.engine.facets.moments import RatingMoments, rating_moments
from second_opinion.engine.facets.person_intervals import PersonIntervals, person_intervals
from second_opinion.engine.facets.result import (
    FacetMeasures,
    FacetsFit,
    HaloSpread,
    Population,
    Threshold,
)

__all__ = [
    "PARTIAL_CREDIT",
    "RATING_SCALE",
    "AbilityCorrelation",
    "AbilitySpread",
    "FacetMeasures",
    "FacetsFit",
    "FacetsFitInPasses",
    "FacetsModel",
    "HaloSpread",
    "ImpliedAgreement",
    "PersonIntervals",
    "Population",
    "RatingMoments",
    "Threshold",
    "fit_facets",
    "fit_facets_in_passes",
    "implied_agreement",
    "person_intervals",
    "rating_moments",
]
