import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from second_opinion.engine.decision import compare_finalists, expected_best, probability_best
from second_opinion.engine.errors import ArgumentError

means = st.floats(-3, 3)
spreads = st.floats(0.05, 2)


def clark(m, s):
    """Mean of the larger of two independent normal values (Clark 1961)."""
    spread = np.hypot(*s)
    ahead = (m[0] - m[1]) / spread
    return m[0] * norm.cdf(ahead) + m[1] * norm.cdf(-ahead) + spread * norm.pdf(ahead)


@settings(max_examples=50)
@given(means, means, spreads, spreads)
def test_the_better_of_two_is_clarks(m1, m2, s1, s2):
    best = expected_best(np.array([m1, m2]), np.array([s1, s2]))

    assert best == pytest.approx(clark((m1, m2), (s1, s2)), abs=1e-9)


@settings(max_examples=25)
@given(st.lists(st.tuples(means, spreads), min_size=1, max_size=3), means)
def test_the_best_of_several_and_of_none_equals_quadrature(finalists, floor):
    m, s = (np.array(each) for each in zip(*finalists, strict=True))

    def above(x):
        return 1 - norm.cdf((x - m) / s).prod()

    top = max(floor, (m + 12 * s).max())
    bends = sorted({float(x) for x in (m[:, None] + s[:, None] * [-4, -1, 0, 1, 4]).ravel()})
    inside = [x for x in bends if floor < x < top]
    expected = floor + quad(above, floor, top, points=inside, epsabs=1e-12, limit=400)[0]

    assert expected_best(m, s, floor=floor) == pytest.approx(expected, abs=1e-9)


def test_what_is_certain_is_a_floor():
    assert expected_best(np.array([0.3, 0.7]), np.zeros(2), floor=0.1) == pytest.approx(0.7)
    assert expected_best(np.array([0.3, 5.0]), np.array([1.0, 0.0])) == pytest.approx(5.0, abs=1e-5)


def test_many_rows_are_as_many_single_ones():
    m, s = np.array([[0.1, 0.4], [2.0, -1.0]]), np.array([[1.0, 0.5], [0.2, 0.0]])
    floor = np.array([0.0, -np.inf])

    rows = [expected_best(m[i], s[i], floor=float(floor[i])) for i in range(2)]

    assert expected_best(m, s, floor=floor) == pytest.approx(rows)


@settings(max_examples=50)
@given(means, means, spreads, spreads)
def test_who_of_two_is_better_is_one_normal_probability(m1, m2, s1, s2):
    compared = compare_finalists([m1, m2], [s1, s2])

    expected = norm.cdf((m1 - m2) / np.hypot(s1, s2))
    assert compared.probability_best == pytest.approx([expected, 1 - expected], abs=1e-7)
    right = max(expected, 1 - expected) if m1 != m2 else 0.5
    assert compared.probability_order_right == pytest.approx(right, abs=1e-7)
    assert compared.pairs == pytest.approx([right], abs=1e-9)


def test_three_alike_have_a_third_each_and_a_sixth_of_every_order():
    compared = compare_finalists([1, 1, 1], [0.5, 0.5, 0.5])

    assert compared.probability_best == pytest.approx([1 / 3] * 3, abs=1e-9)
    assert compared.probability_order_right == pytest.approx(1 / 6, abs=1e-9)
    assert compared.too_close_to_call


def test_three_apart_as_simulated():
    mean, spread = [0.5, 0.3, 0.1], [0.4, 0.3, 0.5]
    drawn = np.random.default_rng(1).normal(mean, spread, (400_000, 3))

    compared = compare_finalists(mean, spread)

    shares = np.bincount(drawn.argmax(axis=1), minlength=3) / len(drawn)
    ordered = (drawn[:, 0] > drawn[:, 1]) & (drawn[:, 1] > drawn[:, 2])
    assert compared.probability_best == pytest.approx(shares, abs=4e-3)
    assert compared.probability_order_right == pytest.approx(ordered.mean(), abs=4e-3)
    assert compared.order == (0, 1, 2)


def test_one_finalist_is_the_best_and_nothing_is_close():
    compared = compare_finalists([0.2], [0.5])

    assert compared.probability_best.tolist() == [1.0]
    assert compared.probability_order_right == 1
    assert not compared.too_close_to_call


def test_certain_standings_are_ordered_surely():
    compared = compare_finalists([0.1, 0.9], [0, 0])

    assert compared.order == (1, 0)
    assert compared.pairs.tolist() == [1.0]
    assert not compared.too_close_to_call


@settings(max_examples=40)
@given(st.lists(st.tuples(means, spreads), min_size=2, max_size=4), st.randoms())
def test_who_stands_where_in_the_list_does_not_matter(finalists, order):
    shuffled = list(range(len(finalists)))
    order.shuffle(shuffled)
    m, s = (np.array(each) for each in zip(*finalists, strict=True))

    best = probability_best(m, s)

    assert best.sum() == pytest.approx(1)
    assert probability_best(m[shuffled], s[shuffled]) == pytest.approx(best[shuffled], abs=1e-9)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: compare_finalists([], []), "mean"),
        (lambda: compare_finalists([1, np.nan], [1, 1]), "mean"),
        (lambda: compare_finalists([1, 2], [1, -1]), "standard_deviation"),
        (lambda: compare_finalists([1, 2], [1, 1, 1]), "do not fit"),
        (lambda: compare_finalists([1, 2], [1, 1], clear_from=2), "clear_from"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, named):
    with pytest.raises(ArgumentError, match=named):
        call()
