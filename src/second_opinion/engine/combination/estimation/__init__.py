"""Population values estimated from ratings: variances, levels, and assessors' offsets."""

from second_opinion.engine.combination.estimation.offsets import (
    LEAST_LINKED_CASES,
    Rests,
    linked_cases,
    offsets,
)
from second_opinion.engine.combination.estimation.population import estimate_population

__all__ = ["LEAST_LINKED_CASES", "Rests", "estimate_population", "linked_cases", "offsets"]
