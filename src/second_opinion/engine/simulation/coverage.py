"""How often intervals hold the truth: many-facet fits of ratings whose truth is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets import FacetsFit, FacetsModel, fit_facets, person_intervals
from second_opinion.engine.simulation.many_facet import (
    FacetSimulation,
    FacetSpreads,
    simulate_facets,
)
from second_opinion.engine.simulation.plan import RatingPlan

PARTS = ("candidate", "candidate by posterior alone", "assessor", "criterion", "threshold")
_BOOTSTRAPS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Counts of intervals that held the truth, one row for each replication.

    held, intervals : (n_replications, n_parts), parts in the order of ``PARTS``
    halo_variance : (n_replications,), as estimated; 0 by a model without
    """

    held: Integers
    intervals: Integers
    halo_variance: Floats

    def share(self, part: str) -> float:
        """Share of a part's intervals that held the truth, all elements and replications."""
        place = PARTS.index(part)
        return float(self.held[:, place].sum() / self.intervals[:, place].sum())

    def between(self, part: str, *, rng: np.random.Generator) -> tuple[float, float]:
        """Where that share lies with 95 % confidence: intervals of one replication go together.

        References
        ----------
        Davison and Hinkley (1997), section 3.8: clusters are what is drawn again.
        """
        place = PARTS.index(part)
        n = len(self.held)
        drawn = rng.integers(0, n, (_BOOTSTRAPS, n))
        shares = self.held[drawn, place].sum(axis=1) / self.intervals[drawn, place].sum(axis=1)
        low, high = np.quantile(shares, (0.025, 0.975))
        return float(low), float(high)


def study_coverage(
    models: tuple[FacetsModel, ...],
    spreads: FacetSpreads,
    *,
    n_replications: int,
    n_candidates: int,
    rng: np.random.Generator,
    level: float = 0.95,
) -> tuple[Coverage, ...]:
    """Fits every model to the same ratings, drawn anew for each replication, as in practice.

    Returns
    -------
    one for each model
    """
    rows = list(
        replications(
            models, spreads, n_replications=n_replications, n_candidates=n_candidates, rng=rng,
            level=level,
        )
    )  # fmt: skip
    return tuple(gathered([row[index] for row in rows]) for index in range(len(models)))


def replications(
    models: tuple[FacetsModel, ...],
    spreads: FacetSpreads,
    *,
    n_replications: int,
    n_candidates: int,
    rng: np.random.Generator,
    level: float = 0.95,
) -> Iterator[tuple[Coverage, ...]]:
    """One replication after another, each with one answer for each model."""
    for _ in range(n_replications):
        plan = RatingPlan.as_in_practice(n_candidates=n_candidates, rng=rng)
        truth = simulate_facets(plan, spreads, rng=rng)
        yield tuple(
            coverage_of(fit_facets(truth.ratings, model=model), truth, level=level)
            for model in models
        )


def gathered(coverages: list[Coverage]) -> Coverage:
    """Several replications as one study."""
    return Coverage(
        held=np.concatenate([each.held for each in coverages]),
        intervals=np.concatenate([each.intervals for each in coverages]),
        halo_variance=np.concatenate([each.halo_variance for each in coverages]),
    )


def coverage_of(fit: FacetsFit, truth: FacetSimulation, *, level: float = 0.95) -> Coverage:
    """Which intervals of one fit hold the truth that its ratings were drawn from."""
    reach = ndtri(0.5 + level / 2)
    persons = person_intervals(fit, level=level)
    true_thresholds = np.tile(truth.thresholds[0], 1)
    if fit.model.thresholds == "criterion":
        true_thresholds = truth.thresholds.ravel()
    threshold = np.array([one.measure for one in fit.thresholds])
    threshold_error = np.array([one.standard_error for one in fit.thresholds])
    assessor, criterion = fit.facet("assessor"), fit.facet("criterion")
    inside = (
        (persons.low <= truth.ability) & (truth.ability <= persons.high),
        np.abs(fit.ability - truth.ability) <= reach * fit.standard_error,
        np.abs(assessor.measure - truth.severity) <= reach * assessor.standard_error,
        np.abs(criterion.measure - truth.difficulty) <= reach * criterion.standard_error,
        np.abs(threshold - true_thresholds) <= reach * threshold_error,
    )
    return Coverage(
        held=np.array([[int(part.sum()) for part in inside]]),
        intervals=np.array([[len(part) for part in inside]]),
        halo_variance=np.array([0.0 if fit.halo is None else fit.halo.variance]),
    )
