import numpy as np
import pytest
from scipy.optimize import minimize

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.facets import FacetsModel, fit_facets
from second_opinion.engine.facets.tables import fit_tables
from second_opinion.engine.ratings import Ratings, Scale
from second_opinion.engine.simulation import FacetSpreads, RatingPlan, simulate_facets
from tests.engine.facets.tables.cases import reference_ratings


def two_items(*, only_first, only_second):
    """Candidates who pass one of two items; those who pass none or both say nothing."""
    right = np.array([[1, 0]] * only_first + [[0, 1]] * only_second + [[1, 1], [0, 0]])
    rows = np.arange(right.size)
    return Ratings.from_names(
        candidates=[f"c{row // 2}" for row in rows],
        assessors=["a"] * right.size,
        criteria=[f"t{row % 2}" for row in rows],
        scores=right.ravel().astype(float),
        scales=Scale(0, 1),
    )


def test_two_items_lie_twice_as_far_apart_as_they_should():
    fit = fit_facets(two_items(only_first=30, only_second=10), estimator="jml")

    difference = np.diff(fit.facet("criterion").measure)[0]
    assert difference == pytest.approx(2 * np.log(30 / 10))  # conditional likelihood: once
    assert fit.converged
    assert any("biased" in note for note in fit.notes)


def minus_log_likelihood(point, ratings, n_candidates):
    ability, severity, difficulty, steps = np.split(
        point, np.cumsum([n_candidates, len(ratings.assessor), len(ratings.criterion)])
    )
    severity, difficulty, steps = (part - part.mean() for part in (severity, difficulty, steps))
    location = (
        ability[ratings.candidate.codes]
        - severity[ratings.assessor.codes]
        - difficulty[ratings.criterion.codes]
    )
    table = np.concatenate([[0], np.cumsum(steps)])
    logit = location[:, None] * np.arange(len(table)) - table
    given = logit[np.arange(len(ratings)), (ratings.score - 1).astype(int)]
    return np.log(np.exp(logit).sum(axis=1)).sum() - given.sum()


def test_joint_fit_is_where_the_joint_likelihood_is_largest():
    ratings = reference_ratings()
    extreme = [
        len(set(ratings.score[ratings.candidate.codes == one])) == 1
        and ratings.score[ratings.candidate.codes == one][0] in (1, 4)
        for one in range(80)
    ]
    ratings = ratings.rows(
        ~np.array(extreme)[ratings.candidate.codes] & (ratings.candidate.codes < 40)
    )

    fit = fit_facets(ratings, estimator="jml")

    best = minimize(
        minus_log_likelihood,
        np.zeros(80 + 8 + 4 + 3),
        args=(ratings, 80),
        method="L-BFGS-B",
        options={"maxiter": 3000, "maxfun": 400_000, "ftol": 1e-13, "gtol": 1e-7},
    )
    assert fit.log_likelihood == pytest.approx(-best.fun, abs=1e-4)
    severity = best.x[80:88] - best.x[80:88].mean()
    assert fit.facet("assessor").measure == pytest.approx(severity, abs=5e-3)


def test_residuals_of_every_element_add_up_to_zero():
    ratings = reference_ratings()
    fit = fit_facets(ratings, estimator="jml")

    tables = fit_tables(fit, ratings)

    residual = tables.responses.weight * tables.expectation.residual(tables.responses)
    for name in ("candidate", "assessor", "criterion"):
        codes = tables.responses.facets[name].codes
        assert np.bincount(codes, residual) == pytest.approx(0, abs=1e-6)


def test_no_standard_errors_are_shown_and_the_tables_say_what_they_rest_on():
    ratings = reference_ratings()
    fit = fit_facets(ratings, estimator="jml")

    tables = fit_tables(fit, ratings)

    assert np.all(np.isnan(fit.standard_error))
    assert np.all(np.isnan(fit.facet("assessor").standard_error))
    assert all(np.isnan(one.standard_error) for one in fit.thresholds)
    assert "joint maximum likelihood" in tables.basis[0]
    assert tables.separation["assessor"].reliability > 0  # with the errors older programs print


def test_extreme_candidates_get_a_finite_ability_and_no_fit():
    ratings = two_items(only_first=30, only_second=10)

    fit = fit_facets(ratings, estimator="jml")
    table = fit_tables(fit, ratings).elements["candidate"]

    # The expected total of two items lies .3 inside: 1.7 of 2 for the candidate with both.
    both, none = table.label.index("c40"), table.label.index("c41")
    hard = fit.facet("criterion").measure
    assert (1 / (1 + np.exp(hard - fit.ability[both]))).sum() == pytest.approx(1.7)
    assert (1 / (1 + np.exp(hard - fit.ability[none]))).sum() == pytest.approx(0.3)
    assert np.isnan(table.infit[both])
    assert table.observed_mean[both] == 1


def test_an_extreme_assessor_is_held_by_a_weak_prior():
    ratings = reference_ratings()
    score = np.where(ratings.assessor.codes == 0, 4.0, ratings.score)
    ratings = Ratings(
        candidate=ratings.candidate,
        assessor=ratings.assessor,
        criterion=ratings.criterion,
        score=score,
        scales=ratings.scales,
    )

    fit = fit_facets(ratings, estimator="jml")

    assert fit.converged
    assert -20 < fit.facet("assessor").measure[0] < -2


@pytest.mark.parametrize("thresholds", ["criterion", "assessor"])
def test_thresholds_of_their_own_converge_and_add_up_to_zero(thresholds):
    ratings = reference_ratings()

    fit = fit_facets(ratings, model=FacetsModel(thresholds=thresholds), estimator="jml")

    assert fit.converged
    name = fit.thresholds[0].criterion or fit.thresholds[0].assessor
    own = [one.measure for one in fit.thresholds if name in (one.criterion, one.assessor)]
    assert sum(own) == pytest.approx(0, abs=1e-9)


def test_bias_shrinks_with_the_ratings_of_a_candidate():
    rng = np.random.default_rng(4)
    spread = []
    for n_criteria in (3, 20):
        plan = RatingPlan.as_in_practice(
            n_candidates=120, rng=rng, n_criteria=n_criteria, criteria_each=(n_criteria,) * 2
        )
        ratings = simulate_facets(plan, FacetSpreads(), rng=rng).ratings
        joint, marginal = fit_facets(ratings, estimator="jml"), fit_facets(ratings)
        spread.append(
            np.polyfit(marginal.facet("assessor").measure, joint.facet("assessor").measure, 1)[0]
        )

    assert spread[0] > 1.03
    assert 1.0 < spread[1] < spread[0]


def test_halo_and_unknown_estimators_are_refused():
    ratings = reference_ratings()

    with pytest.raises(ArgumentError, match="knows no halo"):
        fit_facets(ratings, model=FacetsModel(halo=True), estimator="jml")
    with pytest.raises(ArgumentError, match="mml or jml; got 'cml'"):
        fit_facets(ratings, estimator="cml")


def test_ratings_of_extreme_candidates_alone_are_refused():
    ratings = two_items(only_first=1, only_second=0)

    with pytest.raises(ArgumentError, match="only highest or only lowest"):
        fit_facets(ratings.rows(ratings.candidate.codes > 0), estimator="jml")
