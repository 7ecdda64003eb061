import csv
import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import ndtr, ndtri
from scipy.stats import norm

from second_opinion.engine.decision import (
    brogden_cronbach_gleser,
    expectancy_table,
    expected_gain_of_best,
    expected_maximum,
    gain_of_best,
    mean_standing_selected,
    naylor_shine,
    observed_expectancy,
    right_order,
    success_at_standing,
    taylor_russell,
    value_of_rejecting,
)
from second_opinion.engine.decision.normal import both_above, unit_loss
from second_opinion.engine.errors import ArgumentError

TABLE = Path(__file__).parents[2] / "reference" / "taylor_russell" / "base_rate_50.csv"
shares = st.floats(0.01, 0.99)


def table():
    with TABLE.open(encoding="utf-8") as stream:
        return [{key: float(value) for key, value in row.items()} for row in csv.DictReader(stream)]


# --- Taylor and Russell


def test_the_table_of_taylor_and_russell():
    rows = table()
    columns = {key: np.array([row[key] for row in rows]) for key in rows[0]}

    success = taylor_russell(
        columns["base_rate"], columns["selection_ratio"], validity=columns["validity"]
    )

    assert len(rows) == 55
    assert success == pytest.approx(columns["success_ratio"], abs=5.1e-6)


@pytest.mark.parametrize(
    ("base", "validity", "expected"),
    [
        (0.5, 0.19, (0.58, 0.56, 0.53)),
        (0.5, 0.30, (0.63, 0.60, 0.54)),
        (0.5, 0.42, (0.69, 0.64, 0.56)),
        (0.5, 0.50, (0.73, 0.67, 0.57)),
        (0.6, 0.42, (0.78, 0.73, 0.66)),
        (0.7, 0.42, (0.85, 0.82, 0.76)),
    ],
)
def test_success_at_three_selection_ratios(base, validity, expected):
    assert taylor_russell(base, [0.33, 0.5, 0.8], validity=validity) == pytest.approx(
        expected, abs=6e-3
    )


def orthant(h, k, r):
    """By quadrature over the first variable."""
    bends = [k / r] if r and h < k / r < 12 else None
    return quad(
        lambda x: norm.pdf(x) * ndtr(-(k - r * x) / np.sqrt(1 - r * r)),
        h,
        12,
        epsabs=1e-13,
        points=bends,
        limit=200,
    )[0]


@pytest.mark.parametrize(
    ("h", "k", "r"),
    list(itertools.product([-2.0, 0.0, 0.3, 1.7], [-1.5, 0.0, 0.3, 2.0], [-0.95, 0.0, 0.3, 0.99])),
)
def test_two_normal_variables_at_once_equal_quadrature(h, k, r):
    exact = both_above(np.array(h), np.array(k), np.array(r))

    assert exact == pytest.approx(orthant(h, k, r), abs=1e-9)


@given(st.floats(-6, 6), st.floats(-6, 6), st.floats(-1, 1))
def test_the_four_quarters_of_two_variables_are_one(h, k, r):
    def quarter(first, second):
        return both_above(np.array(first * h), np.array(second * k), np.array(first * second * r))

    assert sum(quarter(a, b) for a in (1, -1) for b in (1, -1)) == pytest.approx(1, abs=1e-9)


@given(shares, shares, st.floats(0, 1), st.floats(0, 1))
def test_success_rises_with_validity_and_never_below_the_base_rate(base, ratio, one, other):
    low, high = sorted((one, other))

    weaker, stronger = taylor_russell(base, ratio, validity=[low, high])

    assert base - 1e-9 <= weaker <= stronger + 1e-9 <= 1 + 2e-9


def test_the_ends_of_taylor_and_russell():
    assert taylor_russell(0.6, 1.0, validity=0.5) == 0.6
    assert taylor_russell(0.6, 0.3, validity=0) == pytest.approx(0.6)
    assert taylor_russell([0, 1], 0.3, validity=0.5) == pytest.approx([0, 1])
    assert taylor_russell(0.6, 0.3, validity=1) == pytest.approx(1)


# --- means and money


def test_mean_standing_of_the_selected():
    # knowledge: .2 1.40, .33 1.10, .5 .80, .8 .35
    assert mean_standing_selected([0.2, 0.33, 0.5, 0.8]) == pytest.approx(
        [1.40, 1.10, 0.80, 0.35], abs=5e-3
    )
    assert mean_standing_selected(1.0) == 0


@settings(max_examples=30)
@given(st.floats(0.01, 0.99), st.floats(-1, 1))
def test_naylor_and_shine_equal_quadrature(ratio, r):
    cut = -ndtri(ratio)
    mean = quad(lambda z: r * z * norm.pdf(z), cut, 40, epsabs=1e-13)[0] / ratio

    assert naylor_shine(r, ratio) == pytest.approx(mean, abs=1e-9)


@pytest.mark.parametrize(("k", "expected"), [(1, 0.0), (2, 0.56418958), (3, 0.84628438)])
def test_expected_maximum_in_closed_form(k, expected):
    # 1/sqrt(pi) and 3/(2 sqrt(pi))
    assert expected_maximum(k) == pytest.approx(expected, abs=1e-8)


def test_expected_maximum_of_many_as_tabled():
    # Harter (1961): n = 5, 10, 100
    assert expected_maximum([5, 10, 100]) == pytest.approx([1.16296, 1.53875, 2.50759], abs=5e-6)


