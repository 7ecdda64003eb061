"""The estimate of item parameters against another program, and by what must always hold."""

import dataclasses

import numpy as np
import pytest

from second_opinion.engine.errors import AnswersError, NotEnoughAnswersError
from second_opinion.engine.personality import Answers, expected_abilities, fit_graded
from second_opinion.engine.personality.graded import estimation
from second_opinion.engine.personality.graded.climb import Climb
from second_opinion.engine.personality.graded.layout import layout_of_items, vector_of
from second_opinion.engine.personality.graded.patterns import patterns_of
from tests.engine.personality.samples import (
    FOUR,
    REFERENCE,
    bfi,
    bfi_items,
    complete,
    drawn,
    reference_answers,
)


@pytest.fixture(scope="module")
def fit():
    return fit_graded(reference_answers())


@pytest.fixture(scope="module")
def known():
    return np.genfromtxt(REFERENCE / "mirt_items.csv", delimiter=",", skip_header=1)[:, 1:]


def test_estimates_are_those_of_another_program(fit, known):
    assert fit.converged
    assert fit.log_likelihood == pytest.approx(-3557.02549, abs=1e-4)
    assert fit.items.discrimination == pytest.approx(known[:, 0], abs=5e-4)
    assert fit.items.threshold == pytest.approx(known[:, 1:5], abs=5e-4, nan_ok=True)


def test_standard_errors_are_those_of_another_program(fit, known):
    assert fit.discrimination_error == pytest.approx(known[:, 5], rel=0.003)
    assert fit.threshold_error == pytest.approx(known[:, 6:], rel=0.003, nan_ok=True)


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("scale", "name", "log_likelihood"),
    [("agree", "agree", -19130.13), ("extraversion", "extraversion", -20994.37)],
)
def test_big_five_answers_give_the_known_parameters(shared_data, scale, name, log_likelihood):
    fit = fit_graded(complete(bfi(shared_data, scale)))
    items, *_ = bfi_items(shared_data, name)

    assert fit.log_likelihood == pytest.approx(log_likelihood, abs=0.01)
    assert fit.items.discrimination == pytest.approx(items.discrimination, abs=0.001)
    assert fit.items.threshold == pytest.approx(items.threshold, abs=0.001)


def test_gradient_and_information_are_differences_of_the_log_likelihood():
    answers = drawn(60, missing=0.1)
    layout = layout_of_items(FOUR)
    climb = Climb(layout, patterns_of(answers), progress=lambda _number, _height: None)
    values = vector_of(layout, FOUR)
    step = 1e-4

    here = climb.look(values, n_polynomials=5)
    around = [
        [climb.look(values + sign * step * axis, n_polynomials=0) for sign in (-1, 1)]
        for axis in np.eye(len(values))
    ]

    slopes = [(up.log_likelihood - down.log_likelihood) / (2 * step) for down, up in around]
    bends = [(down.gradient - up.gradient) / (2 * step) for down, up in around]
    assert here.gradient == pytest.approx(slopes, abs=1e-5)
    assert here.observed == pytest.approx(np.array(bends), abs=0.02)


def test_many_answers_are_found_by_way_of_a_sample(monkeypatch):
    answers = drawn(1_500, missing=0.2)
    monkeypatch.setattr(estimation, "_SAMPLE", 2_000)
    directly = fit_graded(answers)
    monkeypatch.setattr(estimation, "_SAMPLE", 50)

    by_sample = fit_graded(answers)

    assert by_sample.converged
    assert by_sample.log_likelihood == pytest.approx(directly.log_likelihood, abs=1e-4)
    assert by_sample.discrimination_error == pytest.approx(directly.discrimination_error, rel=0.01)


def test_weights_count_as_people():
    answers = drawn(200)
    doubled = dataclasses.replace(answers, category=np.repeat(answers.category, 2, axis=0))

    weighted = fit_graded(answers, weight=np.full(200, 2.0))

    assert weighted.items.discrimination == pytest.approx(
        fit_graded(doubled).items.discrimination, abs=1e-6
    )
    assert weighted.n_people == 400


