"""The adaptive form beside the full form, on people who answered all of it; a sample of them.

The whole curve: scripts/adaptive_curve.py, docs/methods/adaptive.md.
"""

import numpy as np
import pytest

from second_opinion.engine.errors import AnswersError
from second_opinion.engine.personality import Answers, GradedItems, fit_graded
from second_opinion.engine.personality.adaptive import (
    AdaptiveForm,
    AdaptiveRules,
    AdaptiveTest,
    tried_post_hoc,
)
from second_opinion.engine.simulation.graded import draw_items, simulate_answers

N_OF_SCALE, HALF = 14, 35


@pytest.fixture(scope="module")
def big_five(shared_data):
    """70 items in blocks of fourteen, keyed by each block's first principal axis."""
    path = shared_data / "personality" / "spi_big5_70.csv"
    header = path.read_text(encoding="utf-8").partition("\n")[0].replace('"', "").split(",")
    places = [place for place, name in enumerate(header) if name.startswith("q_")]
    table = np.genfromtxt(path, delimiter=",", skip_header=1, usecols=places)
    reverse = np.zeros(len(places), dtype=bool)
    for begin in range(0, len(places), N_OF_SCALE):
        own = slice(begin, begin + N_OF_SCALE)
        _, axes = np.linalg.eigh(np.corrcoef(table[:, own].T))
        reverse[own] = axes[:, -1] * np.sign(axes[:, -1].sum()) < 0
    return Answers.from_scores(table, low=1, high=6, is_reversed=reverse)


def fitted(answers):
    fits = [
        fit_graded(answers.on_items(np.arange(begin, begin + N_OF_SCALE))).items
        for begin in range(0, answers.n_items, N_OF_SCALE)
    ]
    return GradedItems.of(
        np.concatenate([one.discrimination for one in fits]),
        np.concatenate([one.threshold for one in fits]),
        n_categories=np.concatenate([one.n_categories for one in fits]),
    )


@pytest.mark.shared_data
def test_half_of_the_items_give_nearly_the_scores_of_all(big_five):
    estimated_on, tried_on = slice(1, None, 4), slice(0, 600, 2)
    form = AdaptiveForm.of(
        fitted(big_five.of_people(estimated_on)), scale=np.arange(70) // N_OF_SCALE
    )

    found = tried_post_hoc(
        AdaptiveTest.of(form, AdaptiveRules(n_best=2)),
        big_five.of_people(tried_on),
        lengths=[HALF, 70],
    )

    assert (found.n_asked == [HALF, 70]).all()
    for scale in range(5):
        half, full = found.ability[:, :, scale].T
        assert np.corrcoef(half, full)[0, 1] >= 0.95
    assert (found.standard_error[:, 0] > found.standard_error[:, 1]).mean() > 0.95


def test_it_stops_within_a_trial_and_counts_who_met_each_item():
    rng = np.random.default_rng(6)
    items = draw_items(n_items=12, n_categories=4, rng=rng)
    answers = simulate_answers(items, n_persons=30, rng=rng).answers
    test = AdaptiveTest.of(AdaptiveForm.of(items), AdaptiveRules(most_items=5))

    found = tried_post_hoc(test, answers, lengths=[3, 8])

    assert found.n_asked.tolist() == [[3, 5]] * 30
    assert found.exposure.sum() == pytest.approx(5)


@pytest.mark.parametrize(
    ("category", "lengths"), [([[-1, 0, 1]], [1]), ([[0, 0, 1]], []), ([[0, 0, 1]], [2, 1])]
)
def test_a_trial_that_cannot_be_is_refused(category, lengths):
    items = draw_items(n_items=3, n_categories=3, rng=np.random.default_rng(1))
    test = AdaptiveTest.of(AdaptiveForm.of(items), AdaptiveRules())

    with pytest.raises(AnswersError):
        tried_post_hoc(test, Answers.of(category, 3), lengths=lengths)
