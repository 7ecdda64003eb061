"""Whole cases drawn from the model and rounded to half points: do the intervals hold the truth?

The full run is 10,000 cases (`make soak`); 2026-11: see docs/methods/combination.md.
"""

import os

import numpy as np
import pytest

from second_opinion.engine.combination import Dependence, combine, planning_population
from second_opinion.engine.ratings import Scale
from tests.engine.combination.cases import crossed

SCALE = Scale(1, 5)
SHARE = float(os.environ.get("SOAK_SHARE", "1"))


def covered(n_cases, *, true_rho, assumed_rho, seed=1):
    """Share of wholes inside the 80 % interval: three finalists, two assessors, eight criteria."""
    rng = np.random.default_rng(seed)
    population = planning_population([SCALE] * 8)
    parts, weights = population.components, np.full(8, 1 / 8)
    dependence = Dependence.of(
        candidates=("c0", "c1", "c2"), assessors=("a0", "a1"), groups=[(("a0", "a1"), assumed_rho)]
    )
    root = np.linalg.cholesky(np.array([[1.0, true_rho], [true_rho, 1.0]]))
    inside = 0.0
    for _ in range(n_cases):
        truth = (
            population.mean
            + rng.normal(0, population.mean_variance**0.5)
            + rng.normal(0, parts.candidate**0.5, (3, 1))
            + rng.normal(0, parts.candidate_by_criterion**0.5, (3, 8))
        )

        def errors(variance, *shape):
            return np.einsum("ab,...bk->...ak", root, rng.normal(0, variance**0.5, shape))

        scores = truth[:, None, :] + errors(parts.severity, 1, 2, 1)
        scores = scores + errors(parts.halo, 3, 2, 1) + errors(parts.residual, 3, 2, 8)
        given = np.clip(np.round(scores * 2) / 2, 1, 5)
        found = combine(
            crossed(given), weights=weights, population=population, dependence=dependence
        )
        low, high = found.whole_interval(0.8)
        whole = truth @ weights
        inside += ((low <= whole) & (whole <= high)).mean()
    return inside / n_cases


def test_eighty_per_cent_intervals_hold_eighty_per_cent():
    assert covered(300, true_rho=0.0, assumed_rho=0.0) == pytest.approx(0.8, abs=0.05)


@pytest.mark.soak
@pytest.mark.parametrize("rho", [0.0, 0.3])
def test_ten_thousand_cases_are_covered_between_78_and_82_per_cent(rho):
    n = max(200, int(10_000 * SHARE))
    slack = 3 * (0.16 / n) ** 0.5

    assert 0.78 - slack <= covered(n, true_rho=rho, assumed_rho=rho) <= 0.82 + slack


@pytest.mark.soak
@pytest.mark.parametrize(("true_rho", "assumed"), [(0.3, 0.1), (0.3, 0.5)])
def test_a_dependence_mis_set_by_two_tenths_costs_a_few_points(true_rho, assumed):
    found = covered(max(200, int(10_000 * SHARE)), true_rho=true_rho, assumed_rho=assumed)

    print(f"rho {true_rho}, taken as {assumed}: 80 % intervals cover {found:.3f}")
    assert 0.7 <= found <= 0.9
