"""Intervals hold the truth as often as they say: a small study here, the full one as soak."""

import os

import numpy as np
import pytest

from second_opinion.engine.facets import FacetsModel
from second_opinion.engine.simulation import FacetSpreads
from second_opinion.engine.simulation.coverage import PARTS, Coverage, study_coverage

SHARE = float(os.environ.get("SOAK_SHARE", "1"))
ORDINARY, AWARE = FacetsModel(), FacetsModel(halo=True)
FEW_INTERVALS = 500  # in full there are 800 of the smallest facet
FACETS = ("candidate", "assessor", "criterion", "threshold")


def study(models, halo, *, n_replications, n_candidates):
    return study_coverage(
        models,
        FacetSpreads(halo=halo),
        n_replications=n_replications,
        n_candidates=n_candidates,
        rng=np.random.default_rng([7, int(10 * halo)]),
    )


def test_shares_are_pooled_and_replications_are_what_is_drawn_again():
    coverage = Coverage(
        held=np.array([[9, 8, 5, 5, 4], [10, 9, 5, 4, 4]]),
        intervals=np.array([[10, 10, 5, 5, 4], [10, 10, 5, 5, 4]]),
        halo_variance=np.zeros(2),
    )

    assert coverage.share("candidate") == 0.95
    assert coverage.share("criterion") == 0.9
    assert coverage.between("candidate", rng=np.random.default_rng(1)) == (0.9, 1.0)
    assert coverage.between("threshold", rng=np.random.default_rng(1)) == (1.0, 1.0)


def test_with_halo_the_ordinary_model_is_far_too_certain_and_ours_is_not():
    """Few and small replications: bounds that chance alone passes once in thousands."""
    ordinary, aware = study((ORDINARY, AWARE), 1.0, n_replications=3, n_candidates=40)

    assert len(aware.held) == 3
    assert ordinary.share("candidate") < 0.7
    assert aware.share("candidate") > 0.85
    assert aware.share("assessor") > 0.8
    assert (ordinary.halo_variance == 0).all()
    assert 0.3 < aware.halo_variance.mean() < 2


@pytest.mark.soak
@pytest.mark.parametrize(
    ("halo", "model"), [(0.0, ORDINARY), (0.5, AWARE), (1.0, AWARE), (1.5, AWARE)]
)
def test_intervals_of_every_facet_hold_the_truth_95_times_in_a_hundred(halo, model):
    """At least 200 replications in full: the bootstrapped coverage overlaps .94 to .96."""
    n_replications = max(5, round(200 * SHARE))
    (coverage,) = study((model,), halo, n_replications=n_replications, n_candidates=200)

    rng = np.random.default_rng(1)
    for part in FACETS:
        low, high = coverage.between(part, rng=rng)
        print(f"halo {halo:g}, {part}: {coverage.share(part):.3f} ({low:.3f} to {high:.3f})")
        if coverage.intervals[:, PARTS.index(part)].sum() < FEW_INTERVALS:
            continue  # in a small sample of the soak a facet of few elements says nothing
        assert low <= 0.96
        assert high >= 0.94
    assert set(FACETS) < set(PARTS)
