"""Kendall's W against its formula, rank correlations and simulated truth."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import rankdata, spearmanr

from second_opinion.engine.agreement import kendall_w


def test_w_equals_the_formula_with_ties():
    table = np.array([[1, 2, 2], [2, 2, 1], [3, 4, 3], [4, 4, 5], [4, 5, 4.0]])
    n, m = table.shape
    ranks = rankdata(table, axis=0)
    spread = np.square(ranks.sum(axis=1) - m * (n + 1) / 2).sum()
    ties = sum(
        (count**3 - count).sum()
        for count in (np.unique(column, return_counts=True)[1] for column in table.T)
    )

    assert kendall_w(table).estimate == pytest.approx(12 * spread / (m**2 * (n**3 - n) - m * ties))


def test_w_is_the_mean_rank_correlation_in_other_words():
    table = np.random.default_rng(1).normal(0, 1, (25, 4)) + np.linspace(0, 3, 25)[:, None]
    pairs = [spearmanr(table[:, i], table[:, j])[0] for i, j in combinations(range(4), 2)]

    found = kendall_w(table)

    assert (4 * found.estimate - 1) / 3 == pytest.approx(np.mean(pairs))
    assert found.cautions == ()


def test_units_with_gaps_are_left_out_and_said():
    table = np.column_stack([np.arange(30.0), np.arange(30.0)[::-1]])
    table[0, 0] = np.nan

    found = kendall_w(table)

    assert found.n == 29
    assert found.estimate == pytest.approx(0)
    assert "1 units were not rated by every rater" in found.cautions[-1]


def test_raters_who_rank_alike_give_one_without_an_interval():
    found = kendall_w(np.arange(30.0)[:, None] * [1, 2, 3])

    assert found.estimate == 1
    assert np.isnan([found.low, found.high]).all()


def test_one_value_throughout_leaves_it_undefined():
    found = kendall_w(np.ones((30, 3)))

    assert np.isnan(found.estimate)
    assert "All ratings are the same value" in found.cautions[0]


def test_too_little_leaves_it_undefined():
    assert np.isnan(kendall_w([[1, 2, 3]]).estimate)
    assert np.isnan(kendall_w([[1, np.nan], [np.nan, 2]]).estimate)


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    """Ranks are not normal, so the interval is an approximation; this is how good."""
    rng = np.random.default_rng(6)

    def drawn(n):
        return rng.normal(0, 1, (n, 1)) + rng.normal(0, 1, (n, 4))

    truth = kendall_w(drawn(50_000)).estimate
    found = [kendall_w(drawn(30)) for _ in range(300)]

    assert 0.90 <= np.mean([one.low <= truth <= one.high for one in found]) <= 0.99


tables = arrays(np.float64, (7, 3), elements=st.integers(1, 5).map(float))


@given(tables, st.permutations(range(7)))
def test_w_lies_between_nought_and_one_whatever_the_order(table, order):
    found = kendall_w(table)

    if not np.isnan(found.estimate):
        assert 0 <= found.estimate <= 1
        assert kendall_w(table[order][:, ::-1]).estimate == pytest.approx(found.estimate)
        assert kendall_w(np.exp(table)).estimate == pytest.approx(found.estimate)  # ranks only
