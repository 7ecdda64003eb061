"""Dependent assessors and shared meetings: agreement rises, information falls."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.engine.combination import Dependence, combine, planning_population
from second_opinion.engine.errors import ArgumentError, UnknownNameError
from tests.engine.combination.cases import FIVE, crossed, population_of

TWO = {"candidates": ("c0",), "assessors": ("a0", "a1")}


def deviation(rho, *, error=0.56):
    """Of the truth after two opinions whose errors correlate; the level is known for certain."""
    table = crossed([[[4.0], [4.0]]])
    population = population_of(candidate=0.44, halo=error / 2, residual=error / 2)
    dependence = Dependence.of(**TWO, groups=[(("a0", "a1"), rho)])
    found = combine(table, weights=np.ones(1), population=population, dependence=dependence)
    return float(found.whole_standard_deviation[0])


@given(st.floats(0, 0.99))
def test_the_mean_of_two_has_error_variance_of_one_plus_rho_halves(rho):
    """s^2 (1 + rho) / 2: the variance of a mean of two with correlated errors."""
    error = 0.56 * (1 + rho) / 2

    assert deviation(rho) ** 2 == pytest.approx(0.44 * error / (0.44 + error))


def test_two_who_err_as_one_are_worth_one():
    alone = crossed([[[4.0]]])
    population = population_of(candidate=0.44, halo=0.28, residual=0.28)

    found = combine(alone, weights=np.ones(1), population=population)

    assert deviation(1 - 1e-9) == pytest.approx(found.whole_standard_deviation[0], rel=1e-6)


def test_members_of_one_meeting_correlate_as_panels_do():
    """Huffcutt, Culbertson and Weyhrauch (2013): .74 in a panel against .44 apart."""
    population = planning_population([FIVE] * 8)
    components = population.components
    whole = components.whole_true([1 / 8] * 8) + components.whole_error([1 / 8] * 8)
    together = components.whole_true([1 / 8] * 8) + population.shared_meeting * components.halo

    assert together / whole == pytest.approx(0.74, abs=1e-12)
    assert 0 < population.shared_meeting < 1


def test_a_shared_meeting_widens_the_interval_of_that_candidate_alone():
    table = crossed(np.full((2, 2, 8), 4.0))
    population = planning_population([FIVE] * 8)
    names = {"candidates": ("c0", "c1"), "assessors": ("a0", "a1")}
    met = Dependence.of(**names, meetings=[(("a0", "a1"), ("c0",))])

    apart = combine(table, weights=np.ones(8), population=population)
    together = combine(table, weights=np.ones(8), population=population, dependence=met)

    widths = together.whole_standard_deviation - apart.whole_standard_deviation
    assert widths[0] > 0.05
    assert abs(widths[1]) < 0.01


def test_a_dependence_that_says_nothing_changes_nothing():
    table = crossed(1 + np.arange(12.0).reshape(2, 2, 3) / 3)
    population = planning_population([FIVE] * 3)
    none = Dependence.none(n_candidates=2, n_assessors=2)

    plain = combine(table, weights=np.ones(3), population=population)
    told = combine(table, weights=np.ones(3), population=population, dependence=none)

    assert none.is_none
    np.testing.assert_array_equal(told.mean, plain.mean)


def test_meetings_that_share_an_assessor_are_one_meeting():
    names = {"candidates": ("c0",), "assessors": ("a0", "a1", "a2", "a3")}

    met = Dependence.of(**names, meetings=[(("a0", "a1"), ("c0",)), (("a1", "a2"), ("c0",))])

    assert met.meeting[0].tolist() == [0, 0, 0, 3]


@pytest.mark.parametrize("rho", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_correlation_outside_0_to_1_is_refused_by_name(rho):
    with pytest.raises(ArgumentError, match="dependence"):
        Dependence.of(**TWO, groups=[(("a0", "a1"), rho)])


def test_correlations_that_cannot_be_are_refused_with_what_to_do():
    names = {"candidates": ("c0",), "assessors": ("a0", "a1", "a2")}

    with pytest.raises(ArgumentError, match="contradicts itself"):
        Dependence.of(**names, groups=[(("a0", "a1"), 0.9), (("a1", "a2"), 0.9)])


@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        ([[1.0, 0.2], [0.3, 1.0]], "symmetric"),
        ([[0.9, 0.2], [0.2, 1.0]], "diagonal"),
        ([[1.0, 0.2]], "square"),
    ],
)
def test_a_matrix_that_is_none_of_correlations_is_refused(matrix, words):
    with pytest.raises(ArgumentError, match=words):
        Dependence(correlation=np.array(matrix), meeting=np.arange(2)[None, :])


def test_a_meeting_and_an_employer_that_contradict_each_other_are_refused():
    table = crossed(np.full((1, 3, 8), 4.0))
    names = {"candidates": ("c0",), "assessors": ("a0", "a1", "a2")}
    both = Dependence.of(**names, groups=[(("a0", "a1"), 0.95)], meetings=[(("a1", "a2"), ("c0",))])

    with pytest.raises(ArgumentError, match="dependence contradicts itself together"):
        combine(
            table,
            weights=np.ones(8),
            population=planning_population([FIVE] * 8),
            dependence=both,
        )


def test_names_and_shapes_that_do_not_fit_are_refused():
    with pytest.raises(UnknownNameError, match="'Eva' is not among the assessors"):
        Dependence.of(**TWO, groups=[(("a0", "Eva"), 0.3)])
    with pytest.raises(ArgumentError, match="meeting has shape"):
        Dependence(correlation=np.eye(2), meeting=np.zeros((1, 3), dtype=np.int64))
    with pytest.raises(ArgumentError, match="dependence is for"):
        combine(
            crossed(np.full((2, 2, 1), 3.0)),
            weights=np.ones(1),
            population=population_of(candidate=1.0, residual=1.0),
            dependence=Dependence.none(n_candidates=1, n_assessors=2),
        )
