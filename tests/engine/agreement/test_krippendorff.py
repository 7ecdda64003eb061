"""Krippendorff's alpha against the published table, its definition and its own properties."""

import csv
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from second_opinion.engine.agreement import krippendorff_alpha
from second_opinion.engine.errors import ArgumentError

REFERENCE = Path(__file__).parents[2] / "reference" / "agreement"
METRICS = ("nominal", "ordinal", "interval", "ratio")


def coders():
    return np.genfromtxt(REFERENCE / "krippendorff_4x12.csv", delimiter=",", skip_header=1)[:, 1:]


def alpha(table, metric, *, resamples=0, seed=1):
    return krippendorff_alpha(table, metric, rng=np.random.default_rng(seed), resamples=resamples)


def coincidences(table, values):
    """How often two values meet in a unit, each unit's pairs weighing one less than its raters."""
    found = np.zeros((len(values), len(values)))
    for row in table:
        seen = np.searchsorted(values, row[~np.isnan(row)])
        for first, second in permutations(seen, 2):
            found[first, second] += 1 / (len(seen) - 1)
    return found


def distance(metric, values, margin, c, k):
    low, high = values[c], values[k]
    if metric == "nominal" or c == k:
        return float(c != k)
    if metric == "interval":
        return (low - high) ** 2
    if metric == "ratio":
        return ((low - high) / (low + high)) ** 2
    between = margin[min(c, k) : max(c, k) + 1].sum()
    return (between - (margin[c] + margin[k]) / 2) ** 2


def by_definition(table, metric):
    """From the coincidence matrix and the table of distances, as the textbook writes it."""
    values = np.unique(table[~np.isnan(table)])
    coincidence = coincidences(table, values)
    margin = coincidence.sum(axis=1)
    places = range(len(values))
    apart = np.array([[distance(metric, values, margin, c, k) for k in places] for c in places])
    expected = margin @ apart @ margin / (margin.sum() - 1)
    return 1 - (coincidence * apart).sum() / expected if expected > 0 else np.nan


@pytest.mark.parametrize(
    ("metric", "expected"),
    [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403)],
)
def test_alpha_equals_the_published_value(metric, expected):
    found = alpha(coders(), metric)

    assert round(found.estimate, 6) == expected
    assert found.n == 11
    assert "1 units were rated once only" in found.cautions[-1]


@pytest.mark.shared_data
def test_ordinal_alpha_of_papers_equals_the_known_value(shared_data):
    with (shared_data / "panel_reviews" / "iclr2021_ratings.tsv").open() as file:
        rows = list(csv.reader(file, delimiter="\t"))[1:]
    table = np.array([[float(cell) if cell else np.nan for cell in row[1:7]] for row in rows])

    assert alpha(table, "ordinal").estimate == pytest.approx(0.37353, abs=5e-6)


with_gaps = arrays(
    np.float64, (6, 4), elements=st.one_of(st.integers(0, 4).map(float), st.just(np.nan))
)


@given(with_gaps, st.sampled_from(METRICS))
def test_alpha_is_what_its_definition_says(table, metric):
    assume((~np.isnan(table)).any())
    paired = table[(~np.isnan(table)).sum(axis=1) >= 2]

    found = alpha(table, metric).estimate

    if len(paired):
        assert found == pytest.approx(by_definition(paired, metric), abs=1e-9, nan_ok=True)
    else:
        assert np.isnan(found)


@pytest.mark.parametrize("metric", METRICS)
def test_many_different_values_go_the_way_without_shared_rows(metric):
    rng = np.random.default_rng(3)
    table = np.exp(rng.normal(0, 1, (30, 1)) + rng.normal(0, 0.5, (30, 3)))
    table[rng.random(table.shape) < 0.2] = np.nan
    paired = table[(~np.isnan(table)).sum(axis=1) >= 2]

    assert alpha(table, metric).estimate == pytest.approx(by_definition(paired, metric), abs=1e-9)


@given(with_gaps, st.permutations(range(5)))
def test_names_of_nominal_values_do_not_matter(table, names):
    assume((~np.isnan(table)).any())
    renamed = np.where(np.isnan(table), np.nan, np.array(names)[np.nan_to_num(table).astype(int)])

    expected = alpha(table, "nominal").estimate
    assert alpha(renamed, "nominal").estimate == pytest.approx(expected, abs=1e-9, nan_ok=True)


