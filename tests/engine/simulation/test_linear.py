import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_opinion.engine.combination.components import VarianceComponents
from second_opinion.engine.errors import ArgumentError, NothingRatedError
from second_opinion.engine.ratings import Scale
from second_opinion.engine.simulation import Design, simulate_ratings

COMPONENTS = VarianceComponents(
    candidate=0.5, candidate_by_criterion=0.2, severity=0.3, halo=0.4, residual=0.25
)
WIDE = (Scale(-50, 50),) * 3  # so wide and fine that rounding and ends do not matter


def crossed(*, n_candidates=300, n_assessors=200, step=0.001, **others):
    return Design.rotating(
        n_candidates=n_candidates,
        n_assessors=n_assessors,
        per_candidate=4,
        scales=WIDE,
        step=step,
        **others,
    )


def test_the_truth_has_the_variances_that_were_asked_for():
    simulation = simulate_ratings(
        crossed(n_candidates=8_000, n_assessors=8_000),
        mean=np.array([1.0, 2.0, 3.0]),
        components=COMPONENTS,
        rng=np.random.default_rng(7),
    )

    assert simulation.candidate.var() == pytest.approx(0.5, rel=0.07)
    assert simulation.candidate_by_criterion.var() == pytest.approx(0.2, rel=0.07)
    assert simulation.severity.var() == pytest.approx(0.3, rel=0.07)
    assert simulation.halo.var() == pytest.approx(0.4, rel=0.07)


def test_ratings_are_the_truth_and_its_errors_added_up():
    simulation = simulate_ratings(
        crossed(n_candidates=1_500, n_assessors=500),
        mean=np.array([1.0, 2.0, 3.0]),
        components=COMPONENTS,
        rng=np.random.default_rng(8),
    )

    ratings = simulation.ratings
    seat = np.arange(len(ratings)) // 3
    rest = (
        ratings.score
        - simulation.true_score[ratings.candidate.codes, ratings.criterion.codes]
        - simulation.severity[ratings.assessor.codes]
        - simulation.halo[seat]
    )
    assert rest.var() == pytest.approx(0.25, rel=0.07)
    assert rest.mean() == pytest.approx(0, abs=0.02)
    assert ratings.score.mean() == pytest.approx(2.0, abs=0.15)


def test_the_same_seed_gives_the_same_ratings_and_another_seed_others():
    def scores(seed):
        rng = np.random.default_rng(seed)
        return simulate_ratings(
            crossed(), mean=np.zeros(3), components=COMPONENTS, rng=rng
        ).ratings.score

    np.testing.assert_array_equal(scores(3), scores(3))
    assert not np.array_equal(scores(3), scores(4))


def test_the_callers_mean_stays_as_it_was_and_is_not_shared():
    mean = np.zeros(3)

    simulation = simulate_ratings(
        crossed(), mean=mean, components=COMPONENTS, rng=np.random.default_rng(1)
    )
    simulation.mean[0] = 9.0

    np.testing.assert_array_equal(mean, np.zeros(3))


@settings(max_examples=40)
@given(
    seed=st.integers(0, 2**32 - 1),
    step=st.sampled_from([0.1, 0.5, 1.0]),
    share=st.floats(0, 0.6),
)
def test_every_score_is_one_that_the_scale_has(seed, step, share):
    design = Design.rotating(
        n_candidates=12,
        n_assessors=5,
        per_candidate=3,
        scales=(Scale(1, 5), Scale(0, 3)),
        step=step,
        share_not_observed=share,
    )

    ratings = simulate_ratings(
        design,
        mean=np.array([3.5, 2.0]),
        components=COMPONENTS.scaled(4),
        rng=np.random.default_rng(seed),
    ).ratings

    low = np.array([1.0, 0.0])[ratings.criterion.codes]
    steps = (ratings.score - low) / step
    np.testing.assert_allclose(steps, np.round(steps), atol=1e-9)
    assert ratings.score.max() <= 5


def test_cells_are_left_out_at_the_share_asked_for_and_names_stay():
    design = crossed(n_candidates=2_000, n_assessors=50, share_not_observed=0.3)

    ratings = simulate_ratings(
        design, mean=np.zeros(3), components=COMPONENTS, rng=np.random.default_rng(2)
    ).ratings

    assert len(ratings) / (2_000 * 4 * 3) == pytest.approx(0.7, abs=0.02)
    assert len(ratings.candidate) == 2_000


def test_a_mean_for_other_criteria_is_refused():
    with pytest.raises(ArgumentError, match=r"each of the 3 criteria; got shape \(2,\)"):
        simulate_ratings(
            crossed(), mean=np.zeros(2), components=COMPONENTS, rng=np.random.default_rng(1)
        )


def test_a_design_without_a_single_rating_is_refused():
    nobody = Design(panels=((),), n_assessors=0, scales=WIDE)

    with pytest.raises(NothingRatedError):
        simulate_ratings(
            nobody, mean=np.zeros(3), components=COMPONENTS, rng=np.random.default_rng(1)
        )
