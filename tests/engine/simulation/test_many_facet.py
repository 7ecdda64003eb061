import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import connected_groups
from second_opinion.engine.simulation import FacetSpreads, RatingPlan, simulate_facets
from second_opinion.engine.simulation.many_facet import draw_categories


def simulated(n_candidates=2000, seed=1, **spreads):
    rng = np.random.default_rng(seed)
    plan = RatingPlan.as_in_practice(n_candidates=n_candidates, rng=rng)
    return simulate_facets(plan, FacetSpreads(**spreads), rng=rng)


def test_categories_come_as_often_as_the_model_says():
    thresholds = np.array([-1.0, 0.2, 0.8])
    rng = np.random.default_rng(3)

    drawn = draw_categories(np.full(200_000, 0.4), np.tile(thresholds, (200_000, 1)), rng=rng)

    # a neighbour is exp(location - threshold) times as likely as the one below
    odds = np.bincount(drawn)[1:] / np.bincount(drawn)[:-1]
    assert np.log(odds) == pytest.approx(0.4 - thresholds, abs=0.03)


def test_a_far_location_overflows_nothing():
    drawn = draw_categories(
        np.array([-2000.0, 2000.0]), np.zeros((2, 4)), rng=np.random.default_rng(1)
    )

    assert drawn.tolist() == [0, 4]


def test_the_truth_has_the_spreads_that_were_asked_for_and_is_centred():
    truth = simulated(
        mean=0.3,
        candidate=1.5,
        severity=0.4,
        halo=0.7,
        step_by_criterion=0.2,
        central_tendency=0.3,
        assessor_by_criterion=0.25,
    )

    assert truth.ability.mean() == pytest.approx(0.3, abs=0.1)
    assert truth.ability.std() == pytest.approx(1.5, rel=0.06)
    assert truth.severity.std() == pytest.approx(0.4, rel=0.3)
    assert truth.halo.std() == pytest.approx(0.7, rel=0.05)
    assert np.log(truth.threshold_factor).std() == pytest.approx(0.3, rel=0.3)
    assert truth.assessor_by_criterion.std() == pytest.approx(0.25, rel=0.1)
    assert truth.thresholds.std(axis=0).min() > 0.05
    for effect in (truth.severity, truth.difficulty):
        assert effect.mean() == pytest.approx(0, abs=1e-12)
    assert truth.thresholds.sum(axis=1) == pytest.approx(0, abs=1e-12)
    for axis in (0, 1):
        assert truth.assessor_by_criterion.mean(axis=axis) == pytest.approx(0, abs=1e-12)


def test_by_default_thresholds_are_shared_and_there_is_no_halo():
    truth = simulated(100)

    assert truth.thresholds.tolist() == [[-1.6, -0.5, 0.5, 1.6]] * 12
    assert truth.threshold_factor.tolist() == [1.0] * truth.plan.n_assessors
    assert not truth.halo.any()
    assert not truth.assessor_by_criterion.any()


def test_the_ratings_are_the_rows_of_the_plan_and_hang_together():
    truth = simulated(100)

    assert (truth.ratings.candidate.codes == truth.plan.candidate).all()
    assert (truth.ratings.assessor.codes == truth.plan.assessor).all()
    assert (truth.ratings.criterion.codes == truth.plan.criterion).all()
    assert truth.ratings.assessor.labels[:2] == ("assessor 1", "assessor 2")
    assert set(truth.ratings.score.tolist()) == {1, 2, 3, 4, 5}
    assert set(connected_groups(truth.ratings).tolist()) == {0}


def test_what_is_stricter_harder_less_able_or_less_liked_gets_lower_scores():
    truth = simulated(4000, halo=1.0, assessor_by_criterion=0.5)
    plan, score = truth.plan, truth.ratings.score

    def goes_with(effect, sign):
        return sign * np.corrcoef(effect, score)[0, 1] > 0.08

    assert goes_with(truth.ability[plan.candidate], 1)
    assert goes_with(truth.halo[plan.pair], 1)
    assert goes_with(truth.severity[plan.assessor], -1)
    assert goes_with(truth.difficulty[plan.criterion], -1)
    assert goes_with(truth.assessor_by_criterion[plan.assessor, plan.criterion], -1)


def test_central_tendency_spreads_an_assessors_scores_less():
    truth = simulated(4000, central_tendency=0.6)

    spread = [
        truth.ratings.score[truth.plan.assessor == each].std()
        for each in range(truth.plan.n_assessors)
    ]

    assert np.corrcoef(np.log(truth.threshold_factor), spread)[0, 1] < -0.8


def test_abilities_of_several_dimensions_correlate_as_asked():
    truth = simulated(8000, dimension=(0,) * 6 + (1,) * 6, correlation=0.4, candidate=1.2)

    assert np.corrcoef(truth.abilities.T)[0, 1] == pytest.approx(0.4, abs=0.04)
    assert truth.abilities.std(axis=0) == pytest.approx(1.2, rel=0.03)


def test_the_same_seed_draws_the_same_ratings():
    assert (simulated(50).ratings.score == simulated(50).ratings.score).all()
    assert (simulated(50, halo=1.0, seed=2).halo == simulated(50, halo=1.0, seed=2).halo).all()


@given(st.integers(0, 2**32), st.integers(1, 6))
@settings(max_examples=25)
def test_every_score_lies_on_the_scale_that_the_steps_make(seed, n_steps):
    steps = tuple(np.linspace(-1, 1, n_steps)) if n_steps > 1 else (0.0,)

    ratings = simulated(20, seed, steps=steps, halo=1.0, candidate=3.0).ratings

    assert set(ratings.score.tolist()) <= set(range(1, n_steps + 2))
    assert ratings.scales[0].high == n_steps + 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"halo": -1.0}, "halo must be 0 or more; got -1"),
        ({"candidate": float("nan")}, "candidate must be 0 or more; got nan"),
        ({"steps": ()}, "steps need at least one"),
        ({"steps": (0.0, 1.0)}, "sum 0"),
        ({"correlation": 1.5}, "0 to 1; got 1.5"),
        ({"dimension": (0, 1)}, "each of the 12 criteria; got 2"),
    ],
)
def test_spreads_that_cannot_be_are_refused(change, sentence):
    with pytest.raises(ArgumentError, match=sentence):
        simulated(50, **change)
