"""Readings with a known standard error beside opinions."""

import numpy as np
import pytest

from second_opinion.engine.combination import Instrument, combine
from second_opinion.engine.errors import ArgumentError
from tests.engine.combination.cases import crossed, population_of


def instrument_of(**changes):
    return Instrument(
        **{
            "name": "test",
            "candidate": 0,
            "criterion": np.array([0]),
            "value": np.array([4.0]),
            "standard_error": np.array([0.5]),
        }
        | changes
    )


def combined(table, *instruments, n_criteria=1, **variances):
    population = population_of(n_criteria=n_criteria, **variances)
    return combine(
        table, weights=np.ones(n_criteria), population=population, instruments=instruments
    )


def test_a_reading_counts_with_the_inverse_of_its_own_variance():
    """Two independent sources: precision weights 1/.5 and 1/.25 beside the prior's 1/1."""
    found = combined(crossed([[[4.0]]]), instrument_of(), candidate=1.0, residual=0.5)

    assert found.whole_mean[0] == pytest.approx(3 + (2 * 1 + 4 * 1) / (1 + 2 + 4))
    assert found.whole_standard_deviation[0] == pytest.approx((1 / 7) ** 0.5)


def test_a_reading_tells_of_its_own_criterion_first():
    table = crossed([[[3.0, 3.0]]])
    reading = instrument_of(criterion=np.array([1]), value=np.array([5.0]))

    found = combined(
        table, reading, n_criteria=2, candidate=0.3, candidate_by_criterion=0.3, residual=0.3
    )

    assert found.mean[0, 1] > found.mean[0, 0] > 3


def test_readings_whose_errors_go_together_tell_less():
    table = crossed([[[3.0, 3.0]]])
    both = {
        "criterion": np.array([0, 1]),
        "value": np.array([4.0, 4.0]),
        "standard_error": np.array([0.5, 0.5]),
    }
    variances = {"n_criteria": 2, "candidate": 0.5, "residual": 5.0}

    apart = combined(table, instrument_of(**both), **variances)
    together = combined(table, instrument_of(**both, error_correlation=0.9), **variances)

    assert together.whole_standard_deviation[0] > apart.whole_standard_deviation[0]


def test_what_only_an_instrument_read_counts_as_observed():
    table = crossed([[[3.0, np.nan]]])
    reading = instrument_of(criterion=np.array([1]))

    found = combined(table, reading, n_criteria=2, candidate=0.5, residual=0.5)

    assert found.weight_observed[0] == 1


def test_a_hint_moves_the_estimate_and_by_itself_observes_nothing():
    table = crossed([[[3.0, np.nan]]])
    hint = instrument_of(criterion=np.array([1]), is_hint=True)

    found = combined(table, hint, n_criteria=2, candidate=0.5, residual=0.5)

    assert found.mean[0, 1] > combined(table, n_criteria=2, candidate=0.5, residual=0.5).mean[0, 1]
    assert found.weight_observed[0] == 0.5


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"standard_error": np.array([0.0])}, "standard_error"),
        ({"standard_error": np.array([np.nan])}, "standard_error"),
        ({"value": np.array([np.inf])}, "value"),
        ({"error_correlation": 1.5}, "error_correlation"),
        ({"value": np.array([1.0, 2.0])}, "one value"),
        (
            {
                "criterion": np.array([0, 0]),
                "value": np.ones(2),
                "standard_error": np.ones(2),
            },
            "twice",
        ),
    ],
)
def test_an_impossible_instrument_is_refused_by_name(change, words):
    with pytest.raises(ArgumentError, match=words):
        instrument_of(**change)


@pytest.mark.parametrize(
    ("change", "words"),
    [({"candidate": 3}, "no candidate"), ({"criterion": np.array([4])}, "no criterion")],
)
def test_an_instrument_of_another_case_is_refused(change, words):
    with pytest.raises(ArgumentError, match=words):
        combined(crossed([[[3.0]]]), instrument_of(**change), candidate=1.0, residual=1.0)