def test_an_example_of_what_finalists_are_worth():
    # pay 720,000, SDy 40 %: validity .19 to .42 gains about 37,000 with two, 56,000 with three
    gains = gain_of_best(
        1,
        1,
        finalists=[2, 3],
        validity=0.42,
        validity_before=0.19,
        sd_performance=288_000,
        cost_per_applicant=0,
    )

    assert gains == pytest.approx([37_000, 56_000], abs=500)


def test_money_is_brogdens_product_less_its_costs():
    gain = brogden_cronbach_gleser(
        10,
        2,
        validity=0.4,
        selection_ratio=0.25,
        sd_performance=200_000,
        cost_per_applicant=5_000,
        validity_before=0.1,
        overhead=30_000,
    )

    expected = 10 * 2 * 200_000 * 0.3 * norm.pdf(norm.ppf(0.25)) / 0.25 - 40 * 5_000 - 30_000
    assert gain == pytest.approx(expected)


def test_one_finalist_gains_only_by_the_option_of_none():
    assert expected_gain_of_best(1, 0.5) == pytest.approx(0, abs=1e-12)
    assert expected_gain_of_best(1, 0.5, threshold=-0.2533) == pytest.approx(
        value_of_rejecting(0.5, -0.2533), abs=1e-9
    )
    assert value_of_rejecting(0.5, -0.2533) == pytest.approx(
        0.5 * unit_loss(np.array(0.5066)), abs=1e-12
    )
    assert value_of_rejecting(0, 0.1) == 0


def test_without_a_way_out_finalists_gain_as_their_maximum_does():
    assert expected_gain_of_best([2, 3], 0.5) == pytest.approx(0.5 * expected_maximum([2, 3]))
    far_below = expected_gain_of_best([2, 3], 0.5, threshold=-9)
    assert far_below == pytest.approx(0.5 * expected_maximum([2, 3]), abs=1e-9)


def test_of_two_the_better_looking_is_better():
    assert right_order([0.19, 0.30, 0.42, 0.50]) == pytest.approx(
        [0.56, 0.60, 0.64, 0.67], abs=5e-3
    )


def test_success_at_a_standing():
    # knowledge: base .6, r .42 at z -1.5, -1, 0, 1, 1.5
    success = success_at_standing([-1.5, -1, 0, 1, 1.5], 0.6, validity=0.42)

    assert success == pytest.approx([0.34, 0.43, 0.61, 0.77, 0.83], abs=6e-3)


# --- expectancy


def test_an_expectancy_table_averages_to_the_base_rate_and_rises():
    table = expectancy_table(0.42, 0.6, validity_sd=0.19)

    assert table.success.mean() == pytest.approx(0.6, abs=1e-12)
    assert (np.diff(table.success) > 0).all()
    assert (table.low <= table.success).all()
    assert (table.success <= table.high).all()


def test_the_top_fifth_is_taylor_and_russells():
    assert expectancy_table(0.35, 0.5).success[-1] == pytest.approx(
        taylor_russell(0.5, 0.2, validity=0.35), abs=1e-12
    )


def test_without_spread_the_interval_closes():
    table = expectancy_table(0.42, 0.6, bands=4)

    assert table.low == pytest.approx(table.high)
    assert table.n is None


def test_a_counted_table_holds_wilsons_interval():
    scores = np.arange(40.0)
    table = observed_expectancy(scores, scores >= 20, bands=2, level=0.95)

    assert table.success == pytest.approx([0, 1])
    assert table.n == pytest.approx([20, 20])
    # Wilson (1927): z^2 / (n + z^2) at none of 20
    assert table.high[0] == pytest.approx(1.959964**2 / (20 + 1.959964**2), abs=1e-6)


def test_equal_scores_stay_together_and_an_empty_band_says_nothing():
    table = observed_expectancy([1.0] * 6, [1, 0, 1, 1, 0, 1], bands=3)

    assert table.n.sum() == 6
    assert (table.low[table.n == 0] == 0).all()
    assert np.isnan(table.success[table.n == 0]).all()


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: taylor_russell(1.2, 0.3, validity=0.4), "base_rate"),
        (lambda: taylor_russell(0.5, 0, validity=0.4), "selection_ratio"),
        (lambda: taylor_russell(0.5, 0.3, validity=np.nan), "validity"),
        (lambda: naylor_shine(2, 0.3), "validity"),
        (lambda: expected_maximum(1.5), "k must be whole"),
        (lambda: expected_maximum(20_000), "k must be at most"),
        (lambda: expected_gain_of_best(0, 0.4), "finalists"),
        (lambda: expected_gain_of_best(2, 0.4, threshold=np.inf), "threshold"),
        (lambda: success_at_standing(0, 0.5, validity=1), "validity"),
        (lambda: expectancy_table(0.4, 0.5, bands=1), "bands"),
        (lambda: expectancy_table(0.4, 0.5, level=1), "level"),
        (lambda: observed_expectancy([1, 2], [1, 2]), "successes"),
        (lambda: observed_expectancy([1, 2], [1, 0]), "bands"),
        (lambda: observed_expectancy([1, 2], [1]), "one list"),
        (
            lambda: brogden_cronbach_gleser(
                1,
                1,
                validity=0.4,
                selection_ratio=0.5,
                sd_performance=-1,
                cost_per_applicant=0,
            ),
            "sd_performance",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, named):
    with pytest.raises(ArgumentError, match=named):
        call()