@given(with_gaps, st.sampled_from(METRICS), st.randoms(use_true_random=False))
def test_the_order_of_units_and_raters_does_not_matter(table, metric, random):
    assume((~np.isnan(table)).any())
    units, raters = list(range(6)), list(range(4))
    random.shuffle(units)
    random.shuffle(raters)

    expected = alpha(table, metric).estimate
    moved = alpha(table[units][:, raters], metric).estimate
    assert moved == pytest.approx(expected, abs=1e-9, nan_ok=True)


@given(with_gaps, st.floats(0.1, 20), st.floats(-50, 50))
def test_interval_alpha_does_not_depend_on_the_scale(table, factor, shift):
    assume((~np.isnan(table)).any())

    expected = alpha(table, "interval").estimate
    changed = alpha(table * factor + shift, "interval").estimate
    assert changed == pytest.approx(expected, abs=1e-7, nan_ok=True)


@given(with_gaps, st.sampled_from(METRICS))
def test_alpha_is_at_most_one(table, metric):
    assume((~np.isnan(table)).any())
    estimate = alpha(table, metric).estimate

    assert np.isnan(estimate) or estimate <= 1


@pytest.mark.parametrize("metric", METRICS)
def test_raters_who_agree_on_everything_give_one_without_an_interval(metric):
    found = alpha(np.repeat(np.arange(25.0)[:, None], 3, axis=1), metric, resamples=50)

    assert found.estimate == pytest.approx(1)
    assert np.isnan([found.low, found.high]).all()
    assert "no width" in found.cautions[-1]


def test_one_value_throughout_leaves_it_undefined():
    found = alpha(np.full((5, 2), 3.0), "nominal")

    assert np.isnan(found.estimate)
    assert "All ratings are the same value" in found.cautions[0]


def test_no_unit_rated_twice_leaves_it_undefined():
    found = alpha([[1, np.nan], [np.nan, 2]], "interval")

    assert np.isnan(found.estimate)
    assert "No unit was rated by two raters" in found.cautions[0]


def test_skewed_margins_are_said_of_nominal_values():
    table = np.ones((100, 2))
    table[:2, 0] = 2
    table[2:4, 1] = 2

    assert any(
        "98% of the ratings are one value" in one for one in alpha(table, "nominal").cautions
    )
    assert alpha(table, "interval").cautions == ()


@pytest.mark.parametrize("metric", METRICS)
def test_the_interval_is_that_of_units_drawn_one_by_one(metric):
    """Drawing rows with equal counts together must be drawing units."""
    rng = np.random.default_rng(5)
    level = rng.normal(3, 1, (60, 1))
    table = np.clip(np.round(level + rng.normal(0, 0.8, (60, 3))), 1, 5)

    found = alpha(table, metric, resamples=2000)
    drawn = [by_definition(table[rng.integers(0, 60, 60)], metric) for _ in range(400)]

    assert (found.low, found.high) == pytest.approx(np.quantile(drawn, [0.025, 0.975]), abs=0.05)
    assert found.low < found.estimate < found.high


def test_equal_generators_give_equal_intervals():
    first, second = (alpha(coders(), "ordinal", resamples=100, seed=9) for _ in range(2))

    assert first == second


def test_an_unknown_metric_is_refused():
    with pytest.raises(ArgumentError, match="Unknown metric 'cardinal'; known are nominal"):
        alpha(coders(), "cardinal")


def test_negative_values_have_no_ratio():
    with pytest.raises(ArgumentError, match="no negative values; found -1"):
        alpha([[-1, 2], [3, 4]], "ratio")


def test_a_ratio_scale_of_too_many_values_is_refused():
    with pytest.raises(ArgumentError, match="4002 different values; round them"):
        alpha(np.arange(4002.0).reshape(-1, 2) + 0.5 + np.arange(2001)[:, None] / 7, "ratio")


def test_the_callers_table_stays_as_it_was():
    table = coders()

    alpha(table, "ordinal", resamples=10)

    np.testing.assert_array_equal(table, coders())
