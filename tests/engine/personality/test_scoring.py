import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.engine.errors import AnswersError
from second_opinion.engine.personality import (
    Answers,
    GradedItems,
    expected_abilities,
    likeliest_abilities,
)
from second_opinion.engine.personality.graded import scoring
from second_opinion.engine.personality.graded.grid import grid_of_spacing
from second_opinion.engine.personality.graded.layout import layout_of_items, vector_of
from second_opinion.engine.personality.graded.tables import (
    boundaries_of,
    category_slopes,
    information_of_items,
    log_probabilities,
)
from tests.engine.personality.samples import FOUR, REFERENCE, bfi_items, drawn, reference_answers


def reference_items():
    table = np.genfromtxt(REFERENCE / "mirt_items.csv", delimiter=",", skip_header=1)
    return GradedItems.of(table[:, 1], table[:, 2:6])


def test_scores_are_those_of_another_program():
    known = np.genfromtxt(REFERENCE / "mirt_scores.csv", delimiter=",", skip_header=1)

    found = expected_abilities(reference_items(), reference_answers())

    people = known[:, 0].astype(int)
    assert found.ability[people] == pytest.approx(known[:, 1], abs=1e-6)
    assert found.standard_error[people] == pytest.approx(known[:, 2], abs=1e-6)
    assert found.log_likelihood == pytest.approx(-3557.02549, abs=1e-4)


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["agree", "extraversion"])
def test_the_first_200_of_the_big_five_have_their_known_scores(shared_data, name):
    items, answers, ability, error = bfi_items(shared_data, name)

    found = expected_abilities(items, answers)

    assert found.ability == pytest.approx(ability, abs=0.001)
    assert found.standard_error == pytest.approx(error, abs=0.001)


def test_compiled_and_plain_scores_agree(monkeypatch):
    answers = drawn(300, missing=0.3)
    plain = expected_abilities(FOUR, answers)
    monkeypatch.setattr(scoring, "_FEW", 0)

    compiled = expected_abilities(FOUR, answers)

    assert compiled.ability == pytest.approx(plain.ability, nan_ok=True)
    assert compiled.standard_error == pytest.approx(plain.standard_error, nan_ok=True)
    assert compiled.log_likelihood == pytest.approx(plain.log_likelihood)


def test_probabilities_sum_to_one_and_information_is_the_mean_square_of_slopes():
    layout, ability = layout_of_items(FOUR), np.linspace(-40, 40, 9)
    at = boundaries_of(layout, vector_of(layout, FOUR), ability)
    probability = np.exp(log_probabilities(at))

    totals = np.add.reduceat(probability, layout.first_row[:-1], axis=0)

    assert totals == pytest.approx(np.ones((4, 9)))
    assert np.isfinite(log_probabilities(at)).all()
    step = 1e-5
    ahead = boundaries_of(layout, vector_of(layout, FOUR), ability + step)
    slope = (log_probabilities(ahead) - log_probabilities(at)) / step
    assert category_slopes(at) == pytest.approx(slope, abs=1e-4)
    square = np.add.reduceat(probability * slope**2, layout.first_row[:-1], axis=0)
    assert information_of_items(layout, at) == pytest.approx(square, abs=1e-4)


def test_finer_nodes_change_nothing():
    answers = drawn(50)
    layout = layout_of_items(FOUR)
    values = vector_of(layout, FOUR)
    grid = grid_of_spacing(0.02)
    table = log_probabilities(boundaries_of(layout, values, grid.ability))

    fine, log_likelihood = scoring.plain_posteriors(layout, answers, table, grid)

    found = expected_abilities(FOUR, answers)
    assert found.ability == pytest.approx(fine[:, 0], abs=1e-9)
    assert found.log_likelihood == pytest.approx(log_likelihood, abs=1e-7)


def test_maximum_likelihood_is_where_the_likelihood_is_flat():
    answers = drawn(200, missing=0.1)
    found = likeliest_abilities(FOUR, answers)
    layout = layout_of_items(FOUR)

    inside = np.flatnonzero(np.isfinite(found.ability))
    assert len(inside) > 100
    for person in inside[:20]:
        around = found.ability[person] + np.array([-1e-3, 0, 1e-3])
        table = log_probabilities(boundaries_of(layout, vector_of(layout, FOUR), around))
        given_items = np.flatnonzero(answers.category[person] >= 0)
        rows = layout.row[given_items, answers.category[person, given_items]]
        below, here, above = table[rows].sum(axis=0)
        assert here >= max(below, above)
        bend = (2 * here - below - above) / 1e-6
        assert found.standard_error[person] == pytest.approx(bend**-0.5, rel=1e-3)


def test_only_lowest_or_only_highest_answers_lie_beyond_the_items():
    extremes = Answers.of([[0, 0, 0, 0], [3, 3, 2, 1], [3, -1, -1, -1], [-1] * 4], [4, 4, 3, 2])

    found = likeliest_abilities(FOUR, extremes)

    assert found.ability[:3].tolist() == [-np.inf, np.inf, np.inf]
    assert found.standard_error[:3].tolist() == [np.inf] * 3
    assert np.isnan(found.ability[3])


def test_whoever_answered_nothing_has_no_score():
    found = expected_abilities(FOUR, Answers.of([[-1] * 4], [4, 4, 3, 2]))

    assert np.isnan(found.ability[0])
    assert np.isnan(found.standard_error[0])
    assert found.answered.tolist() == [0]
    assert found.log_likelihood == pytest.approx(0, abs=1e-9)


@given(st.lists(st.integers(0, 1), min_size=4, max_size=4), st.integers(0, 3))
def test_a_higher_answer_never_lowers_a_score(low, item):
    higher = [*low]
    higher[item] = min(low[item] + 1, int(FOUR.n_categories[item]) - 1)

    found = expected_abilities(FOUR, Answers.of([low, higher], FOUR.n_categories))

    assert found.ability[1] >= found.ability[0]
    assert (found.standard_error < 1).all()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (Answers.of([[0, 0]], 2), "4 items and answers to 2"),
        (Answers.of([[0, 0, 0, 0]], [4, 4, 3, 5]), "Item 4 has 2 categories and answers in 5"),
    ],
)
def test_answers_to_other_items_are_refused(answers, words):
    with pytest.raises(AnswersError, match=words):
        expected_abilities(FOUR, answers)
