"""Populations estimated from ratings, against simulated truth; the likelihood behind them is
tested in tests/engine/generalizability."""

import numpy as np
import pytest

from second_opinion.engine.combination import Source, estimate_population
from second_opinion.engine.errors import NotEnoughRatingsError
from second_opinion.engine.ratings import Ratings, Scale

NAMES = ("candidate", "candidate_by_criterion", "severity", "halo", "residual")
WIDE = Scale(-1000, 1000)


def simulated(rng, *, n_candidates, n_assessors, n_criteria, per_candidate, **variances):
    """Ratings drawn from the model, each candidate by a few assessors drawn at random."""
    sd = {name: np.sqrt(variances.get(name, 0.0)) for name in NAMES}
    severity = rng.normal(0, sd["severity"], n_assessors)
    rows = []
    for i in range(n_candidates):
        level = rng.normal(0, sd["candidate"])
        truth = level + rng.normal(0, sd["candidate_by_criterion"], n_criteria)
        for j in rng.choice(n_assessors, per_candidate, replace=False):
            shared = severity[j] + rng.normal(0, sd["halo"])
            noise = rng.normal(0, sd["residual"], n_criteria)
            rows += [(i, j, c, truth[c] + shared + noise[c]) for c in range(n_criteria)]
    i, j, c, y = zip(*rows, strict=True)
    return Ratings.from_names(
        candidates=[f"c{one}" for one in i],
        assessors=[f"a{one}" for one in j],
        criteria=[f"k{one}" for one in c],
        scores=y,
        scales=WIDE,
    )


def small_table(seed=5, **variances):
    return simulated(
        np.random.default_rng(seed),
        n_candidates=7,
        n_assessors=4,
        n_criteria=3,
        per_candidate=2,
        **(dict.fromkeys(NAMES, 0.5) | variances),
    )


def test_true_variances_are_recovered():
    """2,000 candidates, three of 40 assessors each; within four standard errors of the truth."""
    truth = {
        "candidate": 0.3,
        "candidate_by_criterion": 0.15,
        "severity": 0.1,
        "halo": 0.3,
        "residual": 0.25,
    }
    table = simulated(
        np.random.default_rng(2),
        n_candidates=2000,
        n_assessors=40,
        n_criteria=5,
        per_candidate=3,
        **truth,
    )

    found = estimate_population(table)

    assert found.source is Source.ESTIMATED
    assert not found.notes
    assert found.components.candidate == pytest.approx(0.3, abs=0.06)
    assert found.components.candidate_by_criterion == pytest.approx(0.15, abs=0.02)
    assert found.components.severity == pytest.approx(0.1, abs=0.1)
    assert found.components.halo == pytest.approx(0.3, abs=0.03)
    assert found.components.residual == pytest.approx(0.25, abs=0.01)


def test_severities_are_recovered_within_what_is_said_of_them():
    rng = np.random.default_rng(4)
    table = simulated(
        rng,
        n_candidates=300,
        n_assessors=30,
        n_criteria=3,
        per_candidate=3,
        candidate=0.3,
        severity=0.2,
        halo=0.2,
        residual=0.3,
    )
    truth = np.random.default_rng(4).normal(0, np.sqrt(0.2), 30)

    found = estimate_population(table)

    z = [
        (found.severities[f"a{n}"].level - truth[n])
        / np.sqrt(found.severities[f"a{n}"].level_variance)
        for n in range(30)
    ]
    assert np.square(z).mean() == pytest.approx(1, abs=4 * np.sqrt(2 / 30))


def test_the_ratings_unit_and_zero_do_not_matter():
    table = simulated(
        np.random.default_rng(9),
        n_candidates=40,
        n_assessors=6,
        n_criteria=2,
        per_candidate=2,
        candidate=1.0,
        halo=0.5,
        residual=0.5,
    )
    other = Ratings(
        candidate=table.candidate,
        assessor=table.assessor,
        criterion=table.criterion,
        score=7 + 10 * table.score,
        scales=table.scales,
    )

    first, second = estimate_population(table), estimate_population(other)

    np.testing.assert_allclose(second.mean, 7 + 10 * first.mean, rtol=1e-6)
    assert second.components.candidate == pytest.approx(100 * first.components.candidate, rel=1e-5)


def test_one_criterion_leaves_halo_in_the_residual_and_says_so():
    table = simulated(
        np.random.default_rng(1),
        n_candidates=60,
        n_assessors=8,
        n_criteria=1,
        per_candidate=3,
        candidate=0.5,
        halo=0.3,
        residual=0.3,
    )

    found = estimate_population(table)

    assert found.components.halo == 0
    assert found.notes == ("One criterion: halo cannot be told from residual and is part of it.",)


def test_assessors_who_rate_one_candidate_each_leave_severity_in_the_halo_and_says_so():
    table = simulated(
        np.random.default_rng(1),
        n_candidates=60,
        n_assessors=8,
        n_criteria=2,
        per_candidate=3,
        candidate=0.5,
        halo=0.3,
        residual=0.3,
    )
    candidate = np.array(table.candidate.labels)[table.candidate.codes]
    assessor = np.array(table.assessor.labels)[table.assessor.codes]
    nested = Ratings.from_names(
        candidates=candidate.tolist(),
        assessors=[f"{one}/{other}" for one, other in zip(candidate, assessor, strict=True)],
        criteria=np.array(table.criterion.labels)[table.criterion.codes].tolist(),
        scores=table.score,
        scales=WIDE,
    )

    found = estimate_population(nested)

    assert found.components.severity == 0
    assert not found.severities
    assert found.notes == ("No assessor rates two candidates: severity is part of halo.",)


def test_too_few_shared_candidates_are_refused_with_the_number_needed():
    with pytest.raises(NotEnoughRatingsError, match=r"Only 7 candidates .* at least 20"):
        estimate_population(small_table())


def test_ratings_that_are_all_alike_are_refused():
    rows = [(f"c{i}", f"a{j}") for i in range(25) for j in range(2)]
    table = Ratings.from_names(
        candidates=[row[0] for row in rows],
        assessors=[row[1] for row in rows],
        criteria=["k"] * len(rows),
        scores=[3.0] * len(rows),
        scales=Scale(1, 5),
    )

    with pytest.raises(NotEnoughRatingsError, match="All 50 ratings are 3"):
        estimate_population(table)


def test_a_criterion_without_ratings_is_refused_by_name():
    table = Ratings.from_names(
        candidates=["c", "c"],
        assessors=["a", "b"],
        criteria=["k", "k"],
        scores=[3, 4],
        scales=Scale(1, 5),
        all_criteria=["k", "craft"],
    )

    with pytest.raises(NotEnoughRatingsError, match="'craft'"):
        estimate_population(table)
