"""Scores as steps: against quadrature where that is possible, and beside the linear model."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import ndtr
from scipy.stats import truncnorm

from second_opinion.engine.combination import (
    Dependence,
    Instrument,
    combine,
    combine_as_steps,
    planning_population,
)
from second_opinion.engine.combination.sites import truncated_moments
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Ratings, Scale
from tests.engine.combination.cases import FIVE

PLANNING = planning_population([FIVE])
TRUE = PLANNING.components.whole_true([1.0]) + PLANNING.mean_variance
ERROR = PLANNING.components.single_error - 1 / 12  # rounding is no part of it


def table(*rows, scales=FIVE):
    candidates, assessors, criteria, scores = zip(*rows, strict=True)
    return Ratings.from_names(
        candidates=candidates,
        assessors=assessors,
        criteria=criteria,
        scores=scores,
        scales=scales,
    )


def panel(*scores):
    """One criterion and one candidate, an assessor for each score."""
    return table(*(("A", f"a{place}", "k", score) for place, score in enumerate(scores)))


def by_quadrature(scores):
    """Mean and standard deviation of the truth, given which step each assessor saw."""

    def density(truth):
        value = np.exp(-((truth - 3.5) ** 2) / (2 * TRUE))
        for score in scores:
            upper = np.inf if score == 5 else score + 0.5
            lower = -np.inf if score == 1 else score - 0.5
            value *= ndtr((upper - truth) / np.sqrt(ERROR)) - ndtr((lower - truth) / np.sqrt(ERROR))
        return value

    ends = (-6, 13)
    mass = quad(density, *ends)[0]
    mean = quad(lambda t: t * density(t), *ends)[0] / mass
    return mean, np.sqrt(quad(lambda t: (t - mean) ** 2 * density(t), *ends)[0] / mass)


@pytest.mark.parametrize("score", [1.0, 2.0, 3.0, 5.0])
def test_one_score_is_exact(score):
    found = combine_as_steps(panel(score), weights=np.ones(1), population=PLANNING)

    mean, deviation = by_quadrature([score])
    assert found.mean[0] == pytest.approx(mean, abs=1e-4)
    assert found.deviation[0] == pytest.approx(deviation, abs=1e-3)


@pytest.mark.parametrize("scores", [(5.0, 4.0), (5.0, 5.0), (1.0, 4.0), (5.0, 5.0, 3.0)])
def test_several_scores_are_near_quadrature(scores):
    found = combine_as_steps(panel(*scores), weights=np.ones(1), population=PLANNING)

    mean, deviation = by_quadrature(scores)
    assert found.mean[0] == pytest.approx(mean, abs=0.01)
    assert found.deviation[0] == pytest.approx(deviation, abs=0.01)


def test_inside_the_scale_both_readings_agree_and_at_its_ends_they_part():
    inside, at_top = ((3.0, 3.0, 2.0, 4.0), (5.0, 5.0, 5.0, 5.0))

    gaps = []
    for scores in (inside, at_top):
        points = combine(panel(*scores), weights=np.ones(1), population=PLANNING)
        steps = combine_as_steps(panel(*scores), weights=np.ones(1), population=PLANNING)
        gaps.append(abs(float(steps.mean[0] - points.whole_mean[0])))
    assert gaps[0] < 0.01
    assert gaps[1] > 0.2


def test_the_step_and_the_share_at_the_ends_are_told():
    rows = [("A", "a", "k", 5.0), ("A", "b", "k", 3.5), ("B", "a", "k", 2.0)]

    found = combine_as_steps(table(*rows), weights=np.ones(1), population=PLANNING)

    assert found.step == 0.5
    assert found.at_ends.tolist() == [0.5, 0.0]


def test_nothing_observed_leaves_what_was_believed():
    ratings = panel(3.0)
    nothing = ratings.rows(np.zeros(1, dtype=bool))

    found = combine_as_steps(nothing, weights=np.ones(1), population=PLANNING)

    assert found.mean[0] == pytest.approx(3.5)
    assert found.deviation[0] == pytest.approx(np.sqrt(TRUE))


def test_instruments_and_dependence_count_as_in_the_linear_model():
    ratings = panel(3.0, 3.0)
    beside = {
        "instruments": [
            Instrument(
                name="Test",
                candidate=0,
                criterion=np.array([0]),
                value=np.array([4.0]),
                standard_error=np.array([0.5]),
            )
        ],
        "dependence": Dependence.of(
            candidates=["A"], assessors=["a0", "a1"], groups=[(("a0", "a1"), 0.5)], meetings=[]
        ),
    }

    points = combine(ratings, weights=np.ones(1), population=PLANNING, **beside)
    steps = combine_as_steps(ratings, weights=np.ones(1), population=PLANNING, **beside)

    assert steps.mean[0] == pytest.approx(points.whole_mean[0], abs=0.02)
    assert steps.deviation[0] == pytest.approx(points.whole_standard_deviation[0], abs=0.02)


def test_truncated_moments_are_scipys_also_far_out():
    lower = np.array([-np.inf, 0.0, 6.0, -0.5, -9.0, 3.0])
    upper = np.array([-4.0, np.inf, np.inf, 0.5, -8.0, 3.2])

    mean, variance = truncated_moments(np.zeros(6), np.full(6, 1.5), lower, upper)

    spread = np.sqrt(1.5)
    expected = truncnorm(lower / spread, upper / spread, scale=spread)
    assert mean == pytest.approx(expected.mean(), rel=1e-6)
    assert variance == pytest.approx(expected.var(), rel=1e-4)


def test_scales_that_differ_are_refused():
    ratings = table(
        ("A", "a", "k", 3.0), ("A", "a", "l", 3.0), scales={"k": FIVE, "l": Scale(0, 4)}
    )

    with pytest.raises(ArgumentError, match="one scale"):
        combine_as_steps(
            ratings, weights=np.ones(2), population=planning_population([FIVE, Scale(0, 4)])
        )
