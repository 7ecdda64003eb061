"""Opinions and instruments combined by rule into one picture with honest intervals."""

from second_opinion.engine.combination.comparison import Comparison, compare_opinions
from second_opinion.engine.combination.components import VarianceComponents
from second_opinion.engine.combination.estimation import estimate_population
from second_opinion.engine.combination.population import (
    Population,
    Severity,
    Source,
    planning_components,
    planning_population,
)
from second_opinion.engine.combination.posterior import Combination, combine

__all__ = [
    "Combination",
    "Comparison",
    "Population",
    "Severity",
    "Source",
    "VarianceComponents",
    "combine",
    "compare_opinions",
    "estimate_population",
    "planning_components",
    "planning_population",
]
