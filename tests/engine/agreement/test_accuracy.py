"""Cronbach's components, worked by hand and by what must hold."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from second_opinion.engine.agreement import rating_accuracy
from second_opinion.engine.errors import ArgumentError

tables = st.integers(1, 5).flatmap(
    lambda persons: st.integers(2, 5).flatmap(
        lambda criteria: st.tuples(
            *[arrays(float, (persons, criteria), elements=st.integers(1, 5))] * 2
        )
    )
)


def test_a_small_table_by_hand():
    found = rating_accuracy([[4, 4], [2, 4]], [[5, 3], [1, 3]])
    # differences -1 1 / 1 1: mean .5, persons -.5 .5, criteria -.5 .5, rest -.5 .5 / .5 -.5

    assert found.elevation == pytest.approx(0.5)
    assert found.differential_elevation == pytest.approx(0.5)
    assert found.stereotype_accuracy == pytest.approx(0.5)
    assert found.differential_accuracy == pytest.approx(0.5)
    assert found.mean_squared_difference == pytest.approx(1.0)
    assert found.spread == pytest.approx(math.sqrt(0.5))
    assert found.key_spread == pytest.approx(1.0)


@given(tables)
def test_the_four_components_add_up_to_the_squared_difference(pair):
    found = rating_accuracy(*pair)

    parts = (
        found.elevation,
        found.differential_elevation,
        found.stereotype_accuracy,
        found.differential_accuracy,
    )
    assert sum(part**2 for part in parts) == pytest.approx(found.mean_squared_difference)


@given(tables, st.integers(-3, 3))
def test_a_constant_moves_the_elevation_and_nothing_else(pair, shift):
    scores, key = pair

    before, after = rating_accuracy(scores, key), rating_accuracy(scores + shift, key)

    assert after.elevation == pytest.approx(before.elevation + shift)
    assert after.differential_accuracy == pytest.approx(before.differential_accuracy, abs=1e-9)
    assert after.spread == pytest.approx(before.spread)


def test_one_impression_of_everybody_has_no_spread():
    found = rating_accuracy([[4, 4, 4], [2, 2, 2]], [[5, 3, 4], [1, 3, 2]])

    assert found.spread == 0
    assert found.elevation == pytest.approx(0)


@pytest.mark.parametrize(
    ("scores", "key"),
    [([[1, 2]], [[1, 2, 3]]), ([1, 2], [1, 2]), ([[1]], [[1]]), ([[1, np.nan]], [[1, 2]])],
)
def test_what_cannot_be_compared_is_refused(scores, key):
    with pytest.raises(ArgumentError):
        rating_accuracy(scores, key)
