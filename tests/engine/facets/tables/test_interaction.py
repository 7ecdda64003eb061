import numpy as np
import pytest
from scipy.stats import kstest

from second_opinion.engine.facets import FacetsModel, fit_facets
from second_opinion.engine.facets.tables import fit_tables
from second_opinion.engine.facets.tables.effective_information import (
    Nuisance,
    effective_information,
)
from second_opinion.engine.simulation import FacetSpreads, RatingPlan, simulate_facets

from .cases import categories, reference_ratings, with_scores


def incidence(codes, n_levels):
    table = np.zeros((len(codes), n_levels))
    rated = codes >= 0
    table[np.flatnonzero(rated), codes[rated]] = 1
    return table


@pytest.mark.parametrize("precision", [0.0, 0.7])
def test_effective_information_is_that_of_the_full_matrices(precision):
    rng = np.random.default_rng(3)
    n = 160
    unit, assessor, criterion = rng.integers(0, 15, n), rng.integers(0, 5, n), rng.integers(0, 4, n)
    assessor[:7] = -1  # anchored
    information, target = rng.uniform(0.1, 1, n), rng.integers(-1, 6, n)

    found = effective_information(
        information=information,
        target=target,
        n_targets=6,
        units=Nuisance(codes=unit, n_levels=15, precision=precision),
        others=[Nuisance(codes=assessor, n_levels=5), Nuisance(codes=criterion, n_levels=4)],
    )

    everything = np.hstack([incidence(unit, 15), incidence(assessor, 5), incidence(criterion, 4)])
    prior = np.diag([precision] * 15 + [0.0] * 9)
    own, weighted = incidence(target, 6), information[:, None] * everything
    cross = own.T @ weighted
    inner = np.linalg.pinv(everything.T @ weighted + prior, rcond=1e-10)
    expected = np.diag(own.T @ (information[:, None] * own) - cross @ inner @ cross.T)
    assert found == pytest.approx(expected, rel=1e-5)


def test_effective_information_around_common_means_is_that_of_the_full_matrices():
    rng = np.random.default_rng(4)
    n, group = 200, np.array([0, 0, 1, 1, 1, 2, 2, 3, 3, 3])
    unit, assessor = rng.integers(0, 10, n), rng.integers(0, 4, n)
    information, target = rng.uniform(0.1, 1, n), rng.integers(0, 5, n)

    found = effective_information(
        information=information,
        target=target,
        n_targets=5,
        units=Nuisance(codes=unit, n_levels=10, precision=0.8, group=group, group_precision=0.5),
        others=[Nuisance(codes=assessor, n_levels=4)],
    )

    shared = (group[:, None] == group) / 0.5 + np.eye(10) / 0.8
    prior = np.zeros((14, 14))
    prior[:10, :10] = np.linalg.inv(shared)
    everything = np.hstack([incidence(unit, 10), incidence(assessor, 4)])
    own, weighted = incidence(target, 5), information[:, None] * everything
    cross = own.T @ weighted
    inner = np.linalg.inv(everything.T @ weighted + prior)
    expected = np.diag(own.T @ (information[:, None] * own) - cross @ inner @ cross.T)
    assert found == pytest.approx(expected, rel=1e-6)


def test_nothing_else_estimated_leaves_the_information_less_the_abilities():
    found = effective_information(
        information=np.ones(4),
        target=np.array([0, 0, 1, 1]),
        n_targets=2,
        units=Nuisance(codes=np.array([0, 1, 0, 1]), n_levels=2),
        others=[],
    )

    assert found == pytest.approx([1, 1])  # 2 - 1/2 - 1/2


