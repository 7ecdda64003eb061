"""The combination against hand arithmetic, an independent simulation, and its own limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_opinion.engine.combination import (
    Population,
    Severity,
    Source,
    VarianceComponents,
    combine,
    planning_population,
)
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Ratings, Scale


def population_of(mean, mean_variance=0.0, severities=None, **variances):
    names = ("candidate", "candidate_by_criterion", "severity", "halo", "residual")
    return Population(
        mean=np.atleast_1d(np.array(mean, dtype=float)),
        mean_variance=mean_variance,
        components=VarianceComponents(**{name: variances.get(name, 0.0) for name in names}),
        source=Source.ESTIMATED,
        severities=severities or {},
    )


def ratings_of(*rows, all_criteria=(), all_candidates=()):
    candidates, assessors, criteria, scores = zip(*rows, strict=True)
    return Ratings.from_names(
        candidates=candidates,
        assessors=assessors,
        criteria=criteria,
        scores=scores,
        scales=Scale(1, 5),
        all_criteria=all_criteria,
        all_candidates=all_candidates,
    )


def case(n_assessors=2, n_criteria=4, score=4.0):
    return ratings_of(
        *(
            ("Bo", f"assessor {assessor}", f"criterion {criterion}", score)
            for assessor in range(n_assessors)
            for criterion in range(n_criteria)
        )
    )


def test_one_score_shrinks_towards_the_mean_by_its_reliability():
    """Kelley (1923): mean + reliability (score - mean); here .64 / (.64 + .16 + .20) = .64."""
    population = population_of(3.0, candidate=0.64, severity=0.16, residual=0.20)

    found = combine(
        ratings_of(("Bo", "Ada", "pace", 4.0)), weights=np.ones(1), population=population
    )

    assert found.whole_mean[0] == pytest.approx(3.64)
    assert found.whole_standard_deviation[0] == pytest.approx(np.sqrt(0.64 * 0.36))


def test_two_separate_opinions_gain_as_spearman_and_brown_say():
    """Reliability .44 becomes 2 x .44 / 1.44 = .6111 (Spearman 1910, Brown 1910)."""
    population = population_of(3.0, candidate=0.44, halo=0.56)
    both = ratings_of(("Bo", "Ada", "pace", 4.0), ("Bo", "Eva", "pace", 4.0))

    found = combine(both, weights=np.ones(1), population=population)

    assert found.whole_mean[0] - 3.0 == pytest.approx(0.6111111111)


def test_severity_learnt_from_earlier_candidates_is_taken_off():
    """Twenty earlier candidates rated by A alone, .4 above the mean on average.

    By hand: offset .4 x .16 / (.16 + 1.13 / 20) = .295612; then 4.2 gives 3.720872, SD .538924.
    """
    population = population_of(3.5, candidate=0.64, severity=0.16, residual=0.49)
    earlier = [(f"earlier {n}", "A", "pace", 3.9) for n in range(20)]

    found = combine(
        ratings_of(*earlier, ("Bo", "A", "pace", 4.2)),
        weights=np.ones(1),
        population=population,
        severity_by_assumption=True,
    )

    assert found.whole_mean[20] == pytest.approx(3.720872, abs=5e-7)
    assert found.whole_standard_deviation[20] == pytest.approx(0.538924, abs=5e-7)


def test_a_known_severity_is_taken_off_like_one_learnt():
    offset = 0.4 * 0.16 / (0.16 + 1.13 / 20)
    spread = 0.16 * (1.13 / 20) / (0.16 + 1.13 / 20)
    population = population_of(
        3.5,
        candidate=0.64,
        severity=0.16,
        residual=0.49,
        severities={"A": Severity.of_level(offset, spread, n_criteria=1)},
    )

    found = combine(ratings_of(("Bo", "A", "pace", 4.2)), weights=np.ones(1), population=population)

    assert offset == pytest.approx(0.295612, abs=5e-7)
    assert found.whole_mean[0] == pytest.approx(3.720872, abs=5e-7)
    assert found.whole_standard_deviation[0] == pytest.approx(0.538924, abs=5e-7)


def test_posterior_equals_conditioning_a_joint_normal_written_out_in_full():
    """An independent route: build every latent, its joint covariance, and condition on ratings."""
    rng = np.random.default_rng(7)
    cells = [(i, j, c) for i in range(2) for j in range(3) for c in range(3) if rng.random() < 0.7]
    population = population_of(
        [3.0, 3.2, 2.8],
        mean_variance=0.2,
        candidate=0.3,
        candidate_by_criterion=0.15,
        severity=0.1,
        halo=0.25,
        residual=0.4,
    )
    table = ratings_of(
        *((f"c{i}", f"a{j}", f"k{c}", 1 + 4 * rng.random()) for i, j, c in cells),
        all_criteria=("k0", "k1", "k2"),
        all_candidates=("c0", "c1"),
    )

    # Latents: level (1), candidate (2), candidate by criterion (6), severity (3), halo (6).
    prior = np.diag([0.2] + [0.3] * 2 + [0.15] * 6 + [0.1] * 3 + [0.25] * 6)
    design = np.zeros((len(cells), 18))
    for row, (i, j, c) in enumerate(cells):
        design[row, [0, 1 + i, 3 + 3 * i + c, 9 + j, 12 + 3 * i + j]] = 1
    truth = np.zeros((6, 18))
    for i in range(2):
        for c in range(3):
            truth[3 * i + c, [0, 1 + i, 3 + 3 * i + c]] = 1
    precision = np.linalg.inv(prior) + design.T @ design / 0.4
    criterion = np.array([c for _, _, c in cells])
    latent = np.linalg.solve(precision, design.T @ (table.score - population.mean[criterion]) / 0.4)
    mean = (truth @ latent).reshape(2, 3) + population.mean
    covariance = truth @ np.linalg.inv(precision) @ truth.T

    found = combine(
        table,
        weights=np.array([50, 30, 20.0]),
        population=population,
        severity_by_assumption=True,
    )

    np.testing.assert_allclose(found.mean, mean, atol=1e-10)
    for i in range(2):
        block = covariance[3 * i : 3 * i + 3, 3 * i : 3 * i + 3]
        np.testing.assert_allclose(found.covariance[i], block, atol=1e-10)
    weight = np.array([0.5, 0.3, 0.2])
    np.testing.assert_allclose(
        found.whole_standard_deviation[0] ** 2, weight @ covariance[:3, :3] @ weight
    )


def test_intervals_hold_the_truth_as_often_as_they_say():
    """4,000 simulated cases under the planning defaults; 80 % intervals, ± 3 standard errors."""
    rng = np.random.default_rng(11)
    population = planning_population([Scale(1, 5)] * 6)
    shares = population.components
    weights = np.array([30, 20, 20, 10, 10, 10.0])
    table = case(n_assessors=2, n_criteria=6, score=3.0)
    gain = _linear_map(table, weights, population)
    n = 4000
    level = rng.normal(0, np.sqrt(population.mean_variance), (n, 1))
    truth = (
        level
        + rng.normal(0, np.sqrt(shares.candidate), (n, 1))
        + rng.normal(0, np.sqrt(shares.candidate_by_criterion), (n, 6))
    )
    judged = rng.normal(0, np.sqrt(shares.severity + shares.halo), (n, 2, 1))
    noise = rng.normal(0, np.sqrt(shares.residual), (n, 2, 6))
    surprise = (truth[:, None, :] + judged + noise).reshape(n, 12)
    whole = truth @ (weights / 100)
    found = surprise @ gain
    spread = combine(table, weights=weights, population=population).whole_standard_deviation[0]

    covered = np.abs(found - whole) <= 1.2815515655 * spread

    assert covered.mean() == pytest.approx(0.80, abs=3 * np.sqrt(0.16 / n))


def _linear_map(table, weights, population):
    """How the whole's posterior mean answers to each rating; linear, so one unit at a time."""
    base = combine(table, weights=weights, population=population).whole_mean[0]
    columns = []
    for row in range(len(table)):
        score = table.score.copy()
        score[row] += 1
        moved = Ratings(
            candidate=table.candidate,
            assessor=table.assessor,
            criterion=table.criterion,
            score=score,
            scales=table.scales,
        )
        whole = combine(moved, weights=weights, population=population).whole_mean[0]
        columns.append(whole - base)
    return np.array(columns)


