"""Our side of the many-facet fits; also writes what the peer reads."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np

from second_opinion.engine.facets import fit_facets
from second_opinion.engine.simulation import FacetSpreads, RatingPlan, simulate_facets

SEED = 20261125
CANDIDATES = {"facets_1e4": 500, "facets_1e5": 5_000, "facets_1e6": 50_000}


def facets(task: str, folder: Path) -> dict[str, Any]:
    """The rating-scale model of main effects, with every standard error."""
    rng = np.random.default_rng(SEED)
    plan = RatingPlan.as_in_practice(n_candidates=CANDIDATES[task], n_criteria=12, rng=rng)
    ratings = simulate_facets(plan, FacetSpreads(), rng=rng).ratings
    np.savez(
        folder / f"{task}.npz",
        candidate=ratings.candidate.codes,
        assessor=ratings.assessor.codes,
        criterion=ratings.criterion.codes,
        score=ratings.score,
    )
    began = time.perf_counter()
    fit = fit_facets(ratings)
    seconds = time.perf_counter() - began
    return {
        "seconds": seconds,
        "total": 1.0,
        "deviance_per_rating": fit.deviance / len(ratings),
        "sd": fit.population.variance**0.5,
    }


TASKS = dict.fromkeys(CANDIDATES, facets)
