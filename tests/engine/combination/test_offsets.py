"""Assessors' offsets: from links, from keys, and what is not applied."""

import numpy as np
import pytest

from second_opinion.engine.combination import (
    LEAST_LINKED_CASES,
    Rests,
    Severity,
    VarianceComponents,
    combine,
    estimate_population,
    linked_cases,
    offsets,
)
from second_opinion.engine.errors import ArgumentError, UnknownNameError
from tests.engine.combination.cases import crossed, population_of

COMPONENTS = VarianceComponents(
    candidate=0.64, candidate_by_criterion=0.0, severity=0.16, halo=0.0, residual=0.49
)


def one_by_one(offset, n):
    """n candidates, each rated by the first assessor alone."""
    scores = np.full((n, 2, 1), np.nan)
    scores[:, 0, 0] = 3.5 + offset
    return crossed(scores)


def test_shrinkage_by_assumption_is_the_arithmetic_by_hand():
    """.4 x .16 / (.16 + (.64 + .49) / 20) = .295612; then 4.2 gives 3.720872, SD .538924."""
    found = offsets(one_by_one(0.4, 20), COMPONENTS, rests=Rests.ASSUMPTION, mean=np.array([3.5]))[
        "a0"
    ]
    population = population_of(
        3.5, candidate=0.64, severity=0.16, residual=0.49, severities={"a0": found}
    )

    after = combine(crossed([[[4.2]]]), weights=np.ones(1), population=population)

    assert found.level == pytest.approx(0.295612, abs=5e-7)
    assert after.whole_mean[0] == pytest.approx(3.720872, abs=5e-7)
    assert after.whole_standard_deviation[0] == pytest.approx(0.538924, abs=5e-7)


def test_without_links_nothing_is_known_however_many_were_rated():
    found = offsets(one_by_one(0.4, 500), COMPONENTS, rests=Rests.LINKS)["a0"]

    assert found.level == pytest.approx(0)
    assert found.level_variance == pytest.approx(0.16)


def test_links_compare_assessors_on_the_same_candidate_whoever_that_is():
    """Only differences count, so better candidates sent to a pair leave the offsets alone."""
    scores = np.zeros((10, 2, 1)) + 3.0
    scores[:, 0] += 0.6
    better = scores + np.linspace(0, 1, 10)[:, None, None]

    plain = offsets(crossed(scores), COMPONENTS, rests=Rests.LINKS)
    sent = offsets(crossed(better), COMPONENTS, rests=Rests.LINKS)

    assert plain["a0"].level == pytest.approx(-plain["a1"].level)
    # BLUP of a difference d over n pairs: d/2 shrunk by s / (s + r/n) with s, r of the difference
    assert plain["a0"].level == pytest.approx(0.3 * 0.32 / (0.32 + 0.98 / 10))
    assert sent["a0"].level == pytest.approx(plain["a0"].level)


def test_a_key_measures_severity_directly():
    scores = np.full((6, 1, 1), 3.5)
    keys = {f"c{number}": np.array([3.0]) for number in range(6)}

    found = offsets(crossed(scores), COMPONENTS, rests=Rests.LINKS, keys=keys)["a0"]

    assert found.level == pytest.approx(0.5 * 0.16 / (0.16 + 0.49 / 6))
    assert linked_cases(crossed(scores), keys=keys) == {"a0": 6}
    assert linked_cases(crossed(scores)) == {"a0": 0}


def test_offsets_below_five_linked_candidates_are_shown_and_not_applied():
    rng = np.random.default_rng(1)
    scores = np.full((40, 4, 1), np.nan)
    scores[:, :2] = rng.normal(3, 0.7, (40, 2, 1))
    scores[: LEAST_LINKED_CASES - 1, 2] = 4.0  # few links
    scores[30:, 3] = 4.0
    table = crossed(scores, scale=type(crossed([[[1.0]]]).scales[0])(-10, 20))

    found = estimate_population(table)

    assert set(found.severities) == {"a0", "a1", "a3"}
    assert set(found.shown_severities) == {"a2"}
    assert found.linked_cases["a2"] == LEAST_LINKED_CASES - 1


def test_in_a_case_nothing_is_learnt_of_an_assessor_from_one_finalist_for_another():
    """a0 saw both finalists, a1 only the second, whom he liked less: c0 keeps its estimate."""
    alone = crossed([[[4.0], [np.nan]]])
    both = crossed([[[4.0], [np.nan]], [[4.0], [2.0]]])
    population = population_of(candidate=0.5, severity=0.3, residual=0.3)

    before = combine(alone, weights=np.ones(1), population=population)
    after = combine(both, weights=np.ones(1), population=population)
    assumed = combine(both, weights=np.ones(1), population=population, severity_by_assumption=True)

    assert after.whole_mean[0] == pytest.approx(before.whole_mean[0])
    assert assumed.whole_mean[0] < after.whole_mean[0]
    assert after.whole_covariance[0, 1] > 0  # their shared assessor is still in the errors


def test_many_assessors_and_criteria_fall_back_to_one_offset_each():
    rng = np.random.default_rng(2)
    scores = np.full((400, 400, 4), np.nan)
    for candidate in range(400):
        scores[candidate, [candidate, (candidate + 1) % 400]] = rng.normal(3, 0.5, (2, 4))
    wide = type(crossed([[[1.0]]]).scales[0])(-10, 20)
    components = VarianceComponents(
        candidate=0.1,
        candidate_by_criterion=0.1,
        severity=0.2,
        halo=0.1,
        residual=0.2,
        assessor_by_criterion=0.05,
    )

    found = offsets(crossed(scores, scale=wide), components, rests=Rests.LINKS)

    assert len(found) == 400
    assert found["a0"].covariance[0, 0] - found["a0"].covariance[0, 1] == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"keys": {"Eva": np.ones(1)}}, UnknownNameError, "'Eva'"),
        ({"keys": {"c0": np.ones(2)}}, ArgumentError, "key for 'c0'"),
        ({"keys": {"c0": np.array([np.nan])}}, ArgumentError, "key for 'c0'"),
        ({"rests": Rests.ASSUMPTION}, ArgumentError, "mean"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(change, error, words):
    with pytest.raises(error, match=words):
        offsets(crossed([[[3.0]]]), COMPONENTS, **({"rests": Rests.LINKS} | change))


def test_a_severity_of_one_level_has_that_level():
    found = Severity.of_level(0.3, 0.04, n_criteria=3, by_criterion=0.01)

    assert found.level == pytest.approx(0.3)
    assert found.level_variance == pytest.approx(0.04 + 0.01 / 3)
