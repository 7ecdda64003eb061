"""What was left out, and whether the others' scores say why."""

import numpy as np
import pytest

from second_opinion.engine.combination import (
    Instrument,
    LeftOut,
    check_not_observed,
    planning_population,
)
from second_opinion.engine.errors import ArgumentError
from tests.engine.combination.cases import FIVE, crossed


def checked(scores, **known):
    table = crossed([scores])
    gaps = [(int(j), int(k)) for j, k in np.argwhere(np.isnan(np.array(scores, dtype=float)))]
    return check_not_observed(
        table,
        candidate=0,
        not_observed=gaps,
        population=planning_population([FIVE] * len(scores[0])),
        **known,
    )


def test_others_who_score_low_where_one_left_out_are_a_sign():
    found = checked([[4, 4, 4, None, None], [4, 4, 4, 1, 1]])

    assert found.verdict is LeftOut.LIKELY_INFORMATIVE
    assert found.left_out == found.compared == 2
    assert found.difference < -1.5
    assert found.probability < 0.05


def test_others_who_score_as_usual_are_none():
    assert checked([[4, 4, 4, None], [4, 4, 4, 4]]).verdict is LeftOut.NO_SIGN


def test_what_nobody_scored_cannot_be_compared():
    assert checked([[4, 4, None], [4, 4, None]]).verdict is LeftOut.CANNOT_TELL


def test_nothing_left_out_is_nothing_to_check():
    assert checked([[4, 4, 4], [4, 4, 4]]).verdict is LeftOut.NOTHING


def test_an_instrument_may_have_seen_what_an_assessor_left_out():
    reading = Instrument(
        name="test",
        candidate=0,
        criterion=np.array([3]),
        value=np.array([1.0]),
        standard_error=np.array([0.2]),
    )

    found = checked([[4, 4, 4, None]], instruments=(reading,))

    assert found.compared == 1
    assert found.difference < 0


def test_leaving_out_by_chance_is_called_informative_once_in_twenty():
    rng = np.random.default_rng(5)
    population = planning_population([FIVE] * 4)
    parts = population.components
    wide = type(FIVE)(-20, 30)
    called = 0
    for _ in range(400):
        level = rng.normal(0, (population.mean_variance + parts.candidate) ** 0.5)
        truth = level + rng.normal(0, parts.candidate_by_criterion**0.5, 4)
        impression = rng.normal(0, (parts.severity + parts.halo) ** 0.5, (2, 1))
        scores = 3.5 + truth + impression + rng.normal(0, parts.residual**0.5, (2, 4))
        scores[0, 3] = np.nan
        found = check_not_observed(
            crossed([scores], scale=wide),
            candidate=0,
            not_observed=[(0, 3)],
            population=population,
        )
        called += found.verdict is LeftOut.LIKELY_INFORMATIVE
    assert called / 400 == pytest.approx(0.05, abs=0.035)


def test_a_pair_that_has_a_score_is_refused():
    with pytest.raises(ArgumentError, match="not_observed"):
        check_not_observed(
            crossed([[[3.0]]]),
            candidate=0,
            not_observed=[(0, 0)],
            population=planning_population([FIVE]),
        )
