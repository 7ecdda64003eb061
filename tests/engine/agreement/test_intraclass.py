"""Intraclass correlations against the published table, dense likelihoods and simulated truth."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import minimize

from second_opinion.engine.agreement import intraclass
from second_opinion.engine.agreement.unequal_raters import UnequalRaters
from second_opinion.engine.agreement.units import Units
from second_opinion.engine.errors import ArgumentError, NothingRatedError

REFERENCE = Path(__file__).parents[2] / "reference"
FORMS = ("icc1", "icc2", "icc3", "icc1k", "icc2k", "icc3k")


def shrout_fleiss():
    path = REFERENCE / "variance_components" / "shrout_fleiss.csv"
    return np.genfromtxt(path, delimiter=",", skip_header=1)[:, 1:]


def with_gaps(rng, *, n_units=40, n_raters=6, most=4, unit=1.0, rater=0.5, rest=0.8):
    """Scores of units who each met two raters or more, drawn at random."""
    scores = (
        rng.normal(0, unit, (n_units, 1))
        + rng.normal(0, rater, n_raters)
        + rng.normal(0, rest, (n_units, n_raters))
    )
    for row in scores:
        row[rng.permutation(n_raters)[rng.integers(2, most + 1) :]] = np.nan
    return scores


def dense_deviance(table, theta_unit, theta_rater, *, fixed_raters=False):
    """The restricted deviance from the full covariance of all ratings, residual profiled out."""
    unit, rater = np.nonzero(~np.isnan(table))
    y = table[unit, rater]
    covariance = (
        theta_unit * (unit[:, None] == unit)
        + theta_rater * (rater[:, None] == rater)
        + np.eye(len(y))
    )
    design = (rater[:, None] == np.unique(rater)) * 1.0 if fixed_raters else np.ones((len(y), 1))
    inverse = np.linalg.inv(covariance)
    information = design.T @ inverse @ design
    residual = y - design @ np.linalg.solve(information, design.T @ inverse @ y)
    return (
        np.linalg.slogdet(covariance)[1]
        + np.linalg.slogdet(information)[1]
        + (len(y) - design.shape[1]) * np.log(residual @ inverse @ residual)
    )


def dense_ratios(table, *, raters, fixed_raters=False):
    """The ratios of variances, units' and raters', at the least dense deviance."""

    def loss(roots):
        theta_rater = roots[1] ** 2 if raters else 0.0
        return dense_deviance(table, roots[0] ** 2, theta_rater, fixed_raters=fixed_raters)

    best = minimize(loss, [1.0, 0.5], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12})
    return best.x[0] ** 2, best.x[1] ** 2 if raters else 0.0


def test_six_forms_equal_the_published_ones():
    found = intraclass(shrout_fleiss())

    estimates = [round(getattr(found, form).estimate, 4) for form in FORMS]

    assert estimates == [0.1657, 0.2898, 0.7148, 0.4428, 0.6201, 0.9093]
    assert found.method == "anova"
    assert found.raters_per_unit == 4


@pytest.mark.parametrize(
    ("form", "low", "high"),
    [
        ("icc1", -0.1329, 0.7226),
        ("icc2", 0.0188, 0.7611),
        ("icc3", 0.3425, 0.9459),
        ("icc1k", -0.8844, 0.9124),
        ("icc2k", 0.0711, 0.9272),
        ("icc3k", 0.6757, 0.9859),
    ],
)
def test_intervals_equal_the_published_ones(form, low, high):
    found = getattr(intraclass(shrout_fleiss()), form)

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_few_units_are_said():
    found = intraclass(shrout_fleiss()).icc1

    assert found.n == 6
    assert "Only 6 units were rated twice or more" in found.cautions[0]


def test_complete_table_through_the_likelihood_gives_the_analysis_of_variance():
    table = with_gaps(np.random.default_rng(4), most=2)[:, :2]
    table = np.where(np.isnan(table), 0.3, table) + np.arange(40)[:, None] / 10 + [0, 1]
    squares = intraclass(table)
    unequal = UnequalRaters.of(Units.of_table(table))

    unit, rater, rest = unequal.two_way()

    assert unit / (unit + rater + rest) == pytest.approx(squares.icc2.estimate, abs=1e-6)
    assert unequal.one_way(level=0.95) == pytest.approx(
        (squares.icc1.estimate, squares.icc1.low, squares.icc1.high), abs=1e-6
    )
    assert unequal.fixed_raters(level=0.95) == pytest.approx(
        (squares.icc3.estimate, squares.icc3.low, squares.icc3.high), abs=1e-6
    )


def test_the_whole_table_with_one_gap_hardly_moves():
    rng = np.random.default_rng(8)
    table = rng.normal(0, 1, (200, 1)) + rng.normal(0, 0.3, 4) + rng.normal(0, 0.7, (200, 4))
    gap = table.copy()
    gap[0, 0] = np.nan

    whole, almost = intraclass(table), intraclass(gap)

    assert almost.method == "reml"
    for form in FORMS:
        for end in ("estimate", "low", "high"):
            expected = getattr(getattr(whole, form), end)
            assert getattr(getattr(almost, form), end) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("seed", range(4))
def test_gaps_give_the_dense_restricted_maximum(seed):
    table = with_gaps(np.random.default_rng(seed), n_units=15)

    found = intraclass(table)

    one, _ = dense_ratios(table, raters=False)
    two = dense_ratios(table, raters=True)
    three, _ = dense_ratios(table, raters=False, fixed_raters=True)
    assert found.icc1.estimate == pytest.approx(one / (1 + one), abs=1e-5)
    assert found.icc2.estimate == pytest.approx(two[0] / (1 + sum(two)), abs=1e-5)
    assert found.icc3.estimate == pytest.approx(three / (1 + three), abs=1e-5)


@pytest.mark.parametrize("form", ["icc1", "icc2", "icc3"])
def test_intervals_with_gaps_hold_the_truth_as_often_as_they_say(form):
    rng = np.random.default_rng(20)
    rater = 0.0 if form == "icc1" else 0.5
    truth = 1 / (1 + 0.8**2) if form != "icc2" else 1 / (1 + 0.5**2 + 0.8**2)

    found = [getattr(intraclass(with_gaps(rng, rater=rater, n_raters=8)), form) for _ in range(200)]

    held = np.mean([one.low <= truth <= one.high for one in found])
    assert 0.89 <= held <= 1


def test_intervals_with_gaps_end_at_nought_where_units_do_not_differ():
    table = np.random.default_rng(1).normal(0, 1, (40, 3))
    table[0, 0] = np.nan

    found = intraclass(table - np.nanmean(table, axis=1)[:, None] * 0.9)

    for form in ("icc1", "icc2", "icc3"):
        one = getattr(found, form)
        assert (one.estimate, one.low) == (0, 0)


def test_no_unit_rated_twice_leaves_it_undefined():
    found = intraclass([[1, np.nan], [np.nan, 2]])

    assert np.isnan(found.icc1.estimate)
    assert "No unit was rated by two raters" in found.icc1.cautions[0]


def test_raters_who_agree_on_everything_give_one_without_an_interval():
    found = intraclass(np.repeat(np.arange(30.0)[:, None], 3, axis=1))

    for form in FORMS:
        one = getattr(found, form)
        assert one.estimate == 1
        assert np.isnan([one.low, one.high]).all()
        assert "no width" in one.cautions[0]


@pytest.mark.parametrize("gap", [False, True])
def test_one_value_throughout_leaves_it_undefined(gap):
    table = np.full((30, 3), 4.0)
    if gap:
        table[0, 0] = np.nan

    found = intraclass(table).icc2

    assert np.isnan(found.estimate)
    assert "All ratings are the same value" in found.cautions[0]


def test_raters_who_agree_despite_a_gap_give_one():
    table = np.repeat(np.arange(30.0)[:, None], 3, axis=1)
    table[3, 1] = np.nan

    found = intraclass(table)

    assert found.icc1.estimate == 1
    assert found.icc3.estimate == 1


def test_an_estimate_below_zero_is_said():
    found = intraclass([[1, 2], [2, 1], [1, 2], [2, 1.5]])

    assert found.icc1.estimate < 0
    assert "below 0" in found.icc1.cautions[-1]


def test_a_constant_rater_is_said():
    rng = np.random.default_rng(2)
    table = rng.normal(0, 1, (30, 3))
    table[:, 1] = 3

    assert "1 of 3 raters gave everything the same value" in intraclass(table).icc1.cautions[0]


@pytest.mark.parametrize(
    ("table", "error"),
    [
        (np.zeros(4), ArgumentError),
        (np.full((3, 2), np.nan), NothingRatedError),
        (np.array([[1, np.inf], [2, 3]]), ArgumentError),
    ],
)
def test_what_is_no_table_of_ratings_is_refused(table, error):
    with pytest.raises(error):
        intraclass(table)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_that_no_interval_has_is_refused(level):
    with pytest.raises(ArgumentError, match="level must lie between 0 and 1"):
        intraclass(shrout_fleiss(), level=level)


tables = arrays(np.float64, (8, 3), elements=st.integers(1, 7).map(float))


@given(tables, st.floats(0.1, 50), st.floats(-100, 100))
def test_a_change_of_scale_changes_nothing(table, factor, shift):
    table = table + np.arange(8)[:, None] + np.arange(3) ** 2 / 7  # never constant

    before, after = intraclass(table), intraclass(table * factor + shift)

    for form in FORMS:
        one, other = getattr(before, form), getattr(after, form)
        assert other.estimate == pytest.approx(one.estimate, abs=1e-6, nan_ok=True)
        assert other.low == pytest.approx(one.low, abs=1e-5, nan_ok=True)


@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_units_and_raters_does_not_matter(table, random):
    table = table + np.arange(8)[:, None] / 3
    units, raters = list(range(8)), list(range(3))
    random.shuffle(units)
    random.shuffle(raters)

    before, after = intraclass(table), intraclass(table[units][:, raters])

    for form in FORMS:
        expected = getattr(before, form).estimate
        assert getattr(after, form).estimate == pytest.approx(expected, abs=1e-9, nan_ok=True)


@given(tables)
def test_single_forms_stay_within_their_bounds(table):
    found = intraclass(table)

    for form in ("icc1", "icc3"):
        estimate = getattr(found, form).estimate
        assert np.isnan(estimate) or -0.5 - 1e-9 <= estimate <= 1


@pytest.mark.shared_data
def test_papers_with_unnamed_raters_give_the_known_correlation(shared_data):
    with (shared_data / "panel_reviews" / "iclr2021_ratings.tsv").open() as file:
        rows = list(csv.reader(file, delimiter="\t"))[1:]
    table = np.array([[float(cell) if cell else np.nan for cell in row[1:7]] for row in rows])

    assert intraclass(table).icc1.estimate == pytest.approx(0.36191, abs=5e-6)


@pytest.mark.shared_data
def test_panels_with_few_shared_reviewers_give_the_known_components(shared_data):
    with (shared_data / "panel_reviews" / "aibs_grant_panels.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["Score"] not in ("", "NA")]
    unit = np.unique([row["ID"] for row in rows], return_inverse=True)[1]
    rater = np.unique([row["RevID"] for row in rows], return_inverse=True)[1]
    table = np.full((unit.max() + 1, rater.max() + 1), np.nan)
    table[unit, rater] = [float(row["Score"]) for row in rows]

    components = UnequalRaters.of(Units.of_table(table)).two_way()

    assert components == pytest.approx((0.236245, 0, 0.400278), abs=1e-6)
