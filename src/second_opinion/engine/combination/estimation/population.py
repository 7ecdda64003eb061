"""A population estimated from ratings: which variances can be told apart, and their values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from scipy.optimize import minimize

from second_opinion.engine.arrays import Floats
from second_opinion.engine.combination.components import VarianceComponents
from second_opinion.engine.combination.estimation.blocks import Block, blocks_of
from second_opinion.engine.combination.estimation.restricted_likelihood import (
    RestrictedLikelihood,
    restricted_likelihood,
)
from second_opinion.engine.combination.population import Population, Severity, Source
from second_opinion.engine.errors import NotEnoughRatingsError
from second_opinion.engine.ratings import Ratings

LEAST_CANDIDATES = 20
"""Candidates seen by two or more assessors below which nothing is estimated (our assumption)."""

_NAMES = ("candidate", "candidate_by_criterion", "severity", "halo", "residual")
_LEAST_RESIDUAL = 1e-6  # of the ratings' variance: keeps a block's covariance invertible


@dataclass(frozen=True, slots=True)
class _Design:
    """Which components the ratings can tell apart, and what is said of those they cannot."""

    free: tuple[bool, ...]  # in the order of _NAMES
    notes: tuple[str, ...]

    @property
    def severity_is_free(self) -> bool:
        return self.free[_NAMES.index("severity")]


def estimate_population(ratings: Ratings) -> Population:
    """Means, variance components and assessors' severities by restricted maximum likelihood.

    What cannot be told apart is estimated as one: with one criterion, halo is part of the
    residual and candidate by criterion part of candidate; where no assessor rates two
    candidates, severity is part of halo.

    Raises
    ------
    NotEnoughRatingsError : fewer than 20 candidates rated by two assessors, a criterion without
        ratings, or ratings that are all alike

    References
    ----------
    Patterson and Thompson (1971). Reference values: tests/reference/variance_components/.
    """
    _require_enough(ratings)
    design = _design_of(ratings)
    centre, spread = float(ratings.score.mean()), float(ratings.score.std())
    if not spread > 0:
        raise NotEnoughRatingsError(
            f"All {len(ratings)} ratings are {centre:g}; nothing can be told from them."
        )
    standardised = replace(ratings, score=(ratings.score - centre) / spread)
    components, at_best = _maximise(blocks_of(standardised), design, ratings)
    known = ratings.assessor.labels if design.severity_is_free else ()
    severities = {
        name: Severity(float(mean) * spread, float(variance) * spread**2)
        for name, mean, variance in zip(
            known, at_best.severity, at_best.severity_variance, strict=True
        )
    }
    return Population(
        mean=centre + spread * at_best.mean,
        mean_variance=float(at_best.mean_covariance.mean()) * spread**2,
        components=components.scaled(spread**2),
        source=Source.ESTIMATED,
        severities=MappingProxyType(severities),
        notes=design.notes,
    )


def _maximise(
    blocks: list[Block], design: _Design, ratings: Ratings
) -> tuple[VarianceComponents, RestrictedLikelihood]:
    free = np.array(design.free)

    def at(variances: Floats) -> tuple[VarianceComponents, RestrictedLikelihood]:
        every = np.zeros(len(_NAMES))
        every[free] = variances
        components = VarianceComponents(**dict(zip(_NAMES, every.tolist(), strict=True)))
        return components, restricted_likelihood(
            blocks,
            components,
            n_criteria=len(ratings.criterion),
            n_assessors=len(ratings.assessor) if design.severity_is_free else 0,
        )

    def loss(variances: Floats) -> tuple[float, Floats]:
        _, found = at(variances)
        return -found.log_likelihood, -found.gradient[free]

    lower = np.where(np.array(_NAMES)[free] == "residual", _LEAST_RESIDUAL, 0.0)
    start = np.full(int(free.sum()), 1.0 / free.sum())
    best = minimize(
        loss,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(float(least), None) for least in lower],
        options={"ftol": 1e-11, "gtol": 1e-3, "maxiter": 500},
    )
    return at(np.asarray(best.x, dtype=np.float64))


def _require_enough(ratings: Ratings) -> None:
    unrated = set(range(len(ratings.criterion))) - set(ratings.criterion.codes.tolist())
    if unrated:
        raise NotEnoughRatingsError(
            f"No one rated {ratings.criterion.labels[min(unrated)]!r}; leave it out or rate it."
        )
    pairs = np.unique(np.stack([ratings.candidate.codes, ratings.assessor.codes]), axis=1)
    seen_by = np.bincount(pairs[0])
    shared = int((seen_by >= 2).sum())
    if shared < LEAST_CANDIDATES:
        raise NotEnoughRatingsError(
            f"Only {shared} candidates were rated by two or more assessors; at least "
            f"{LEAST_CANDIDATES} are needed to estimate how much assessors agree."
        )


def _design_of(ratings: Ratings) -> _Design:
    notes = []
    several_criteria = len(ratings.criterion) > 1
    if not several_criteria:
        notes.append("One criterion: halo cannot be told from residual and is part of it.")
    pairs = np.unique(np.stack([ratings.candidate.codes, ratings.assessor.codes]), axis=1)
    candidates_of = np.bincount(pairs[1])
    recurring = bool((candidates_of >= 2).any()) and int((candidates_of > 0).sum()) > 1
    if not recurring:
        rest = "halo" if several_criteria else "residual"
        notes.append(f"No assessor rates two candidates: severity is part of {rest}.")
    return _Design(
        free=(True, several_criteria, recurring, several_criteria, True), notes=tuple(notes)
    )
