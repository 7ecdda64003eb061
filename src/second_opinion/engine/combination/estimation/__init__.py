"""Variance components from ratings, by restricted maximum likelihood."""

from second_opinion.engine.combination.estimation.population import estimate_population

__all__ = ["estimate_population"]
