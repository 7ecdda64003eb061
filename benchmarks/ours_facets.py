"""Our side of the many-facet fits; also writes what the peer reads."""

from __future__ import annotations

import time
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from memory import Memory

from second_opinion.engine import warming  # noqa: F401  # the loops, which the base shall hold
from second_opinion.engine.facets import FacetsModel, fit_facets
from second_opinion.engine.ratings import Ratings
from second_opinion.engine.simulation import FacetSpreads, RatingPlan, simulate_facets

SEED = 20261125
CANDIDATES = {"1e4": 500, "1e5": 5_000, "1e6": 50_000, "1e7": 500_000}


@lru_cache(maxsize=1)
def drawn(size: str, *, halo: float) -> Ratings:
    """As in practice: 2 or 3 assessors a candidate, 6 to 12 of 12 criteria, about 22 ratings."""
    rng = np.random.default_rng(SEED)
    plan = RatingPlan.as_in_practice(n_candidates=CANDIDATES[size], n_criteria=12, rng=rng)
    return simulate_facets(plan, FacetSpreads(halo=halo), rng=rng).ratings


def facets(task: str, folder: Path) -> dict[str, Any]:
    """The rating-scale model of main effects, with every standard error."""
    ratings = drawn(task.rpartition("_")[2], halo=0.0)
    path = folder / f"{task}.npz"
    if not path.exists():
        np.savez(
            path,
            candidate=ratings.candidate.codes,
            assessor=ratings.assessor.codes,
            criterion=ratings.criterion.codes,
            score=ratings.score,
        )
    return fitted(ratings, FacetsModel())


def alone(task: str, folder: Path) -> dict[str, Any]:  # noqa: ARG001  # as all tasks
    """The same for no peer to read."""
    return fitted(drawn(task.rpartition("_")[2], halo=0.0), FacetsModel())


def with_halo(task: str, folder: Path) -> dict[str, Any]:  # noqa: ARG001
    """Ratings in which halo is as large as is typical, and the model that knows it or does not."""
    knows = not task.startswith("halo_unknown")
    return fitted(drawn(task.rpartition("_")[2], halo=1.0), FacetsModel(halo=knows))


def fitted(ratings: Ratings, model: FacetsModel) -> dict[str, Any]:
    memory, began = Memory(), time.perf_counter()
    fit = fit_facets(ratings, model=model)
    return {
        "seconds": time.perf_counter() - began,
        "memory": memory.above,
        "total": 1.0,
        "deviance_per_rating": fit.deviance / len(ratings),
        "sd": fit.population.variance**0.5,
        "note": f"{len(ratings):,} ratings",
    }


TASKS = {
    **dict.fromkeys(("facets_1e4", "facets_1e5", "facets_1e6"), facets),
    **dict.fromkeys(("alone_1e6", "alone_1e7"), alone),
    **dict.fromkeys(("halo_1e5", "halo_unknown_1e5", "halo_1e6", "halo_unknown_1e6"), with_halo),
}
