import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.engine.decision import (
    effective_opinions,
    mean_error_variance,
    raters_needed,
    reliability_on_fresh_material,
    reliability_on_same_material,
    spearman_brown,
)
from second_opinion.engine.errors import ArgumentError

shares = st.floats(0.001, 0.999)


def test_two_and_three_interviews_agree_as_spearman_and_brown_say():
    # .44: Huffcutt, Culbertson and Weyhrauch (2013), separate interviews
    assert spearman_brown(0.44, [1, 2, 3]) == pytest.approx([0.44, 0.611111, 0.702128], abs=5e-7)


def test_six_interviews_are_needed_for_80():
    assert raters_needed(0.44, 0.8) == 6


@pytest.mark.parametrize("k", [1, 2, 3, 7, 20])
def test_a_reliability_that_k_opinions_reach_exactly_needs_k(k):
    assert raters_needed(0.44, spearman_brown(0.44, k)) == k


def test_a_perfect_opinion_is_enough():
    assert raters_needed(1.0, 1.0) == 1


def test_dependent_errors_are_worth_fewer_opinions():
    assert mean_error_variance(2.0, 2, error_correlation=0.3) == pytest.approx(2 * 1.3 / 2)
    assert effective_opinions(2, 0.3) == pytest.approx(2 / 1.3)


def test_the_same_material_cannot_average_out_the_day():
    # panels agree .74, separate interviews .44: .30 of the variance is the occasion's
    shares_of_variance = {"occasion_variance": 0.30, "error_variance": 0.26}

    assert reliability_on_same_material(0.44, 2, **shares_of_variance) == pytest.approx(
        0.505747, abs=5e-7
    )
    assert reliability_on_fresh_material(0.44, 2, **shares_of_variance) == pytest.approx(
        0.611111, abs=5e-7
    )


@given(shares, st.floats(1, 1e6), st.floats(1, 1e6))
def test_more_opinions_are_never_less_reliable(reliability, one, other):
    few, many = sorted((one, other))

    assert spearman_brown(reliability, few) <= spearman_brown(reliability, many) <= 1


@given(shares, shares)
def test_the_number_needed_reaches_the_target_and_one_fewer_does_not(reliability, target):
    k = raters_needed(reliability, target)

    assert spearman_brown(reliability, k) >= target - 1e-9
    assert k == 1 or spearman_brown(reliability, k - 1) < target + 1e-9


@given(shares, shares, shares, st.integers(1, 50), st.floats(0.001, 1000))
def test_material_is_never_worse_fresh_and_the_unit_does_not_matter(alpha, tau, epsilon, k, unit):
    def both(scale):
        parts = {"occasion_variance": tau * scale, "error_variance": epsilon * scale}
        return (
            reliability_on_same_material(alpha * scale, k, **parts),
            reliability_on_fresh_material(alpha * scale, k, **parts),
        )

    same, fresh = both(1.0)

    assert same <= fresh + 1e-12
    assert both(unit) == pytest.approx((same, fresh))


def test_arrays_broadcast_and_numbers_stay_numbers():
    assert spearman_brown([[0.2], [0.4]], [1, 2, 3]).shape == (2, 3)
    assert isinstance(spearman_brown(0.2, 2), float)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: spearman_brown(1.1, 2), "reliability"),
        (lambda: spearman_brown(np.nan, 2), "reliability"),
        (lambda: spearman_brown(0.4, 0), "k must be above 0"),
        (lambda: spearman_brown("much", 2), "reliability must be a number"),
        (lambda: spearman_brown([0.1, 0.2], [1, 2, 3]), "do not fit"),
        (lambda: raters_needed(0.0, 0.5), "reliability must be above 0"),
        (lambda: raters_needed(0.5, 1.0), "target must lie below 1"),
        (lambda: mean_error_variance(-1, 2), "error_variance"),
        (lambda: mean_error_variance(1, 3, error_correlation=-0.9), "error_correlation"),
        (
            lambda: reliability_on_same_material(0, 2, occasion_variance=0, error_variance=0),
            "must not all be 0",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, named):
    with pytest.raises(ArgumentError, match=named):
        call()
