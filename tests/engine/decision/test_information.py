import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from second_opinion.engine.decision import (
    best_block,
    best_number_of_opinions,
    expected_value_of_information,
    expected_value_of_perfect_information,
)
from second_opinion.engine.decision.normal import unit_loss
from second_opinion.engine.errors import ArgumentError

means = st.floats(-3, 3)
variances = st.floats(0.01, 4)


def test_a_standard_prior_and_an_opinion_as_uncertain():
    # phi(0) / sqrt(2) and phi(0): Raiffa and Schlaifer (1961)
    assert expected_value_of_information(0, 1, error_variance=1) == pytest.approx(
        0.2820947918, abs=5e-11
    )
    assert expected_value_of_perfect_information(0, 1) == pytest.approx(0.3989422804, abs=5e-11)


def test_one_opinion_does_not_pay_four_do_and_seven_are_best():
    block = best_number_of_opinions(1, 1, error_variance=4, price=0.004)

    assert block.values[0] == pytest.approx(0.001971, abs=5e-7)
    assert block.nets[0] < 0
    assert block.values[3] == pytest.approx(0.025127, abs=5e-7)
    assert block.nets[3] == pytest.approx(0.009127, abs=5e-7)
    assert block.opinions == 7
    assert block.net == pytest.approx(0.012055, abs=5e-7)


def by_quadrature(m, v, e, t, k, n):
    spread = v / np.sqrt(v + e / n) if v else 0.0
    if spread == 0:
        return 0.0
    bend = (t - m) / spread
    gain = quad(
        lambda z: max(0.0, m + spread * z - t) * norm.pdf(z),
        -14,
        14,
        points=[bend] if abs(bend) < 14 else None,
        epsabs=1e-13,
        limit=200,
    )[0]
    return k * (gain - max(0.0, m - t))


@settings(max_examples=30)
@given(means, variances, variances, means, st.floats(0, 10), st.integers(1, 20))
def test_the_closed_form_equals_quadrature(m, v, e, t, k, n):
    value = expected_value_of_information(m, v, error_variance=e, threshold=t, slope=k, opinions=n)

    assert value == pytest.approx(by_quadrature(m, v, e, t, k, n), abs=1e-9)


@given(means, variances, variances, st.integers(0, 30), st.integers(0, 30))
def test_more_opinions_are_never_worth_less_nor_more_than_perfect(m, v, e, one, other):
    few, many = sorted((one, other))
    values = expected_value_of_information(m, v, error_variance=e, opinions=[few, many])

    assert 0 <= values[0] <= values[1] + 1e-12
    assert values[1] <= expected_value_of_perfect_information(m, v) + 1e-12


@given(means, means, variances, variances)
def test_it_is_worth_most_when_one_hesitates_and_either_way_alike(m, t, v, e):
    near = expected_value_of_information(t, v, error_variance=e, threshold=t)
    here = expected_value_of_information(m, v, error_variance=e, threshold=t)
    mirrored = expected_value_of_information(2 * t - m, v, error_variance=e, threshold=t)

    assert here <= near + 1e-12
    assert here == pytest.approx(mirrored, abs=1e-9)


@given(means, variances, variances, st.floats(0.01, 100), st.floats(-5, 5))
def test_units_and_origin_do_not_matter(m, v, e, unit, origin):
    here = expected_value_of_information(m, v, error_variance=e, threshold=0.3)
    there = expected_value_of_information(
        unit * m + origin,
        unit**2 * v,
        error_variance=unit**2 * e,
        threshold=unit * 0.3 + origin,
        slope=1 / unit,
    )

    assert there == pytest.approx(here, abs=1e-9)


def test_nothing_to_learn_is_worth_nothing():
    assert expected_value_of_information(0.5, 0, error_variance=1) == 0
    assert expected_value_of_information(0.5, 0, error_variance=0) == 0
    assert expected_value_of_information(0, 1, error_variance=1, opinions=0) == 0
    assert expected_value_of_information(1e6, 1, error_variance=1) == 0
    assert expected_value_of_information(1.0, 1e-320, error_variance=1) == 0


def test_arrays_broadcast():
    values = expected_value_of_information(
        [[0], [1]], 1, error_variance=1, opinions=np.arange(1, 4)
    )

    assert values.shape == (2, 3)


def test_the_loss_keeps_its_digits_far_out():
    # Mills' ratio in series: phi(z) / z^2 (1 - 3/z^2 + ...)
    z = 30.0
    assert unit_loss(np.array(z)) == pytest.approx(
        norm.pdf(z) / z**2 * (1 - 3 / z**2 + 15 / z**4), rel=1e-6
    )


def test_a_block_that_never_pays_is_none():
    block = best_block(np.array([0.1, 0.2]), price=0.15)

    assert (block.opinions, block.value, block.net) == (0, 0.0, 0.0)
    assert block.pays_up_to == pytest.approx(0.1)


def test_delay_is_paid_once():
    block = best_block(np.array([0.1, 0.3]), price=0.05, fixed_cost=0.12)

    assert block.opinions == 2
    assert block.net == pytest.approx(0.08)
    assert block.pays_up_to == pytest.approx(0.09)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.floats(0, 1))
def test_at_the_price_named_nothing_pays_and_just_below_something_does(values, fixed):
    limit = best_block(np.array(values), price=0, fixed_cost=fixed).pays_up_to

    assert best_block(np.array(values), price=limit + 1e-9, fixed_cost=fixed).opinions == 0
    if limit > 1e-6:
        assert best_block(np.array(values), price=limit * 0.999, fixed_cost=fixed).opinions > 0


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"variance": -1}, "variance"),
        ({"mean": np.nan}, "mean"),
        ({"error_variance": -0.1}, "error_variance"),
        ({"error_variance": np.inf}, "error_variance"),
        ({"threshold": np.inf}, "threshold"),
        ({"slope": -1}, "slope"),
        ({"opinions": -1}, "opinions"),
    ],
)
def test_what_cannot_be_is_refused_by_name(changed, named):
    arguments = {"mean": 0, "variance": 1, "error_variance": 1} | changed

    with pytest.raises(ArgumentError, match=named):
        expected_value_of_information(arguments.pop("mean"), arguments.pop("variance"), **arguments)


@pytest.mark.parametrize(
    "call",
    [
        lambda: best_block(np.array([-0.1]), price=1),
        lambda: best_block(np.zeros((2, 2)), price=1),
        lambda: best_block(np.array([0.1]), price=-1),
        lambda: best_number_of_opinions(0, 1, error_variance=1, price=1, most=0),
    ],
)
def test_a_block_that_cannot_be_is_refused(call):
    with pytest.raises(ArgumentError):
        call()