def test_more_criteria_by_the_same_assessor_do_not_shrink_the_interval_like_new_opinions():
    def spread(n_assessors, n_criteria):
        table = case(n_assessors, n_criteria)
        population = planning_population([Scale(1, 5)] * n_criteria)
        found = combine(table, weights=np.ones(n_criteria), population=population)
        return found.whole_standard_deviation[0]

    assert spread(1, 16) > 0.95 * spread(1, 8)
    assert spread(2, 8) < 0.9 * spread(1, 16)


def test_a_criterion_nobody_rated_is_wider_and_counts_as_not_observed():
    table = ratings_of(
        ("Bo", "Ada", "pace", 4.0), ("Bo", "Eva", "pace", 4.0), all_criteria=("pace", "craft")
    )
    population = planning_population([Scale(1, 5)] * 2)

    found = combine(table, weights=np.array([60, 40.0]), population=population)

    assert found.weight_observed[0] == pytest.approx(0.6)
    assert found.standard_deviation[0, 1] > found.standard_deviation[0, 0]


def test_a_candidate_without_ratings_keeps_the_prior():
    table = ratings_of(("Bo", "Ada", "pace", 4.0), all_candidates=("Bo", "Al"))
    population = population_of(3.0, candidate=0.5, residual=0.5)

    found = combine(table, weights=np.ones(1), population=population)

    assert found.whole_mean[1] == pytest.approx(3.0)
    assert found.whole_standard_deviation[1] == pytest.approx(np.sqrt(0.5))
    assert found.weight_observed.tolist() == [1, 0]


