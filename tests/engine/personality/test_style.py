import numpy as np
import pytest

from second_opinion.engine.errors import AnswersError
from second_opinion.engine.personality import (
    Answers,
    acquiescence,
    inconsistency,
    long_strings,
    moments_of,
    similar_pairs,
    speed,
)

NAN = np.nan


def test_the_longest_run_passes_over_gaps():
    found = long_strings(np.array([[3, 3, NAN, 3, 1, 2], [NAN] * 6, [1, 2, 1, 2, 1, 2.0]]))

    assert found.longest.tolist() == [3, 0, 1]
    assert found.mean == pytest.approx([5 / 3, NAN, 1], nan_ok=True)
    assert found.is_question.tolist() == [True, False, False]


def test_pairs_are_the_items_most_alike_each_once():
    rng = np.random.default_rng(1)
    trait, other = rng.normal(size=(2, 400))
    columns = [trait, trait, other, other, rng.normal(size=400)]
    noisy = np.stack([column + rng.normal(0, 0.2, 400) for column in columns], axis=1)
    answers = Answers.of(np.clip(np.round(noisy * 2 + 4), 0, 8).astype(int), 9)

    pairs = similar_pairs(moments_of(answers))

    assert sorted(map(tuple, pairs.tolist())) == [(0, 1), (2, 3)]
    assert similar_pairs(moments_of(answers), least=0.999).shape == (0, 2)


def test_differences_within_pairs_stand_beside_those_by_chance():
    pairs = np.array([[0, 1], [2, 3]])
    answers = Answers.of([[4, 4, 0, 0], [4, 0, 0, 4], [2, 3, -1, 1], [-1, 1, 1, -1]], 5)

    found = inconsistency(answers, pairs)

    assert found.difference == pytest.approx([0, 4, 1, NAN], nan_ok=True)
    assert found.by_chance == pytest.approx([8 / 3, 8 / 3, 1, NAN], nan_ok=True)
    assert found.n_pairs.tolist() == [2, 2, 1, 0]
    assert found.is_question.tolist() == [False, True, True, False]


def test_whoever_always_answers_alike_is_no_more_inconsistent_than_chance_allows():
    found = inconsistency(Answers.of([[2, 2, 2, 2]], 5), np.array([[0, 1], [2, 3]]))

    assert found.difference.tolist() == [0]
    assert not found.is_question[0]


def test_speed_asks_below_two_seconds_an_item():
    found = speed(np.array([[1.0, 1.5, NAN], [6.0, 1.0, 9.0], [NAN, NAN, NAN]]))

    assert found.median == pytest.approx([1.25, 6, NAN], nan_ok=True)
    assert found.share_fast == pytest.approx([1, 1 / 3, NAN], nan_ok=True)
    assert found.is_question.tolist() == [True, False, False]


def test_agreeing_with_both_directions_is_above_the_middle():
    scores = np.array([[5, 5, 5, 5], [5, 5, 1, 1], [1, NAN, 2, 1], [5, 4, NAN, NAN]])

    found = acquiescence(scores, is_reversed=[False, False, True, True], low=1, high=5)

    assert found.index == pytest.approx([2, 0, -1.75, NAN], nan_ok=True)
    assert found.n_answered.tolist() == [4, 4, 3, 2]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: long_strings(np.ones(3)),
        lambda: speed(np.ones(3)),
        lambda: speed(np.array([[-1.0]])),
        lambda: acquiescence(np.ones((2, 2)), is_reversed=[True, True], low=1, high=5),
        lambda: acquiescence(np.ones((2, 2)), is_reversed=[True], low=1, high=5),
        lambda: inconsistency(Answers.of([[1, 1]], 2), np.zeros((0, 2), dtype=int)),
        lambda: inconsistency(Answers.of([[1, 1]], 2), np.array([[0, 2]])),
        lambda: inconsistency(Answers.of([[1, 1]], [2, 3]), np.array([[0, 1]])),
    ],
)
def test_what_has_no_figure_is_refused(wrong):
    with pytest.raises(AnswersError):
        wrong()
