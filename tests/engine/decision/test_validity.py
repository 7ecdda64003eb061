import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_opinion.engine.decision import (
    best_weights,
    composite_validity,
    indirectly_restricted,
    range_restricted,
    reliability_indirectly_restricted,
    reliability_range_restricted,
    true_sd_ratio,
    validity_of_mean,
)
from second_opinion.engine.errors import ArgumentError

shares = st.floats(0.01, 0.99)
ratios = st.floats(0.05, 1.0)


def test_two_predictors_with_equal_and_with_best_weights():
    v, between = [0.40, 0.30], [[1, 0.5], [0.5, 1]]

    assert composite_validity(v, between, weights=[1, 1]) == pytest.approx(0.404145, abs=5e-7)
    assert composite_validity(v, between) == pytest.approx(0.416333, abs=5e-7)


def test_a_predictor_that_would_need_a_negative_weight_gets_none():
    assert best_weights([0.50, 0.20], 0.60) == pytest.approx([1.0, 0.0])
    assert composite_validity([0.50, 0.20], 0.60) == pytest.approx(0.50)


def test_ability_conscientiousness_and_interview_together():
    # validities of Sackett et al. (2022); correlations as tabled in docs/methods
    v = [0.31, 0.25, 0.42]
    between = [[1, 0.03, 0.29], [0.03, 1, 0.13], [0.29, 0.13, 1]]

    assert composite_validity(v, between) == pytest.approx(0.505, abs=5e-4)
    assert composite_validity(v, between, weights=[1, 1, 1]) == pytest.approx(0.496, abs=5e-4)
    assert composite_validity(v, between, weights=[1, 0.5, 0.45]) == pytest.approx(0.465, abs=1e-3)


def test_the_mean_of_k_is_the_composite_of_k_equal_predictors():
    k, v, r = 4, 0.3, 0.44
    equal = composite_validity([v] * k, r, weights=[2] * k)

    assert validity_of_mean(v, k, reliability=r) == pytest.approx(equal, abs=1e-12)


def test_the_mean_of_very_many_has_the_true_validity():
    assert validity_of_mean(0.42, 1e12, reliability=0.44) == pytest.approx(0.42 / 0.44**0.5)


def test_predictors_that_are_all_worthless_have_no_weights_and_no_validity():
    assert best_weights([-0.2, 0.0], 0.1) == pytest.approx([0, 0])
    assert composite_validity([-0.2, 0.0], 0.1) == 0


def test_perfectly_alike_predictors_are_one():
    assert composite_validity([0.4, 0.4], [[1, 1], [1, 1]]) == pytest.approx(0.4)


@st.composite
def predictors(draw):
    """Validities and intercorrelations that exist together."""
    n = draw(st.integers(1, 5))
    numbers = draw(
        st.lists(st.floats(-1, 1), min_size=(n + 1) * (n + 1), max_size=(n + 1) * (n + 1))
    )
    loadings = np.array(numbers).reshape(n + 1, n + 1) + 2 * np.eye(n + 1)
    covariance = loadings @ loadings.T
    spread = np.sqrt(np.diagonal(covariance))
    matrix = covariance / np.outer(spread, spread)
    return matrix[-1, :-1], matrix[:-1, :-1]


@settings(max_examples=30)
@given(predictors(), st.data())
def test_no_weights_of_which_none_is_negative_do_better_than_the_best(given_predictors, data):
    v, between = given_predictors
    weights = data.draw(
        st.lists(st.floats(0, 1), min_size=len(v), max_size=len(v)).filter(lambda w: sum(w) > 0.1)
    )

    best = composite_validity(v, between)

    assert composite_validity(v, between, weights=weights) <= best + 1e-9
    assert best >= max(0.0, v.max()) - 1e-9
    assert (best_weights(v, between) >= 0).all()


# --- range restriction


def test_finalists_validity_at_three_spreads():
    # knowledge from Thorndike's case II: .42 falls to .38, .31 and .23
    assert range_restricted(0.42, [0.9, 0.7, 0.5]) == pytest.approx([0.38, 0.31, 0.23], abs=5e-3)


