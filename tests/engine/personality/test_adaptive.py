"""What an adaptive questionnaire asks, when it stops, and that it can be gone on with."""

import numpy as np
import pytest

from second_opinion.engine.errors import AnswersError, ArgumentError
from second_opinion.engine.personality import Answers, expected_abilities
from second_opinion.engine.personality.adaptive import (
    AdaptiveForm,
    AdaptiveRules,
    AdaptiveState,
    AdaptiveTest,
    StopReason,
)
from second_opinion.engine.personality.graded.tables import boundaries_of, information_of_items
from second_opinion.engine.simulation.graded import draw_items, simulate_answers

SCALE = np.repeat([0, 1], 12)
FACET = np.repeat([0, 1, 2, 3], 6)


@pytest.fixture(scope="module")
def items():
    return draw_items(n_items=24, n_categories=5, rng=np.random.default_rng(3))


@pytest.fixture(scope="module")
def someone(items):
    """One person's answer to every item."""
    rng = np.random.default_rng(4)
    return simulate_answers(items, n_persons=1, rng=rng).answers.category[0]


def form(items, **changes):
    return AdaptiveForm.of(items, **{"scale": SCALE, "facet": FACET, **changes})


def taken(test, answers, state=None):
    """Answers until it is enough."""
    state = state or AdaptiveState()
    while (step := test.step(state)).item is not None:
        state = state.answered(step.item, int(answers[step.item]), seconds=4.0)
    return state, step


def test_scores_are_those_of_the_answers_given(items, someone):
    test = AdaptiveTest.of(form(items), AdaptiveRules(most_items=9))

    state, step = taken(test, someone)

    given = np.full((1, 24), -1)
    given[0, state.asked] = state.category
    for scale in (0, 1):
        on = np.flatnonzero(scale == SCALE)
        plain = expected_abilities(items.some(on), Answers.of(given[:, on], 5))
        assert step.ability[scale] == pytest.approx(plain.ability[0], abs=1e-9)
        assert step.standard_error[scale] == pytest.approx(plain.standard_error[0], abs=1e-9)


def test_facets_are_asked_about_in_turn_and_by_their_shares(items, someone):
    equally = AdaptiveTest.of(form(items), AdaptiveRules(most_items=12))
    unequally = AdaptiveTest.of(form(items, share=[3, 1, 1, 1]), AdaptiveRules(most_items=12))

    even, _ = taken(equally, someone)
    uneven, _ = taken(unequally, someone)

    assert np.bincount(FACET[even.asked]).tolist() == [3, 3, 3, 3]
    assert np.bincount(FACET[uneven.asked]).tolist() == [6, 2, 2, 2]
    assert sorted(FACET[even.asked[:4]]) == [0, 1, 2, 3]


@pytest.mark.parametrize("criterion", ["information", "expected_variance"])
def test_the_item_that_tells_most_comes_first(items, criterion):
    test = AdaptiveTest.of(
        AdaptiveForm.of(items), AdaptiveRules(criterion=criterion, most_items=24)
    )

    first = test.step(AdaptiveState()).item

    if criterion == "information":
        at = boundaries_of(test.layout, _values(test), np.zeros(1))
        assert first == np.argmax(information_of_items(test.layout, at)[:, 0])
    else:
        assert first == np.argmin([_expected(items, item) for item in range(24)])


def _values(test):
    from second_opinion.engine.personality.graded.layout import vector_of

    return vector_of(test.layout, test.form.items)


def _expected(items, item):
    """The expected posterior variance after one answer, from scores alone."""
    alone = items.some(np.array([item]))
    found = expected_abilities(alone, Answers.of(np.arange(5)[:, None], 5))
    chance = [
        np.exp(expected_abilities(alone, Answers.of([[k]], 5)).log_likelihood) for k in range(5)
    ]
    return float(np.array(chance) @ found.standard_error**2)


def test_the_fast_way_and_the_ranked_way_choose_alike(items, someone):
    best = AdaptiveTest.of(form(items), AdaptiveRules(most_items=20))
    ranked = AdaptiveTest.of(form(items), AdaptiveRules(most_items=20, n_best=2))
    state, _ = taken(best, someone)

    for place in range(20):
        so_far = AdaptiveState.resumed(
            asked=state.asked[:place].tolist(), category=state.category[:place].tolist()
        )
        options = {
            ranked.step(AdaptiveState(asked=so_far.asked, category=so_far.category, seed=seed)).item
            for seed in range(12)
        }
        assert best.step(so_far).item in options
        assert len(options) <= 2


