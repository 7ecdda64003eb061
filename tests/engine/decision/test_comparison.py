"""Weights from paired comparisons, against the closed form and by what must hold."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.engine.decision import weights_from_comparisons
from second_opinion.engine.errors import ArgumentError


def of_matrix(matrix):
    matrix = np.asarray(matrix, dtype=float)
    first, second = zip(*combinations(range(len(matrix)), 2), strict=True)
    ratios = matrix[list(first), list(second)]
    return weights_from_comparisons(first, second, ratios, n_items=len(matrix))


def test_with_every_pair_the_weights_are_the_rows_geometric_means():
    matrix = np.array([[1, 2, 5, 3], [1 / 2, 1, 3, 1], [1 / 5, 1 / 3, 1, 1 / 2], [1 / 3, 1, 2, 1]])

    found = of_matrix(matrix)

    means = np.exp(np.log(matrix).mean(axis=1))
    assert found.weights == pytest.approx(means / means.sum())
    errors = np.log(matrix * found.weights[None, :] / found.weights[:, None])
    index = 2 / (3 * 2) * np.triu(errors**2, 1).sum()  # Crawford and Williams, n = 4
    assert found.geometric_consistency == pytest.approx(index)
    assert found.typical_factor == pytest.approx(math.exp(math.sqrt(index)))
    assert found.is_consistent


def test_three_items_in_a_circle_contradict_each_other():
    found = weights_from_comparisons([0, 1, 2], [1, 2, 0], [2, 2, 2], n_items=3)

    assert found.weights == pytest.approx([1 / 3] * 3)
    assert found.typical_factor == pytest.approx(math.exp(math.log(2) * math.sqrt(3)))
    assert not found.is_consistent


@given(st.lists(st.floats(0.05, 20), min_size=2, max_size=7))
def test_comparisons_that_agree_give_back_the_weights_they_came_from(importance):
    given_weights = np.array(importance) / sum(importance)
    ratios = given_weights[:, None] / given_weights[None, :]

    found = of_matrix(ratios)

    assert found.weights == pytest.approx(given_weights)
    assert np.abs(found.residuals).max() == pytest.approx(0, abs=1e-9)
    assert found.is_consistent


@given(st.lists(st.floats(0.2, 5), min_size=6, max_size=6))
def test_turning_every_comparison_round_changes_nothing(ratios):
    first, second = zip(*combinations(range(4), 2), strict=True)

    one = weights_from_comparisons(first, second, ratios, n_items=4)
    other = weights_from_comparisons(second, first, 1 / np.array(ratios), n_items=4)

    assert other.weights == pytest.approx(one.weights)
    assert other.geometric_consistency == pytest.approx(one.geometric_consistency)


def test_just_enough_comparisons_leave_nothing_to_check_them_by():
    found = weights_from_comparisons([0, 1], [1, 2], [2, 2], n_items=3)

    assert found.weights == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert math.isnan(found.geometric_consistency)
    assert found.is_consistent


@pytest.mark.parametrize(
    ("first", "second", "ratio", "n_items", "says"),
    [
        ([0], [1], [2], 3, "groups that none joins"),
        ([], [], [], 2, "groups that none joins"),
        ([0], [0], [2], 2, "with itself"),
        ([0], [2], [2], 2, "between 0 and 1"),
        ([0], [1], [0], 2, "above 0"),
        ([0], [1], [math.nan], 2, "above 0"),
        ([0, 1], [1], [2], 2, "one length"),
        ([], [], [], 1, "two items"),
    ],
)
def test_what_cannot_be_weighed_is_refused_with_its_reason(first, second, ratio, n_items, says):
    with pytest.raises(ArgumentError, match=says):
        weights_from_comparisons(first, second, ratio, n_items=n_items)
