"""Every compiled loop run once on made-up ratings, so that nobody waits for the compiler later."""

from __future__ import annotations

from collections.abc import Callable
from inspect import getmembers

import numpy as np

from second_opinion.engine.facets import FacetsModel, fit_facets
from second_opinion.engine.facets.halo.kernel import lattice
from second_opinion.engine.facets.halo.kernel import missing as halo_missing
from second_opinion.engine.facets.halo.kernel import scores as halo_scores
from second_opinion.engine.facets.kernel import missing, ordering, windows
from second_opinion.engine.generalizability import kernel, variance_components
from second_opinion.engine.personality import Answers, fit_graded
from second_opinion.engine.personality.adaptive import (
    AdaptiveForm,
    AdaptiveRules,
    AdaptiveState,
    AdaptiveTest,
)
from second_opinion.engine.personality.adaptive.kernel import step
from second_opinion.engine.personality.graded.kernel import people, scores
from second_opinion.engine.ratings import Ratings
from second_opinion.engine.simulation import FacetSpreads, RatingPlan, simulate_facets

_CANDIDATES = 240  # enough ratings for every way that is compiled
_SCORES = 21_000  # the same for variance components


def compiled_loops() -> list[Callable[..., object]]:
    """All of them."""
    return [
        loop
        for module in (
            ordering,
            windows,
            missing,
            lattice,
            halo_missing,
            halo_scores,
            kernel,
            people,
            scores,
            step,
        )
        for _, loop in getmembers(module, lambda one: hasattr(one, "py_func"))
    ]


def compile_loops() -> None:
    """Compile what is not on disk yet; takes some ten seconds where nothing is."""
    rng = np.random.default_rng(1)
    fit_facets(_ratings(FacetSpreads(), rng))
    fit_facets(_ratings(FacetSpreads(halo=1.0), rng), model=FacetsModel(halo=True))
    codes = {
        "p": np.arange(_SCORES) // 30,
        "r": rng.integers(0, 30, _SCORES),
        "t": np.arange(_SCORES) % 10,
    }
    variance_components(
        codes, rng.normal(0, 1, _SCORES), design="p x r x t", only=["p", "r", "t", "pt"]
    )
    items = fit_graded(Answers.of(rng.integers(0, 3, (50, 3)), 3)).items
    for rules in (AdaptiveRules(), AdaptiveRules(criterion="expected_variance")):
        AdaptiveTest.of(AdaptiveForm.of(items), rules).step(AdaptiveState())


def _ratings(spreads: FacetSpreads, rng: np.random.Generator) -> Ratings:
    plan = RatingPlan.as_in_practice(n_candidates=_CANDIDATES, rng=rng)
    return simulate_facets(plan, spreads, rng=rng).ratings
