import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from second_opinion.engine.facets.tables.responses import category_probabilities
from second_opinion.engine.facets.tables.weighted_likelihood import (
    maximum_likelihood,
    weighted_likelihood,
)

from .cases import drawn, responses


def yes_or_no(right, items):
    category = np.arange(items) < right
    return responses(
        category.astype(np.int64), steps=(0.0,), candidate=np.zeros(items, dtype=np.int64)
    )


@pytest.mark.parametrize(("right", "items"), [(0, 4), (1, 4), (3, 4), (7, 7), (10, 25)])
def test_weighted_likelihood_of_items_of_one_difficulty_is_warm_s_closed_form(right, items):
    made = yes_or_no(right, items)

    found = weighted_likelihood(made, made.facets["candidate"].codes, 1)

    share = (right + 0.5) / (items + 1)
    assert found.ability[0] == pytest.approx(np.log(share / (1 - share)), abs=1e-8)
    assert found.standard_error[0] == pytest.approx((items * share * (1 - share)) ** -0.5)
    assert found.converged


def log_likelihood(made, rows, ability, *, weighted):
    chance = category_probabilities(ability - made.difficulty[rows], made.category_table.T)
    steps = np.arange(len(chance))
    variance = steps**2 @ chance - (steps @ chance) ** 2
    given_ = np.log(chance[made.category[rows], np.arange(len(rows))])
    total = made.weight[rows] @ given_
    return total + (0.5 * np.log(made.weight[rows] @ variance) if weighted else 0.0)


@pytest.mark.parametrize("weighted", [True, False])
def test_estimates_are_where_the_likelihood_is_largest(weighted):
    made, _ = drawn(np.random.default_rng(4), n_candidates=25, n_criteria=3)
    estimate = weighted_likelihood if weighted else maximum_likelihood
    unit = made.facets["candidate"].codes

    found = estimate(made, unit, 25)

    for candidate in range(25):
        rows = np.flatnonzero(unit == candidate)
        if found.extreme[candidate] and not weighted:
            assert np.isinf(found.ability[candidate])
            continue
        best = minimize_scalar(
            lambda ability, rows=rows: -log_likelihood(made, rows, ability, weighted=weighted),
            bounds=(-9, 9),
            method="bounded",
            options={"xatol": 1e-9},
        )
        assert found.ability[candidate] == pytest.approx(best.x, abs=1e-5)


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=12),
    st.lists(st.floats(-3, 3), min_size=12, max_size=12),
)
def test_weighted_likelihood_is_finite_and_turns_with_the_scale(category, difficulty):
    category, hard = np.array(category), np.array(difficulty[: len(category)])
    unit = np.zeros(len(category), dtype=np.int64)
    made = responses(category, difficulty=hard, candidate=unit)
    turned = responses(4 - category, difficulty=-hard, candidate=unit)  # steps are symmetrical

    found = weighted_likelihood(made, unit, 1)
    back = weighted_likelihood(turned, unit, 1)

    assert np.isfinite(found.ability[0])
    assert np.isfinite(found.standard_error[0])
    assert back.ability[0] == pytest.approx(-found.ability[0], abs=1e-6)


def test_weighted_likelihood_is_less_biased_than_maximum_likelihood():
    rng = np.random.default_rng(9)
    ability, n_items = 1.5, 6
    right = rng.binomial(n_items, 1 / (1 + np.exp(-ability)), 4000)
    category = (np.arange(n_items) < right[:, None]).astype(np.int64).ravel()
    unit = np.repeat(np.arange(4000), n_items)
    made = responses(category, steps=(0.0,), candidate=unit)

    warm = weighted_likelihood(made, unit, 4000).ability.mean()

    assert warm == pytest.approx(ability, abs=0.1)


def test_a_candidate_without_ratings_has_no_estimate():
    made = yes_or_no(2, 5)

    found = weighted_likelihood(made, made.facets["candidate"].codes, 2)

    assert np.isnan(found.ability[1])
    assert np.isnan(found.standard_error[1])


def test_extreme_scores_are_infinite_by_maximum_likelihood_alone():
    for right, ability in ((0, -np.inf), (5, np.inf)):
        made = yes_or_no(right, 5)
        unit = made.facets["candidate"].codes

        found = maximum_likelihood(made, unit, 1)

        assert found.ability[0] == ability
        assert found.standard_error[0] == np.inf
        assert weighted_likelihood(made, unit, 1).extreme[0]