@given(st.floats(-0.99, 0.99), ratios)
def test_restriction_is_undone_by_the_opposite_ratio(r, u):
    assert range_restricted(range_restricted(r, u), 1 / u) == pytest.approx(r, abs=1e-9)


@given(shares, ratios, ratios)
def test_the_narrower_the_group_the_lower_the_validity(r, one, other):
    narrow, wide = sorted((one, other))

    assert range_restricted(r, narrow) <= range_restricted(r, wide) <= r + 1e-12


def test_direct_selection_restricts_as_a_truncated_normal_sample_does():
    rng = np.random.default_rng(4)
    x = rng.standard_normal(400_000)
    y = 0.5 * x + np.sqrt(0.75) * rng.standard_normal(400_000)
    chosen = x > 0.3

    u = x[chosen].std()

    assert np.corrcoef(x[chosen], y[chosen])[0, 1] == pytest.approx(
        range_restricted(0.5, u), abs=5e-3
    )


def test_indirect_selection_restricts_as_selection_on_the_true_standing_does():
    rng = np.random.default_rng(5)
    true = rng.standard_normal(400_000)
    x = np.sqrt(0.6) * true + np.sqrt(0.4) * rng.standard_normal(400_000)
    y = 0.6 * true + 0.8 * rng.standard_normal(400_000)
    chosen = true > 0.2
    u = true[chosen].std()

    expected = indirectly_restricted(0.6 * np.sqrt(0.6), u, reliability=0.6)

    assert np.corrcoef(x[chosen], y[chosen])[0, 1] == pytest.approx(expected, abs=5e-3)
    left = reliability_indirectly_restricted(0.6, u)
    assert np.corrcoef(x[chosen], true[chosen])[0, 1] ** 2 == pytest.approx(left, abs=5e-3)


@given(shares, st.floats(0.05, 1.0))
def test_both_ratios_give_the_same_reliability(reliability, true_ratio):
    observed = np.sqrt(reliability * true_ratio**2 + 1 - reliability)

    assert true_sd_ratio(observed, reliability=reliability) == pytest.approx(true_ratio, rel=1e-4)
    assert reliability_range_restricted(reliability, observed) == pytest.approx(
        reliability_indirectly_restricted(reliability, true_ratio), abs=1e-9
    )


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: composite_validity([0.9, -0.9], 0.9), "cannot be"),
        (lambda: composite_validity([0.3] * 3, -0.9), "not positive semidefinite"),
        (lambda: composite_validity([0.3, 0.2], [[1, 0.2], [0.3, 1]]), "symmetric"),
        (lambda: composite_validity([0.3, 0.2], [[2, 0.2], [0.2, 1]]), "between -1 and 1"),
        (lambda: composite_validity([0.3, 0.2], np.eye(3)), "shape"),
        (lambda: composite_validity([0.3, 0.2], [[0.9, 0.2], [0.2, 1]]), "1 on its diagonal"),
        (
            lambda: composite_validity([0.3, -0.3], [[1, -1], [-1, 1]], weights=[1, 1]),
            "does not vary",
        ),
        (lambda: composite_validity([0.3, 0.2], 0.1, weights=[1, -1]), "weights"),
        (lambda: composite_validity([0.3, 0.2], 0.1, weights=[0, 0]), "weights"),
        (lambda: composite_validity([0.3, 0.2], 0.1, weights=[1]), "weights"),
        (lambda: composite_validity([], 0.1), "validities"),
        (lambda: composite_validity([0.3, np.inf], 0.1), "validities must be finite"),
        (lambda: validity_of_mean(0.7, 2, reliability=0.3), "validity cannot be above"),
        (lambda: range_restricted(0.4, 0), "sd_ratio"),
        (lambda: range_restricted(1.4, 0.5), "validity"),
        (lambda: reliability_range_restricted(0.4, 0.5), "sd_ratio"),
        (lambda: true_sd_ratio(0.3, reliability=0.4), "sd_ratio"),
        (lambda: indirectly_restricted(0.7, 0.5, reliability=0.3), "validity cannot be above"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, named):
    with pytest.raises(ArgumentError, match=named):
        call()
