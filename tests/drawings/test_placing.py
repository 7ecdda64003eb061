from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from second_opinion.drawings.placing import rows_for, spread

places = st.lists(st.floats(-50, 150), min_size=1, max_size=12)


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 60)), max_size=30))
def test_spans_in_one_row_never_meet(pairs):
    spans = [(low, low + width) for low, width in pairs]

    rows = rows_for(spans, gap=2)

    for i, (low, high) in enumerate(spans):
        for j in range(i):
            if rows[i] == rows[j]:
                assert low >= spans[j][1] + 2 or high + 2 <= spans[j][0]


@given(places)
def test_spread_keeps_order_gap_and_ends(wished):
    placed = spread(wished, gap=5, low=0, high=100)

    order = sorted(range(len(wished)), key=wished.__getitem__)
    sequence = [placed[number] for number in order]
    assert all(b - a >= 5 - 1e-6 for a, b in pairwise(sequence))
    assert min(placed) >= -1e-6
    assert max(placed) <= 100 + 1e-6


def test_spread_leaves_alone_what_is_far_enough_apart():
    assert spread([90, 10, 50], gap=14, low=0, high=100) == [90, 10, 50]


def test_spread_moves_neighbours_as_little_as_needed():
    assert spread([50, 52], gap=10, low=0, high=100) == [46, 56]


def test_more_places_than_fit_are_set_evenly():
    assert spread([1, 2, 3], gap=90, low=0, high=100) == [0, 50, 100]
