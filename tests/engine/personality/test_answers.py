import numpy as np
import pytest

from second_opinion.engine.errors import AnswersError
from second_opinion.engine.personality import Answers, GradedItems


def test_reversed_items_are_turned_round_and_gaps_stay_gaps():
    answers = Answers.from_scores(
        [[1, 6, np.nan], [2, np.nan, 3]], low=1, high=6, is_reversed=[False, True, False]
    )

    assert answers.category.tolist() == [[0, 0, -1], [1, -1, 2]]
    assert answers.answered.tolist() == [2, 2]
    assert answers.n_categories.tolist() == [6, 6, 6]


@pytest.mark.parametrize(
    ("scores", "words"),
    [([[7, 1]], "has 7 on item 1"), ([[1, 2.5]], "2.5 on item 2"), ([1, 2], "table")],
)
def test_scores_outside_the_scale_are_refused(scores, words):
    with pytest.raises(AnswersError, match=words):
        Answers.from_scores(scores, low=1, high=6, is_reversed=False)


@pytest.mark.parametrize(
    ("category", "n_categories", "words"),
    [
        ([[0, 3]], 3, "category 3 on item 2"),
        ([[0, -2]], 3, "category -2"),
        ([[0]], 1, "1 categories"),
        ([0, 1], 3, "dimensions"),
    ],
)
def test_categories_that_an_item_does_not_have_are_refused(category, n_categories, words):
    with pytest.raises(AnswersError, match=words):
        Answers.of(category, n_categories)


@pytest.mark.parametrize(
    ("slope", "threshold", "words"),
    [
        ([0.0], [[1.0]], "other than 0"),
        ([1.0], [[np.nan]], "at least one threshold"),
        ([1.0], [[1.0, 0.5]], "out of order"),
        ([-1.0], [[0.5, 1.0]], "out of order"),
        ([1.0, 2.0], [[1.0]], "shapes"),
    ],
)
def test_items_that_cannot_be_are_refused(slope, threshold, words):
    with pytest.raises(AnswersError, match=words):
        GradedItems.of(slope, threshold)
