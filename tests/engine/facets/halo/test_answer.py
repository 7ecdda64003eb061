"""The halo-aware fit as one asks for it."""

import numpy as np
import pytest

from second_opinion.engine.facets import FacetsModel, fit_facets, person_intervals
from second_opinion.engine.ratings import Ratings
from tests.engine.facets.halo.truth import simulated

HALO = FacetsModel(halo=True)


@pytest.fixture(scope="module")
def truth():
    return simulated(30, seed=3, halo=1.0)


@pytest.fixture(scope="module")
def fit(truth):
    return fit_facets(truth.ratings, model=HALO)


def test_the_halo_variance_is_found_with_a_standard_error(fit):
    assert fit.converged
    assert fit.notes == ()
    assert not fit.halo.is_at_boundary
    assert abs(fit.halo.variance - 1.0) < 2.5 * fit.halo.standard_error
    assert 0.1 < fit.halo.standard_error < 0.3
    assert fit.parameters.halo_sd**2 == fit.halo.variance


def test_the_fit_stands_at_the_top_of_the_accurate_likelihood(fit):
    from second_opinion.engine.facets.halo import HaloPasses
    from second_opinion.engine.facets.halo.nodes import FINE
    from second_opinion.engine.facets.identification import identify

    arrangement = fit.arrangement
    passes = HaloPasses.of(arrangement.layout, arrangement.block)
    found = passes.statistics(fit.parameters, FINE)

    left = identify(arrangement.layout).project(found.gradient)
    in_errors = left * np.sqrt(np.diagonal(fit.covariance))
    assert np.abs(in_errors).max() < 1e-3
    assert found.log_likelihood == pytest.approx(fit.log_likelihood, abs=1e-6)


def test_halo_explains_more_and_makes_persons_less_certain(truth, fit):
    plain = fit_facets(truth.ratings)

    assert fit.log_likelihood > plain.log_likelihood + 20
    assert fit.n_parameters == plain.n_parameters + 1
    assert fit.standard_error.mean() > 2 * plain.standard_error.mean()
    severities = (one.facet("assessor").standard_error.mean() for one in (fit, plain))
    assert next(severities) > 2 * next(severities)
    assert plain.halo is None


def test_the_implied_agreement_is_that_of_the_estimates(fit):
    agreement = fit.halo.agreement

    assert agreement.impression == pytest.approx(
        fit.population.variance / (fit.population.variance + fit.halo.variance)
    )
    assert agreement.single_rating < agreement.mean_rating <= agreement.mean_rating_adjusted
    assert agreement.mean_rating_adjusted < agreement.impression


def test_without_halo_in_the_ratings_the_answer_says_boundary_zero():
    ratings = simulated(20, seed=0, halo=0.0).ratings

    fit, plain = fit_facets(ratings, model=HALO), fit_facets(ratings)

    assert fit.halo.variance == 0
    assert fit.halo.is_at_boundary
    assert np.isnan(fit.halo.standard_error)
    assert fit.halo.agreement.impression == 1
    assert fit.notes[-1].startswith("boundary: zero")
    assert fit.model == HALO
    assert (fit.ability == plain.ability).all()


@pytest.mark.parametrize("thresholds", ["criterion", "assessor"])
def test_halo_goes_with_any_thresholds(thresholds):
    ratings = simulated(30, seed=5, halo=1.0, steps=(-1.0, 1.0), plan={"n_assessors": 5}).ratings

    fit = fit_facets(ratings, model=FacetsModel(halo=True, thresholds=thresholds))

    assert fit.converged
    assert 0.3 < fit.halo.variance < 3
    assert 0 < fit.halo.agreement.mean_rating < 1


def test_halo_without_criteria_uses_the_assessors_only():
    ratings = simulated(20, seed=5).ratings

    fit = fit_facets(ratings, model=FacetsModel(halo=True, facets=("assessor",)))

    assert fit.converged
    assert fit.halo.agreement.mean_rating == pytest.approx(
        fit.halo.agreement.single_rating, abs=1e-9
    )


def test_the_order_of_rows_does_not_matter(truth, fit):
    ratings = truth.ratings
    order = np.random.default_rng(1).permutation(len(ratings))

    again = fit_facets(ratings.rows(order), model=HALO)

    assert isinstance(ratings, Ratings)
    assert again.halo.variance == pytest.approx(fit.halo.variance, rel=1e-5)
    assert again.ability == pytest.approx(fit.ability, abs=1e-5)


def test_intervals_add_what_is_not_known_of_severities(truth, fit):
    intervals = person_intervals(fit)

    assert (intervals.standard_error > fit.standard_error).all()
    assert intervals.standard_error.mean() < 1.3 * fit.standard_error.mean()
    assert (intervals.high - fit.ability) == pytest.approx(1.959964 * intervals.standard_error)
    inside = (intervals.low < truth.ability) & (truth.ability < intervals.high)
    assert inside.mean() > 0.85
