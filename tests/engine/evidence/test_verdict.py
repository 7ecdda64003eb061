import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.engine.evidence import verdict
from second_opinion.engine.evidence.grid import Grid, probability_over
from second_opinion.engine.evidence.prediction import Normal
from second_opinion.engine.evidence.verdict import order_agreement, verdict_change


def change(before, after, given_scores, bar=3.0):
    n = len(before)
    after = np.array(after, dtype=float)
    grid = Grid(step=np.ones(n), low=np.ones(n), high=np.full(n, 5.0))
    bars = np.full(n, bar)
    normal = Normal(after, np.ones(n), after, np.ones(n))
    return verdict_change(
        np.array(before, dtype=float),
        after,
        np.array(given_scores, dtype=float),
        over_expected=probability_over(grid, bars, normal),
        bar=bars,
    )


def test_a_verdict_is_changed_when_the_prediction_crosses_the_bar():
    found = change([2, 2, 4, 4], [4, 2, 2, 5], [5, 5, 5, 5])

    assert found.changed == 0.5
    assert found.right == 0.5


def test_landing_on_the_bar_is_half_a_change_and_a_score_on_it_half_right():
    found = change([2], [3], [3])

    assert found.changed == 0.5
    assert found.right == 0.5


def test_verdicts_that_never_change_have_no_share_of_right_ones():
    found = change([4], [5], [1])

    assert (found.changed, found.right, found.right_expected) == (0, None, None)


def test_what_the_method_expects_is_its_own_probability():
    found = change([2], [4], [1])

    assert found.right == 0
    # over 3 by a whole step, and half of what falls on 3: Phi(.5) + (Phi(-.5) - Phi(-1.5)) / 2
    assert found.right_expected == pytest.approx(0.6914625 + (0.3085375 - 0.0668072) / 2, abs=1e-6)


values = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 5), st.integers(0, 3)), min_size=2)


@given(values)
def test_order_agreement_equals_counting_every_pair(rows):
    predicted, given_scores, candidate = (
        np.array(column, float) for column in zip(*rows, strict=True)
    )
    counted = [
        (np.sign(predicted[a] - predicted[b]) * np.sign(given_scores[a] - given_scores[b]) + 1) / 2
        for a in range(len(rows))
        for b in range(len(rows))
        if candidate[a] != candidate[b]
    ]

    found = order_agreement(predicted, given_scores, candidate.astype(int))

    if counted:
        assert found == pytest.approx(np.mean(counted))
    else:
        assert np.isnan(found)


def test_counting_in_parts_changes_nothing(monkeypatch):
    rng = np.random.default_rng(1)
    predicted, given_scores = rng.normal(size=(2, 50))
    candidate = rng.integers(0, 20, 50)
    at_once = order_agreement(predicted, given_scores, candidate)
    monkeypatch.setattr(verdict, "_PAIRS_AT_A_TIME", 150)

    assert order_agreement(predicted, given_scores, candidate) == pytest.approx(at_once)
