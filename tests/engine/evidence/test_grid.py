import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.engine.evidence.grid import (
    Grid,
    inside,
    log_scores,
    probability_over,
    step_that_fits,
)
from second_opinion.engine.evidence.prediction import Normal

SCORES = np.arange(1.0, 6.0)


def grid_of(n, step=1.0):
    return Grid(step=np.full(n, step), low=np.full(n, 1.0), high=np.full(n, 5.0))


def prediction_of(mean, deviation, n):
    return Normal(np.full(n, mean), np.full(n, deviation), np.full(n, mean), np.full(n, deviation))


def log_scores_of(grid, given, prediction):
    return log_scores(grid.below(given, prediction), grid.up_to(given, prediction))


def coverage(grid, given, prediction, *, level):
    below, up_to = grid.below(given, prediction), grid.up_to(given, prediction)
    return float(inside(below, up_to, level=level).mean())


@given(st.floats(-3, 9), st.floats(0.05, 10))
def test_the_probabilities_of_all_scores_sum_to_one(mean, deviation):
    probability = np.exp(log_scores_of(grid_of(5), SCORES, prediction_of(mean, deviation, 5)))

    assert probability.sum() == pytest.approx(1)


@given(st.floats(-3, 9), st.floats(0.05, 10), st.floats(0.1, 0.95))
def test_scores_drawn_from_the_prediction_are_covered_as_often_as_said(mean, deviation, level):
    """Over the prediction's own distribution the expected coverage is the level, exactly."""
    prediction = prediction_of(mean, deviation, 1)
    covered = sum(
        float(np.exp(log_scores_of(grid_of(1), np.array([score]), prediction))[0])
        * coverage(grid_of(1), np.array([score]), prediction, level=level)
        for score in SCORES
    )

    assert covered == pytest.approx(level, abs=1e-6)


def test_an_impossible_score_costs_much_and_stays_finite():
    assert log_scores_of(grid_of(1), np.array([5.0]), prediction_of(1, 0.01, 1))[0] < -600


@pytest.mark.parametrize(
    ("scores", "step"),
    [([1, 2, 5], 1), ([1, 2.5], 0.5), ([1, 2.3], 0.1), ([1, 2.33], 0.1), ([1, 1.75], 0.1)],
)
def test_the_largest_step_that_fits_is_taken(scores, step):
    assert step_that_fits(np.array(scores, dtype=float), np.ones(len(scores))) == step


def test_steps_are_counted_from_the_low_end_of_the_scale():
    assert step_that_fits(np.array([0.5, 1.5]), np.array([0.5, 0.5])) == 1


def test_a_score_on_the_bar_counts_one_half():
    """Normal around the bar itself: over and under are equally likely."""
    found = probability_over(grid_of(1), np.array([3.0]), prediction_of(3, 1, 1))

    assert found[0] == pytest.approx(0.5)


@given(st.floats(0, 6), st.floats(0.2, 3), st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, 2.5, 4.3]))
def test_probability_over_is_the_sum_over_the_scores_over_the_bar(mean, deviation, bar):
    probability = np.exp(log_scores_of(grid_of(5), SCORES, prediction_of(mean, deviation, 5)))

    found = probability_over(grid_of(1), np.array([bar]), prediction_of(mean, deviation, 1))

    by_sum = probability[bar < SCORES].sum() + probability[bar == SCORES].sum() / 2
    assert found[0] == pytest.approx(by_sum, abs=1e-9)