def test_nothing_depends_on_the_order_of_people_or_items():
    answers = drawn(300, missing=0.1)
    order, people = np.array([2, 0, 3, 1]), np.random.default_rng(2).permutation(300)

    fit, turned = fit_graded(answers), fit_graded(answers.of_people(people).on_items(order))

    assert turned.log_likelihood == pytest.approx(fit.log_likelihood, abs=1e-4)
    assert turned.items.discrimination == pytest.approx(fit.items.discrimination[order], abs=0.005)


def test_whoever_answered_nothing_changes_nothing():
    answers = drawn(150)
    silent = dataclasses.replace(
        answers, category=np.vstack([answers.category, np.full((20, 4), -1, dtype=np.int8)])
    )

    assert fit_graded(silent).log_likelihood == pytest.approx(fit_graded(answers).log_likelihood)
    assert fit_graded(silent).n_people == 150


def test_a_category_that_nobody_used_has_no_threshold_and_scores_with_its_neighbour():
    answers = drawn(300)
    stretched = answers.category.copy()
    stretched[:, 0][stretched[:, 0] >= 2] += 1  # category 2 of now five is never given
    wide = Answers.of(stretched, answers.n_categories + np.array([1, 0, 0, 0]))

    fit, narrow = fit_graded(wide), fit_graded(answers)

    assert fit.log_likelihood == pytest.approx(narrow.log_likelihood, abs=1e-4)
    assert np.isnan(fit.items.threshold[0]).tolist() == [False, True, False, False]
    assert "Item 1: 1 of 5 answers were never given" in fit.notes[0]
    rare = wide.category[:1].copy()
    rare[0, 0] = 2
    rarely = expected_abilities(fit.items, Answers.of(rare, wide.n_categories))
    rare[0, 0] = 1
    assert (
        rarely.ability == expected_abilities(fit.items, Answers.of(rare, wide.n_categories)).ability
    )


def test_an_item_that_goes_against_the_others_is_named():
    answers = drawn(400)
    turned = answers.category.copy()
    turned[:, 1] = answers.n_categories[1] - 1 - turned[:, 1]

    fit = fit_graded(
        Answers.of(turned, answers.n_categories), names=("calm", "worries", "even", "at ease")
    )

    assert fit.items.discrimination[1] < 0
    assert fit.notes == ("worries goes against the others; was it meant to be reversed?",)
    assert fit.log_likelihood == pytest.approx(fit_graded(answers).log_likelihood, abs=1e-4)


@pytest.mark.parametrize(
    ("category", "words"),
    [
        ([[0, 1], [1, 0]], "at least 3"),
        ([[-1, -1, -1]] * 3, "Nobody"),
        ([[0, 1, 2], [1, 1, 0]], "b: everybody who answered gave the same answer"),
        ([[0, -1, 2], [1, -1, 0]], "b: there is no answer"),
    ],
)
def test_answers_that_tell_nothing_are_refused_by_name(category, words):
    names = ("a", "b", "c")[: len(category[0])]

    with pytest.raises(NotEnoughAnswersError, match=words):
        fit_graded(Answers.of(category, 3), names=names)


@pytest.mark.parametrize("weight", [np.ones(3), np.zeros(40), np.full(40, np.inf)])
def test_weights_that_cannot_be_are_refused(weight):
    with pytest.raises(AnswersError, match="Weights"):
        fit_graded(drawn(40), weight=weight)


def test_names_must_be_as_many_as_items():
    with pytest.raises(AnswersError, match="4 items and 1 names"):
        fit_graded(drawn(40), names=("a",))


def test_whoever_waits_is_told_of_each_pass():
    told = []

    fit_graded(drawn(100), progress=lambda number, height: told.append((number, height)))

    assert [number for number, _ in told] == list(range(1, len(told) + 1))
    assert told[-1][1] > told[0][1]
