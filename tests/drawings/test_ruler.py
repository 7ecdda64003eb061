import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.drawings.ruler import Ruler, signed


@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=20))
def test_a_ruler_holds_every_value_and_has_few_round_marks(values):
    ruler = Ruler.over(values, start=8, end=332)

    assert ruler.low <= min(values) + 1e-6
    assert ruler.high >= max(values) - 1e-6
    assert 2 <= len(ruler.marks) <= 13
    assert all(8 <= ruler.at(value) <= 332 for value in values)


def test_places_are_in_proportion_and_a_value_beyond_the_end_stays_at_it():
    ruler = Ruler(low=-2, high=2, start=0, end=100)

    assert [ruler.at(value) for value in (-2, 0, 1, 9)] == [0, 50, 75, 100]


def test_a_ruler_runs_upwards_where_its_end_lies_before():
    assert Ruler(low=0, high=1, start=100, end=0).at(0.25) == 75


def test_what_is_no_number_has_no_say_in_the_ruler():
    ruler = Ruler.over([float("nan"), float("inf"), 1.0], start=0, end=300)

    assert (ruler.low, ruler.high) == (0, 2)


@pytest.mark.parametrize(
    ("value", "words"), [(1.25, "+1.2"), (-0.4, "−0.4"), (0.0, "0.0"), (-0.01, "0.0")]
)
def test_a_measure_is_printed_with_its_sign(value, words):
    assert signed(value, digits=1) == words
