import numpy as np
import pytest

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.facets import FacetsModel, fit_facets, person_intervals
from second_opinion.engine.facets.abilities.estimation import slopes_of_means
from second_opinion.engine.facets.abilities.passes import partial_statistics as several_statistics
from second_opinion.engine.facets.halo import HaloPasses
from second_opinion.engine.facets.halo.nodes import FINE
from second_opinion.engine.facets.parameters import coordinates_of, parameters_at
from second_opinion.engine.facets.person_intervals import _slopes
from second_opinion.engine.facets.quadrature import partial_statistics as without_halo
from tests.engine.facets.halo.truth import simulated
from tests.engine.facets.test_abilities import two_abilities


@pytest.mark.parametrize("halo", [False, True])
def test_the_slopes_are_how_posterior_means_move_with_the_parameters(halo):
    fit = fit_facets(simulated(12, seed=2, halo=1.0).ratings, model=FacetsModel(halo=halo))
    layout, block = fit.arrangement.layout, fit.arrangement.block
    at = coordinates_of(layout, fit.parameters)
    passes = HaloPasses.of(layout, block) if halo else None

    def means(coordinates):
        parameters = parameters_at(layout, coordinates)
        if passes is not None:
            return passes.statistics(parameters, FINE).posterior.mean[:, 0]
        return without_halo(layout, block, parameters, n_nodes=31).posterior.mean[:, 0]

    slopes = _slopes(fit, 0, block.n_candidates).toarray()

    assert slopes.shape == (block.n_candidates, layout.n_coordinates)
    expected = np.zeros_like(slopes)
    for place in range(layout.n_coordinates):
        move = np.zeros_like(at)
        move[place] = 1e-3
        expected[:, place] = (means(at + move) - means(at - move)) / 2e-3
    # a correction need not be exact: least so for a candidate at the end of the scale
    assert slopes == pytest.approx(expected, abs=0.15)
    assert np.abs(slopes - expected).mean() < 0.005


def test_a_higher_level_is_wider_and_the_default_is_95_percent():
    fit = fit_facets(simulated(16, seed=2, halo=0.0).ratings)

    wide, usual = person_intervals(fit, level=0.99), person_intervals(fit)

    assert usual.level == 0.95
    assert (wide.low < usual.low).all()
    assert (wide.high > usual.high).all()
    assert (usual.low + usual.high) / 2 == pytest.approx(fit.ability)


@pytest.mark.parametrize("level", [0.0, 1.0, 95])
def test_a_level_that_is_no_probability_is_refused(level):
    fit = fit_facets(simulated(16, seed=2, halo=0.0).ratings)

    with pytest.raises(ArgumentError, match="between 0 and 1"):
        person_intervals(fit, level=level)


def test_slopes_of_several_abilities_are_how_their_posterior_means_move():
    ratings, names, _ = two_abilities(16, n=12, correlation=0.5, n_criteria=4)
    fit = fit_facets(ratings, model=FacetsModel(dimensions=names, thresholds="criterion"))
    layout, block = fit.arrangement.layout, fit.arrangement.block
    at = coordinates_of(layout, fit.parameters)

    def means(coordinates):
        parameters = parameters_at(layout, coordinates)
        found = several_statistics(
            layout, block, parameters, n_nodes=15, with_information=False
        ).posterior
        return found.mean

    found = [
        slope.toarray()
        for slope in slopes_of_means(layout, block, fit.parameters, fit.ability, fit.standard_error)
    ]

    expected = np.zeros((2, block.n_candidates, layout.n_coordinates))
    for place in range(layout.n_coordinates):
        move = np.zeros_like(at)
        move[place] = 1e-3
        expected[:, :, place] = ((means(at + move) - means(at - move)) / 2e-3).T
    assert np.stack(found) == pytest.approx(expected, abs=0.15)
    # four ratings of each ability only: posteriors are a little skewed
    assert np.abs(np.stack(found) - expected).mean() < 0.01


def test_intervals_of_several_abilities_are_wider_than_their_posteriors():
    ratings, names, ability = two_abilities(17, n=48, correlation=0.5)

    found = person_intervals(fit := fit_facets(ratings, model=FacetsModel(dimensions=names)))

    assert found.low.shape == (48, 2)
    assert (found.standard_error > fit.standard_error).all()
    assert (found.standard_error < 1.3 * fit.standard_error).all()
    assert 0.9 < np.mean((found.low < ability) & (ability < found.high)) < 0.99
