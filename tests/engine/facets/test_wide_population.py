"""Posteriors far from normal: four ratings each on three categories, abilities spread widely."""

import numpy as np
import pytest

from second_opinion.engine.facets import fit, fit_facets
from second_opinion.engine.ratings import Ratings, Scale


def ratings_of(n_candidates, *, seed):
    rng = np.random.default_rng(seed)
    n_assessors, steps = 40, np.array([-1.0, 1.0])
    candidate = np.repeat(np.arange(n_candidates), 4)
    first = rng.integers(n_assessors, size=n_candidates)
    second = (first + rng.integers(1, n_assessors, size=n_candidates)) % n_assessors
    assessor = np.repeat(np.stack([first, second], axis=1).ravel(), 2)
    criterion = np.tile([0, 1], 2 * n_candidates)
    logit = (
        rng.normal(0, 12.5**0.5, n_candidates)[candidate]
        - rng.normal(0, 0.7, n_assessors)[assessor]
        - np.array([-0.4, 0.4])[criterion]
    )
    weights = np.exp(np.stack([0 * logit, logit - steps[0], 2 * logit - steps.sum()], axis=1))
    shares = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
    return Ratings.from_arrays(
        {
            "candidate": candidate,
            "assessor": assessor,
            "criterion": criterion,
            "score": 1.0 + (rng.random(len(logit))[:, None] > shares).sum(axis=1),
        },
        scales=Scale(1, 3),
    )


def test_compiled_passes_are_near_enough_even_here(monkeypatch):
    ratings = ratings_of(800, seed=3)
    compiled = fit_facets(ratings)
    monkeypatch.setattr(fit, "_FEW", 10**9)  # the plain passes, with as many nodes as needed

    plain = fit_facets(ratings)

    ours, exact = compiled.facet("assessor"), plain.facet("assessor")
    assert compiled.log_likelihood == pytest.approx(plain.log_likelihood, rel=5e-5)
    assert np.abs((ours.measure - exact.measure) / exact.standard_error).max() < 0.05
    assert ours.standard_error == pytest.approx(exact.standard_error, rel=0.04)
    assert compiled.standard_error == pytest.approx(plain.standard_error, rel=0.02)
