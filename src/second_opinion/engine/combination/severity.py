"""How far above average an assessor rates: what is known, and what it is laid on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.combination.components import VarianceComponents


@dataclass(frozen=True, slots=True, kw_only=True)
class Severity:
    """One assessor's offset on every criterion, additive and shrunk; positive rates high.

    mean : (n_criteria,), score points
    covariance : (n_criteria, n_criteria), score points squared
    """

    mean: Floats
    covariance: Floats

    @classmethod
    def of_level(
        cls, mean: float, variance: float, *, n_criteria: int, by_criterion: float = 0.0
    ) -> Severity:
        """The same offset on all criteria, with what one criterion may differ by."""
        covariance = np.full((n_criteria, n_criteria), variance) + by_criterion * np.eye(n_criteria)
        return cls(mean=np.full(n_criteria, mean), covariance=covariance)

    @property
    def level(self) -> float:
        """Mean offset over the criteria, score points."""
        return float(self.mean.mean())

    @property
    def level_variance(self) -> float:
        """Of the mean offset over the criteria, score points squared."""
        return float(self.covariance.mean())


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityTable:
    """The offsets of all assessors of a table of ratings, in its order.

    mean : (n_assessors, n_criteria), 0 where nothing is known
    covariance : (n_assessors, n_criteria, n_criteria)
    spread : (n_assessors,), standard deviation against that of an unknown assessor; 1 if unknown
    """

    mean: Floats
    covariance: Floats
    spread: Floats

    @classmethod
    def of(
        cls,
        labels: Sequence[str],
        severities: Mapping[str, Severity],
        components: VarianceComponents,
        *,
        n_criteria: int,
    ) -> SeverityTable:
        """What is known of some, and the population's spread for the others."""
        unknown = Severity.of_level(
            0.0,
            components.severity,
            n_criteria=n_criteria,
            by_criterion=components.assessor_by_criterion,
        )
        known = [severities.get(label, unknown) for label in labels]
        prior = components.severity + components.assessor_by_criterion
        variance = np.array([np.diagonal(one.covariance).mean() for one in known])
        return cls(
            mean=np.array([one.mean for one in known]).reshape(-1, n_criteria),
            covariance=np.array([one.covariance for one in known]).reshape(
                -1, n_criteria, n_criteria
            ),
            spread=np.sqrt(variance / prior) if prior > 0 else np.zeros(len(known)),
        )
