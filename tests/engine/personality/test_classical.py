import dataclasses

import numpy as np
import pytest

from second_opinion.engine.errors import AnswersError, ArgumentError, NotEnoughAnswersError
from second_opinion.engine.personality import (
    Answers,
    classical_scores,
    cronbach_alpha,
    error_of_measurement,
    item_statistics,
    moments_of,
    one_factor,
)
from second_opinion.engine.personality import moments as moments_module
from tests.engine.personality.samples import bfi, complete, drawn, reference_answers


@pytest.fixture(scope="module")
def moments():
    return moments_of(complete(reference_answers()))


def test_alpha_and_its_interval_are_those_of_another_program(moments):
    alpha = cronbach_alpha(moments)

    assert alpha.estimate == pytest.approx(0.7382754411725878)
    assert (round(alpha.low, 3), round(alpha.high, 3)) == (0.686, 0.784)


def test_omega_is_that_of_another_program(moments):
    assert one_factor(moments).omega == pytest.approx(0.7474318, abs=1e-6)


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("scale", "alpha"),
    [
        ("agree", 0.703018),
        ("conscientious", 0.726735),
        ("extraversion", 0.761733),
        ("neuroticism", 0.813963),
        ("openness", 0.600173),
    ],
)
def test_big_five_answers_have_the_known_alphas(shared_data, scale, alpha):
    answers = bfi(shared_data, scale)

    assert cronbach_alpha(moments_of(answers)).estimate == pytest.approx(alpha, abs=5e-7)


def test_one_factor_reproduces_a_covariance_that_has_one():
    loading, unique = np.array([1.0, 0.8, 0.5, 1.2]), np.array([0.5, 0.4, 0.9, 0.3])
    covariance = np.outer(loading, loading) + np.diag(unique)
    n = np.full((4, 4), 1_000)
    made = dataclasses.replace(
        moments_of(drawn(5)), n_both=n, first=np.zeros((4, 4)), second=covariance * 999
    )

    found = one_factor(made)

    assert found.converged
    assert found.loading == pytest.approx(loading, abs=1e-4)
    assert found.unique == pytest.approx(unique, abs=1e-4)
    assert found.omega == pytest.approx(3.5**2 / (3.5**2 + 2.1), abs=1e-5)


def test_an_item_is_correlated_with_the_sum_of_the_others(moments):
    category = complete(reference_answers()).category.astype(float)
    statistics = item_statistics(moments)

    for item in range(6):
        rest = np.delete(category, item, axis=1)
        expected = np.corrcoef(category[:, item], rest.sum(axis=1))[0, 1]
        assert statistics.item_rest[item] == pytest.approx(expected)
    assert statistics.mean == pytest.approx(category.mean(axis=0))
    assert statistics.deviation == pytest.approx(category.std(axis=0, ddof=1))
    without = moments_of(complete(reference_answers()).on_items(np.arange(1, 6)))
    assert statistics.alpha_without[0] == pytest.approx(cronbach_alpha(without).estimate)


def test_the_error_of_measurement_is_the_deviation_times_what_reliability_leaves(moments):
    total = complete(reference_answers()).category.sum(axis=1)

    expected = total.std(ddof=1) * np.sqrt(1 - 0.7382754411725878)

    assert error_of_measurement(moments) == pytest.approx(expected)


def test_moments_of_parts_add_up_to_those_of_all(monkeypatch):
    answers = drawn(200, missing=0.3)
    whole = moments_of(answers)
    monkeypatch.setattr(moments_module, "_AT_ONCE", 60)

    parts = moments_of(answers)

    assert parts.covariance == pytest.approx(whole.covariance)
    assert (parts.n_people, parts.n_complete) == (whole.n_people, whole.n_complete)


def test_covariances_are_of_those_who_answered_both():
    answers = Answers.of([[0, 1, 2], [2, 3, -1], [1, -1, 0], [3, 3, 3], [-1, 0, 1]], 4)

    covariance = moments_of(answers).covariance

    assert covariance[0, 1] == pytest.approx(np.cov([0, 2, 3], [1, 3, 3])[0, 1])
    assert covariance[2, 2] == pytest.approx(np.var([2, 0, 3, 1], ddof=1))


def test_a_score_is_the_mean_of_what_was_answered_and_less_sure_with_gaps():
    answers = Answers.of([[1, 2, 3, 2, 2], [1, 2, 3, 2, -1], [1, -1, -1, 2, 2]], 5)

    scores = classical_scores(answers, alpha=0.8, deviation=0.5)

    assert scores.score[:2].tolist() == [2.0, 2.0]
    assert scores.standard_error[0] == pytest.approx(0.5 * np.sqrt(0.2))
    assert scores.standard_error[1] == pytest.approx(0.5 * np.sqrt(0.2 * 5 / 4))
    assert np.isnan(scores.score[2])


@pytest.mark.parametrize(
    ("category", "words"),
    [
        ([[0], [1]], "at least two items"),
        ([[0, -1], [1, -1], [-1, 1]], "share fewer than two"),
        ([[0, 1], [0, 1]], "does not vary"),
    ],
)
def test_what_has_no_reliability_is_refused(category, words):
    with pytest.raises(NotEnoughAnswersError, match=words):
        cronbach_alpha(moments_of(Answers.of(category, 2)))


def test_arguments_outside_what_they_can_mean_are_refused(moments):
    with pytest.raises(ArgumentError, match="level"):
        cronbach_alpha(moments, level=1)
    with pytest.raises(AnswersError, match="alpha"):
        classical_scores(drawn(3), alpha=1.2, deviation=1)
