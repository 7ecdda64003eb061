import numpy as np
import pytest

from second_opinion.engine.facets import implied_agreement
from second_opinion.engine.simulation import FacetSpreads, RatingPlan, simulate_facets

TABLE = np.cumsum([0, -1.6, -0.5, 0.5, 1.6])


def implied(*, halo, severity=0.5, n_criteria=9, candidate=1.25):
    return implied_agreement(
        mean=0.0,
        candidate_variance=candidate**2,
        halo_variance=halo**2,
        severity_variance=severity**2,
        difficulty=np.zeros(n_criteria),
        table=np.tile(TABLE, (n_criteria, 1)),
    )


@pytest.mark.parametrize(
    ("halo", "mean_rating", "impression"),
    [(0.0, 0.79, 1.0), (0.5, 0.69, 0.86), (1.0, 0.51, 0.61), (1.2, 0.44, 0.52), (1.5, 0.35, 0.41)],
)
def test_each_halo_implies_the_agreement_that_is_documented(halo, mean_rating, impression):
    """Candidate SD 1.25, severity SD .5, nine criteria, five categories; .44 is typical."""
    agreement = implied(halo=halo)

    assert agreement.mean_rating == pytest.approx(mean_rating, abs=0.005)
    assert agreement.impression == pytest.approx(impression, abs=0.005)


def test_simulated_assessors_agree_as_implied():
    rng = np.random.default_rng(4)
    plan = RatingPlan.as_in_practice(
        n_candidates=20_000, rng=rng, assessors_each=(2, 2), criteria_each=(12, 12)
    )
    truth = simulate_facets(plan, FacetSpreads(halo=1.0), rng=rng)
    score = truth.ratings.score.reshape(-1, 2, 12)

    agreement = implied_agreement(
        mean=0.0,
        candidate_variance=1.25**2,
        halo_variance=1.0,
        severity_variance=float(truth.severity[plan.assessor].var()),
        difficulty=truth.difficulty,
        table=np.tile(TABLE, (12, 1)),
    )

    of_means = np.corrcoef(score.mean(axis=2).T)[0, 1]
    of_singles = np.mean([np.corrcoef(score[:, :, one].T)[0, 1] for one in range(12)])
    assert agreement.mean_rating == pytest.approx(of_means, abs=0.015)
    assert agreement.single_rating == pytest.approx(of_singles, abs=0.015)


def test_many_criteria_agree_as_the_impressions_do_once_severity_is_out():
    agreement = implied(halo=1.0, n_criteria=400)

    # below it by what the ends of the scale take away
    assert agreement.mean_rating_adjusted == pytest.approx(agreement.impression, abs=0.02)


def test_agreement_falls_with_halo_and_severity_and_never_leaves_its_range():
    rows = [implied(halo=halo, severity=0.3) for halo in (0.0, 0.3, 1.0, 3.0)]

    for name in ("impression", "mean_rating", "mean_rating_adjusted", "single_rating"):
        values = [getattr(row, name) for row in rows]
        assert values == sorted(values, reverse=True)
        assert 0 < values[-1] < values[0] <= 1
    assert implied(halo=1.0, severity=1.0).mean_rating < implied(halo=1.0).mean_rating