def test_a_seed_gives_the_same_questions_again_and_another_others(items, someone):
    test = AdaptiveTest.of(form(items), AdaptiveRules(most_items=10, n_best=3))

    first, _ = taken(test, someone, AdaptiveState(seed=7))
    again, _ = taken(test, someone, AdaptiveState(seed=7))
    other, _ = taken(test, someone, AdaptiveState(seed=8))

    assert first.asked.tolist() == again.asked.tolist()
    assert first.asked.tolist() != other.asked.tolist()


def test_stopping_half_way_and_going_on_changes_nothing(items, someone):
    test = AdaptiveTest.of(form(items), AdaptiveRules(most_items=12, n_best=3))
    whole, _ = taken(test, someone, AdaptiveState(seed=5))
    kept = {
        "asked": whole.asked[:5].tolist(),
        "category": whole.category[:5].tolist(),
        "seconds": 20.0,
        "seed": 5,
    }

    resumed, _ = taken(test, someone, AdaptiveState.resumed(**kept))

    assert resumed.asked.tolist() == whole.asked.tolist()
    assert resumed.seconds == pytest.approx(whole.seconds)


def test_nobody_is_asked_everybodys_first_question_with_a_draw(items):
    test = AdaptiveTest.of(form(items), AdaptiveRules(n_best=3))

    first = {test.step(AdaptiveState(seed=seed)).item for seed in range(40)}

    assert len(first) == 3


@pytest.mark.parametrize(
    ("rules", "reason", "n_items"),
    [
        ({"most_items": 6}, StopReason.MOST_ITEMS, 6),
        ({"most_seconds": 30.0}, StopReason.MOST_SECONDS, 8),
        ({}, StopReason.NOTHING_LEFT, 24),
        ({"standard_error": 0.01}, StopReason.NOTHING_LEFT, 24),
        ({"standard_error": 2.0}, StopReason.PRECISE, 2),
        ({"standard_error": 2.0, "fewest_items": 3}, StopReason.PRECISE, 6),
    ],
)
def test_it_stops_for_the_reason_it_gives(items, someone, rules, reason, n_items):
    state, step = taken(AdaptiveTest.of(form(items), AdaptiveRules(**rules)), someone)

    assert step.stop is reason
    assert len(state.asked) == n_items
    assert len(set(state.asked.tolist())) == n_items


def test_a_scale_that_is_precise_is_asked_about_no_more(items, someone):
    test = AdaptiveTest.of(form(items), AdaptiveRules(standard_error=0.4))

    state, step = taken(test, someone)

    assert step.stop is StopReason.PRECISE
    assert (step.standard_error <= 0.4).all()
    for scale in (0, 1):
        last = np.flatnonzero(SCALE[state.asked] == scale)[-1]
        before = test.step(AdaptiveState(asked=state.asked[:last], category=state.category[:last]))
        assert before.standard_error[scale] > 0.4


@pytest.mark.parametrize(
    ("asked", "category", "words"),
    [
        ([0, 0], [1, 1], "Item 0 was asked twice"),
        ([30], [1], "no item 30"),
        ([2], [5], "no category 5"),
        ([2], [], "1 items were asked and 0 answered"),
    ],
)
def test_a_state_of_another_form_is_refused(items, asked, category, words):
    test = AdaptiveTest.of(form(items), AdaptiveRules())

    with pytest.raises(AnswersError, match=words):
        test.step(AdaptiveState.resumed(asked=asked, category=category))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"scale": [0, 1]}, "number of its scale"),
        ({"facet": FACET + 1}, "number of its facet"),
        ({"facet": np.repeat([0, 1], [6, 18])}, "Facet 1 has items of the scales 0 and 1"),
        ({"share": [1, 1, 1, 0]}, "positive share"),
    ],
)
def test_a_form_that_does_not_fit_is_refused(items, changes, words):
    with pytest.raises(AnswersError, match=words):
        form(items, **changes)


@pytest.mark.parametrize(
    "rules",
    [{"criterion": "luck"}, {"n_best": 0}, {"most_items": 0}, {"standard_error": -1.0}],
)
def test_rules_that_cannot_be_are_refused(rules):
    with pytest.raises(ArgumentError):
        AdaptiveRules(**rules)