def crossed(rng, *, size=0.0):
    """Ratings of everybody by everybody; the first assessor is stricter on the first criterion."""
    n_candidates, n_assessors, n_criteria = 70, 5, 4
    rows = np.arange(n_candidates * n_assessors * n_criteria)
    candidate, rest = rows // (n_assessors * n_criteria), rows % (n_assessors * n_criteria)
    assessor, criterion = rest // n_criteria, rest % n_criteria
    effect = np.zeros((n_assessors, n_criteria))
    effect[0, 0] = size
    effect -= effect.mean(axis=0) + effect.mean(axis=1, keepdims=True) - effect.mean()
    location = (
        rng.normal(0, 1.2, n_candidates)[candidate]
        - rng.normal(0, 0.5, n_assessors)[assessor]
        - rng.normal(0, 0.5, n_criteria)[criterion]
        - effect[assessor, criterion]
    )
    plan = RatingPlan.as_in_practice(n_candidates=30, rng=rng, n_assessors=6)
    made = simulate_facets(plan, FacetSpreads(), rng=rng).ratings
    category = categories(location, rng)
    names = {
        "candidates": [f"c{one}" for one in candidate],
        "assessors": [f"a{one}" for one in assessor],
        "criteria": [f"t{one}" for one in criterion],
    }
    table = type(made).from_names(**names, scores=category + 1.0, scales=made.scales[0])
    return table, effect


def bias(ratings, **options):
    return fit_tables(fit_facets(ratings), ratings, **options).interactions[0]


def test_t_is_standard_normal_and_the_chi_square_honest_without_interaction():
    rng = np.random.default_rng(40)

    found = [bias(crossed(rng)[0]) for _ in range(14)]

    t = np.concatenate([one.t for one in found])
    assert t.std() == pytest.approx(1, abs=0.1)
    assert np.mean(np.abs(t) > 1.96) == pytest.approx(0.05, abs=0.025)
    assert found[0].degrees == pytest.approx(12, abs=0.2)  # (5 - 1)(4 - 1)
    assert np.mean([one.chi_square for one in found]) == pytest.approx(12, abs=3)
    assert kstest([one.probability for one in found], "uniform").pvalue > 0.01


def test_the_usual_error_would_make_t_too_small():
    found = bias(crossed(np.random.default_rng(41))[0])

    usual = (found.count * 0.6) ** -0.5  # the information of a rating is about .6 here
    assert found.standard_error.mean() < 0.95 * usual.mean()


def test_a_planted_interaction_is_found_with_its_size():
    rng = np.random.default_rng(42)
    drawn = [crossed(rng, size=1.2) for _ in range(8)]

    found = [bias(ratings) for ratings, _ in drawn]

    sizes = np.mean([one.size.reshape(5, 4) for one in found], axis=0)
    assert sizes == pytest.approx(drawn[0][1], abs=0.12)
    for one in found:
        assert np.argmax(one.t) == 0
        assert one.t[0] > 3
        assert (one.first[0], one.second[0]) == ("a0", "t0")
        assert one.probability < 0.01
        assert one.observed[0] < one.expected[0]


def test_candidates_by_assessors_is_honest_too_with_few_ratings_each():
    rng = np.random.default_rng(43)
    t = []
    for _ in range(6):
        plan = RatingPlan.as_in_practice(n_candidates=80, rng=rng, n_assessors=8)
        ratings = simulate_facets(plan, FacetSpreads(), rng=rng).ratings
        t.append(bias(ratings, interactions=[("candidate", "assessor")]).t)

    assert np.concatenate(t).std() == pytest.approx(1, abs=0.08)


def test_a_pair_that_the_measures_use_up_has_no_t():
    ratings = reference_ratings()
    alone = np.where(ratings.assessor.codes == 0, 0, ratings.criterion.codes)
    ratings = ratings.rows(
        alone == ratings.criterion.codes
    )  # the first assessor rates one criterion

    table = bias(ratings)

    lone = [row for row, name in enumerate(table.first) if name == "a1"]
    assert len(lone) == 1
    assert np.isnan(table.t[lone[0]])


def test_an_interaction_that_the_model_has_leaves_nothing_to_find():
    ratings = reference_ratings()
    model = FacetsModel(interactions=(("assessor", "criterion"),))

    table = fit_tables(fit_facets(ratings, model=model), ratings).interactions[0]

    assert np.nanmax(np.abs(table.size)) < 1e-3


def test_the_average_of_a_pair_is_in_score_points():
    ratings = reference_ratings()

    table = bias(ratings)

    rows = (ratings.assessor.codes == 0) & (ratings.criterion.codes == 0)
    assert table.observed[0] == pytest.approx(ratings.score[rows].mean())
    assert with_scores(ratings, ratings.score).score.min() == 1