def test_probability_above_and_interval_tell_the_same_story():
    found = combine(case(), weights=np.ones(4), population=planning_population([Scale(1, 5)] * 4))
    low, high = found.whole_interval(0.8)
    criterion_low, _ = found.interval(0.8)

    assert found.whole_probability_above(low[0])[0] == pytest.approx(0.9)
    assert found.whole_probability_above(high[0])[0] == pytest.approx(0.1)
    np.testing.assert_allclose(found.probability_above(criterion_low[0])[0], 0.9)


@given(st.integers(1, 4), st.integers(1, 5), st.floats(1, 5), st.randoms())
def test_the_order_of_rows_changes_nothing(n_assessors, n_criteria, score, random):
    table = case(n_assessors, n_criteria, score)
    population = planning_population([Scale(1, 5)] * n_criteria)
    order = list(range(len(table)))
    random.shuffle(order)

    found = combine(table, weights=np.ones(n_criteria), population=population)
    shuffled = combine(
        table.rows(np.array(order)), weights=np.ones(n_criteria), population=population
    )

    np.testing.assert_allclose(found.mean, shuffled.mean, atol=1e-9)
    np.testing.assert_allclose(found.covariance, shuffled.covariance, atol=1e-9)


@given(st.floats(0.1, 50), st.floats(-20, 20))
def test_a_scale_in_other_units_gives_the_same_answer_in_those_units(unit, shift):
    """Invariance: scores a + b x give means a + b m and intervals b times as wide."""
    first = combine(case(), weights=np.ones(4), population=planning_population([Scale(1, 5)] * 4))
    scale = Scale(shift + unit, shift + 5 * unit)
    table = Ratings.from_names(
        candidates=["Bo"] * 8,
        assessors=[f"a{n // 4}" for n in range(8)],
        criteria=[f"k{n % 4}" for n in range(8)],
        scores=np.full(8, shift + 4 * unit),
        scales=scale,
    )

    other = combine(table, weights=np.ones(4), population=planning_population([scale] * 4))

    np.testing.assert_allclose(other.mean, shift + unit * first.mean, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(other.standard_deviation, unit * first.standard_deviation, rtol=1e-6)


@given(st.floats(1, 4.5), st.floats(0.01, 0.5))
def test_a_higher_score_never_lowers_the_whole(score, more):
    population = planning_population([Scale(1, 5)] * 3)

    lower = combine(case(2, 3, score), weights=np.ones(3), population=population)
    higher = combine(case(2, 3, score + more), weights=np.ones(3), population=population)

    assert higher.whole_mean[0] > lower.whole_mean[0]


@pytest.mark.parametrize(
    ("weights", "word"),
    [
        ([1.0, 1.0], "shape"),
        ([1.0, 1.0, 1.0, -1.0], "0 or more"),
        ([0.0] * 4, "not all 0"),
        ([np.nan, 1, 1, 1], "finite"),
    ],
)
def test_impossible_weights_are_refused(weights, word):
    with pytest.raises(ArgumentError, match=word):
        combine(
            case(), weights=np.array(weights), population=planning_population([Scale(1, 5)] * 4)
        )


def test_a_population_for_other_criteria_is_refused():
    with pytest.raises(ArgumentError, match="2 means for 4 criteria"):
        combine(case(), weights=np.ones(4), population=planning_population([Scale(1, 5)] * 2))


@pytest.mark.parametrize("level", [0, 1, -0.5, 2])
def test_an_impossible_level_is_refused(level):
    found = combine(case(), weights=np.ones(4), population=planning_population([Scale(1, 5)] * 4))
    with pytest.raises(ArgumentError, match="between 0 and 1"):
        found.whole_interval(level)
