"""The tables after a halo-aware fit, on ratings with halo."""

import numpy as np
import pytest

from second_opinion.engine.facets import FacetsModel, fit_facets
from second_opinion.engine.facets.tables import fit_tables
from second_opinion.engine.facets.tables.from_fit import posterior_of
from second_opinion.engine.simulation import FacetSpreads, RatingPlan, simulate_facets

PAIRS = (("assessor", "criterion"), ("candidate", "assessor"))


@pytest.fixture(scope="module")
def studies():
    rng = np.random.default_rng(6)
    found = []
    for _ in range(4):
        plan = RatingPlan.as_in_practice(
            n_candidates=60, rng=rng, n_criteria=8, criteria_each=(6, 8)
        )
        simulation = simulate_facets(plan, FacetSpreads(halo=1.0), rng=rng)
        fit = fit_facets(simulation.ratings, model=FacetsModel(halo=True))
        found.append((simulation, fit, fit_tables(fit, simulation.ratings, interactions=PAIRS)))
    return found


def test_fit_is_as_expected_given_impressions(studies):
    for name, spread in (("candidate", 0.15), ("assessor", 0.25)):
        deviate = np.concatenate([tables.elements[name].infit_z for *_, tables in studies])

        assert deviate.mean() == pytest.approx(0, abs=0.2)
        assert deviate.std() == pytest.approx(1, abs=spread)


def test_without_halo_in_the_model_it_shows_as_interaction(studies):
    simulation, _, tables = studies[0]

    plain = fit_tables(fit_facets(simulation.ratings), simulation.ratings, interactions=PAIRS)

    aware, blind = tables.interactions[1], plain.interactions[1]
    assert aware.t.std() < 1.3
    assert blind.t.std() > 1.6
    assert blind.probability < 1e-6


def test_bias_is_honest_given_impressions(studies):
    t = np.concatenate([tables.interactions[0].t for *_, tables in studies])

    assert np.nanstd(t) == pytest.approx(1, abs=0.1)


def test_weighted_likelihood_knows_how_far_off_it_is(studies):
    away = np.concatenate(
        [
            (tables.abilities.ability - simulation.ability) / tables.abilities.standard_error
            for simulation, _, tables in studies
        ]
    )

    assert away.std() == pytest.approx(1, abs=0.12)


def test_expected_agreement_is_that_found(studies):
    observed, expected = np.mean(
        [
            (tables.agreement.total_observed, tables.agreement.total_expected)
            for *_, tables in studies
        ],
        axis=0,
    )

    assert observed == pytest.approx(expected, abs=0.02)


def test_impressions_follow_the_truth(studies):
    away = []
    for simulation, fit, tables in studies:
        posterior = posterior_of(fit, tables.responses)
        plan, row = simulation.plan, fit.arrangement.block.row
        # An error in a severity moves all impressions with it, so what lies above it is compared.
        above = simulation.ability[plan.candidate] + simulation.halo[plan.pair]
        above = (above - simulation.severity[plan.assessor])[row]
        severity = fit.facet("assessor").measure[plan.assessor[row]]
        error = posterior.mean[posterior.unit] - severity - above
        away.append(error / np.sqrt(posterior.variance[posterior.unit]))

    assert np.concatenate(away).mean() == pytest.approx(0, abs=0.25)
    assert np.concatenate(away).std() == pytest.approx(1, abs=0.15)


def test_the_tables_say_that_they_are_given_impressions(studies):
    assert any("impression" in one for one in studies[0][2].basis)
