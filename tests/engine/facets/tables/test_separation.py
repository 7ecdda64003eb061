import numpy as np
import pytest
from scipy.stats import chi2

from second_opinion.engine.facets.tables.separation import separation


def test_separation_of_three_measures_is_that_by_hand():
    found = separation(np.array([-1.0, 0.0, 1.0]), np.full(3, 0.5), centred=False)

    assert found.standard_deviation == pytest.approx(1)  # observed variance 1, error .25, true .75
    assert found.true_standard_deviation == pytest.approx(0.75**0.5)
    assert found.separation == pytest.approx(3**0.5)
    assert found.strata == pytest.approx((4 * 3**0.5 + 1) / 3)
    assert found.reliability == pytest.approx(0.75)
    assert found.fixed_chi_square == pytest.approx(8)
    assert found.fixed_probability == pytest.approx(chi2.sf(8, 2))
    assert found.random_chi_square == pytest.approx(2)  # each variance .25 + .75
    assert found.random_degrees == 1


def test_reliability_is_that_of_the_separation():
    measure = np.random.default_rng(1).normal(0, 1, 20)

    found = separation(measure, np.full(20, 0.4), centred=False)

    assert found.reliability == pytest.approx(found.separation**2 / (1 + found.separation**2))


@pytest.mark.parametrize("n", [2, 3, 12])
def test_errors_of_centred_measures_are_freed_of_their_centring(n):
    rng = np.random.default_rng(n)
    own = rng.uniform(0.2, 0.5, n)
    centring = np.eye(n) - 1 / n
    error = np.sqrt(np.diagonal(centring @ np.diag(own**2) @ centring))
    measure = centring @ rng.normal(0, 1, n)

    found = separation(measure, error, centred=True)

    if n > 2:
        assert found.error == pytest.approx(separation(measure, own, centred=False).error)
    assert found.error == pytest.approx(np.sqrt(np.mean(own**2)))


def test_fixed_chi_square_of_equal_elements_is_a_chi_square():
    rng = np.random.default_rng(5)
    own = rng.uniform(0.2, 0.4, 8)
    centring = np.eye(8) - 1 / 8
    error = np.sqrt(np.diagonal(centring @ np.diag(own**2) @ centring))

    drawn = [
        separation(centring @ rng.normal(0, own), error, centred=True).fixed_chi_square
        for _ in range(1500)
    ]

    assert np.mean(drawn) == pytest.approx(7, abs=0.3)
    assert np.mean(np.array(drawn) > chi2.ppf(0.95, 7)) == pytest.approx(0.05, abs=0.02)


def test_equal_elements_have_no_separation():
    found = separation(np.array([0.1, -0.1, 0.0]), np.full(3, 0.5), centred=False)

    assert found.separation == 0
    assert found.reliability == 0
    assert found.strata == pytest.approx(1 / 3)


def test_fewer_than_two_elements_leave_it_undefined():
    found = separation(np.array([0.3, np.nan]), np.array([0.2, np.nan]), centred=False)

    assert found.n_elements == 1
    assert np.isnan(found.reliability)
    assert separation(np.empty(0), np.empty(0), centred=True).n_elements == 0


def test_two_elements_leave_no_degree_for_the_random_chi_square():
    assert np.isnan(separation(np.array([0, 1.0]), np.ones(2), centred=True).random_probability)


def test_anchored_elements_are_left_out():
    found = separation(np.array([-1, 0, 1.0, 5]), np.array([0.5, 0.5, 0.5, 0]), centred=False)

    assert found.n_elements == 3
