"""Ratings with known truth, for tests, timings, demonstration and planning."""

from second_opinion.engine.simulation.design import Design
from second_opinion.engine.simulation.linear import Simulation, simulate_ratings
from second_opinion.engine.simulation.many_facet import (
    FacetSimulation,
    FacetSpreads,
    simulate_facets,
)
from second_opinion.engine.simulation.plan import RatingPlan

__all__ = [
    "Design",
    "FacetSimulation",
    "FacetSpreads",
    "RatingPlan",
    "Simulation",
    "simulate_facets",
    "simulate_ratings",
]
