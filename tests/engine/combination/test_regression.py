"""A second score after an impressive first one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.engine.combination import (
    VarianceComponents,
    probability_second_lower,
    regression_of_second,
)
from second_opinion.engine.errors import ArgumentError

COMPONENTS = VarianceComponents(
    candidate=0.44, candidate_by_criterion=0, severity=0, halo=0.56, residual=0
)


def test_after_a_first_score_of_1_5_at_44_the_second_is_lower_five_times_in_six():
    """Galton's regression: Phi((1 - r) z / sqrt(1 - r^2)) = .825213."""
    assert probability_second_lower(1.5, agreement=0.44) == pytest.approx(0.825213, abs=5e-7)


def test_a_first_score_at_the_level_is_followed_by_either():
    assert probability_second_lower(0.0, agreement=0.44) == 0.5


def test_simulation_agrees():
    rng = np.random.default_rng(1)
    truth = rng.normal(0, 0.44**0.5, 400_000)
    first, second = truth + rng.normal(0, 0.56**0.5, (2, 400_000))
    near = np.abs(first - 1.5) < 0.05

    assert (second < first)[near].mean() == pytest.approx(0.825, abs=0.01)


@given(st.floats(-4, 4), st.floats(0, 0.99))
def test_high_and_low_mirror_each_other(z, agreement):
    high = probability_second_lower(z, agreement=agreement)

    assert high == pytest.approx(1 - probability_second_lower(-z, agreement=agreement))


def test_points_are_turned_into_the_model_s_own_standard_deviations():
    found = regression_of_second(
        4.5, level=3.0, level_variance=0.0, components=COMPONENTS, weights=(1.0,)
    )

    assert found.standardised == pytest.approx(1.5)
    assert found.expected == pytest.approx(3 + 0.44 * 1.5)
    assert found.probability_nearer == pytest.approx(0.825213, abs=5e-7)


@pytest.mark.parametrize("agreement", [-0.1, 1.0, float("nan")])
def test_an_agreement_that_cannot_be_is_refused_by_name(agreement):
    with pytest.raises(ArgumentError, match="agreement"):
        probability_second_lower(1.0, agreement=agreement)


def test_a_score_that_is_no_number_is_refused():
    with pytest.raises(ArgumentError, match="standardised"):
        probability_second_lower(float("inf"), agreement=0.4)
    with pytest.raises(ArgumentError, match="first and level"):
        regression_of_second(
            float("nan"), level=3, level_variance=0, components=COMPONENTS, weights=(1.0,)
        )
