"""Population values estimated from ratings: variances, levels, and assessors' offsets."""

from second_opinion.engine.combination.estimation.exchangeable import estimate_exchangeable
from second_opinion.engine.combination.estimation.offsets import (
    LEAST_LINKED_CASES,
    Rests,
    linked_cases,
    offsets,
)
from second_opinion.engine.combination.estimation.population import (
    LEAST_CANDIDATES,
    estimate_population,
)

__all__ = [
    "LEAST_CANDIDATES",
    "LEAST_LINKED_CASES",
    "Rests",
    "estimate_exchangeable",
    "estimate_population",
    "linked_cases",
    "offsets",
]
