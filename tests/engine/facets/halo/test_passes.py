"""The halo model's likelihood against brute force, and its derivatives against differences."""

from dataclasses import replace

import numpy as np
import pytest

from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.facets.arrangement import arrange
from second_opinion.engine.facets.halo import HaloPasses, partial_statistics
from second_opinion.engine.facets.halo.nodes import COARSE, FINE, HaloQuadrature
from second_opinion.engine.facets.model import FacetsModel
from second_opinion.engine.facets.parameters import Parameters, coordinates_of, parameters_at
from second_opinion.engine.facets.quadrature import partial_statistics as without_halo
from second_opinion.engine.facets.statistics import combine
from tests.engine.facets.halo.truth import brute_force, simulated

FINEST = HaloQuadrature(n_abilities=24, n_impressions=21, n_least=12, n_per_logit=6)


def case(truth, *, halo_sd=0.9, thresholds="shared", **changes):
    arrangement = arrange(truth.ratings, FacetsModel(halo=True, thresholds=thresholds))
    layout = arrangement.layout
    rng = np.random.default_rng(5)
    values = layout.start.copy()
    n_elements = layout.effects[-1].places.stop
    values[:n_elements] = rng.normal(0, 0.4, n_elements)
    parameters = Parameters(
        values=values, mean=np.array([0.3]), covariance=np.array([[1.5]]), halo_sd=halo_sd
    )
    if changes:
        arrangement = replace(arrangement, block=replace(arrangement.block, **changes))
    return arrangement, parameters, HaloPasses.of(layout, arrangement.block)


@pytest.mark.parametrize("halo_sd", [0.1, 0.5, 1.0, 1.5])
@pytest.mark.parametrize("criteria_each", [(6, 12), (1, 1)])
def test_the_fine_pass_agrees_with_a_much_finer_lattice(halo_sd, criteria_each):
    truth = simulated(20, halo=halo_sd, plan={"criteria_each": criteria_each})
    arrangement, parameters, passes = case(truth, halo_sd=halo_sd)
    log_likelihood, mean, variance = brute_force(arrangement, parameters)

    found = passes.statistics(parameters, FINE)

    assert found.log_likelihood == pytest.approx(log_likelihood.sum(), abs=5e-4)
    assert found.posterior.mean[:, 0] == pytest.approx(mean, abs=2e-4)
    assert found.posterior.covariance[:, 0, 0] == pytest.approx(variance, rel=5e-4)


def test_the_coarse_pass_is_good_enough_to_climb_by():
    arrangement, parameters, passes = case(simulated(20))
    log_likelihood, mean, _ = brute_force(arrangement, parameters)

    found = passes.statistics(parameters, COARSE)

    assert found.log_likelihood == pytest.approx(log_likelihood.sum(), abs=0.02)
    assert found.posterior.mean[:, 0] == pytest.approx(mean, abs=0.01)


@pytest.mark.parametrize("thresholds", ["shared", "criterion"])
def test_gradient_and_information_are_the_slopes_they_should_be(thresholds):
    arrangement, parameters, passes = case(simulated(6), thresholds=thresholds)
    layout = arrangement.layout
    at = coordinates_of(layout, parameters)
    found = passes.statistics(parameters, FINEST)

    step = 1e-4
    gradient, information = np.zeros_like(at), np.zeros((len(at), len(at)))
    for place in range(len(at)):
        move = np.zeros_like(at)
        move[place] = step
        up = passes.statistics(parameters_at(layout, at + move), FINEST)
        down = passes.statistics(parameters_at(layout, at - move), FINEST)
        gradient[place] = (up.log_likelihood - down.log_likelihood) / (2 * step)
        information[place] = (down.gradient - up.gradient) / (2 * step)

    assert found.gradient == pytest.approx(gradient, abs=1e-4)
    assert found.information == pytest.approx(information, abs=5e-3)


def test_a_vanishing_halo_is_the_model_without():
    truth = simulated(10)
    _, parameters, passes = case(truth, halo_sd=1e-4)
    plain = arrange(truth.ratings, FacetsModel())

    found = passes.statistics(parameters, FINE)
    expected = without_halo(plain.layout, plain.block, parameters, n_nodes=31)

    n = plain.layout.n_coordinates
    assert found.log_likelihood == pytest.approx(expected.log_likelihood, abs=1e-4)
    assert found.gradient[:n] == pytest.approx(expected.gradient, abs=1e-3)
    assert found.information[:n, :n] == pytest.approx(expected.information, abs=1e-2)


def test_weights_count_as_copies_of_a_rating():
    truth = simulated(8)
    plain, parameters, _ = case(truth)
    weight = np.random.default_rng(1).integers(1, 4, plain.block.n_rows).astype(float)
    weighted, _, passes = case(truth, weight=weight)
    log_likelihood, mean, _ = brute_force(weighted, parameters)

    found = passes.statistics(parameters, FINE)

    assert found.log_likelihood == pytest.approx(log_likelihood.sum(), abs=5e-4)
    assert found.posterior.mean[:, 0] == pytest.approx(mean, abs=2e-4)


def test_blocks_of_candidates_add_up():
    arrangement, parameters, passes = case(simulated(12))
    block, layout = arrangement.block, arrangement.layout
    cut = block.first[5]

    def part(rows, first):
        return replace(
            block,
            first=first,
            category=block.category[rows],
            elements=block.elements[rows],
            group=block.group[rows],
            row=block.row[rows],
        )

    one = part(slice(0, cut), block.first[:6])
    two = part(slice(cut, None), block.first[5:] - cut)
    both = combine(*(partial_statistics(layout, each, parameters) for each in (one, two)))
    whole = passes.statistics(parameters, FINE)

    assert both.log_likelihood == pytest.approx(whole.log_likelihood, abs=1e-4)
    assert both.gradient == pytest.approx(whole.gradient, abs=1e-3)
    assert both.information == pytest.approx(whole.information, abs=1e-2)
    assert both.posterior.impression == pytest.approx(whole.posterior.impression, abs=1e-3)


def test_rows_need_not_be_sorted_by_assessor():
    truth = simulated(8)
    arrangement, parameters, passes = case(truth)
    block = arrangement.block
    shuffled = np.concatenate(
        [
            np.random.default_rng(candidate).permutation(np.arange(begin, end))
            for candidate, (begin, end) in enumerate(
                zip(block.first[:-1], block.first[1:], strict=True)
            )
        ]
    )
    _, _, mixed = case(
        truth,
        category=block.category[shuffled],
        elements=block.elements[shuffled],
        group=block.group[shuffled],
        row=block.row[shuffled],
    )

    one, two = (each.statistics(parameters, FINE) for each in (passes, mixed))

    assert two.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-9)
    assert two.gradient == pytest.approx(one.gradient, abs=1e-9)


def test_a_candidate_without_ratings_is_known_as_the_population_is():
    truth = simulated(8)
    arrangement, parameters, passes = case(truth)
    block = arrangement.block
    _, _, more = case(truth, first=np.append(block.first, block.first[-1]))

    fewer, found = (each.statistics(parameters, FINE) for each in (passes, more))

    assert found.posterior.mean[-1, 0] == pytest.approx(0.3)
    assert found.posterior.covariance[-1, 0, 0] == pytest.approx(1.5)
    assert found.log_likelihood == pytest.approx(fewer.log_likelihood)
    assert found.information == pytest.approx(fewer.information, abs=1e-3)


def test_halo_needs_the_assessor_among_the_facets():
    model = FacetsModel(halo=True, facets=("criterion",))
    arrangement = arrange(simulated(8).ratings, model)

    with pytest.raises(ArgumentError, match="needs the assessor among its facets"):
        HaloPasses.of(arrangement.layout, arrangement.block)


def test_halo_is_beside_one_ability():
    arrangement, _, _ = case(simulated(8))
    layout = replace(arrangement.layout, dimensions=("one", "two"))

    with pytest.raises(ArgumentError, match="beside one ability; got 2"):
        HaloPasses.of(layout, arrangement.block)


# --- compiled, for many ratings


@pytest.mark.parametrize("halo_sd", [0.1, 0.9, 1.5])
@pytest.mark.parametrize("thresholds", ["shared", "criterion"])
def test_compiled_passes_find_what_plain_ones_do(halo_sd, thresholds):
    arrangement, parameters, plain = case(
        simulated(30, halo=halo_sd), halo_sd=halo_sd, thresholds=thresholds
    )
    compiled = HaloPasses.of(arrangement.layout, arrangement.block, compiled_from=0)
    assert plain.compiled is None

    first = compiled.statistics(parameters, FINE)
    found = compiled.statistics(parameters, FINE, near=first.posterior)
    expected = plain.statistics(parameters, FINEST)

    scale = np.sqrt(np.abs(np.diagonal(expected.information)) + 1)
    assert found.log_likelihood == pytest.approx(expected.log_likelihood, abs=3e-4)
    assert found.posterior.mean == pytest.approx(expected.posterior.mean, abs=3e-4)
    assert found.posterior.covariance == pytest.approx(expected.posterior.covariance, rel=5e-4)
    assert found.gradient / scale == pytest.approx(expected.gradient / scale, abs=5e-4)
    in_scale = np.outer(scale, scale)
    assert found.information / in_scale == pytest.approx(expected.information / in_scale, abs=5e-3)


def test_compiled_passes_give_no_information_that_is_not_asked_for():
    arrangement, parameters, plain = case(simulated(20))
    compiled = HaloPasses.of(arrangement.layout, arrangement.block, compiled_from=0)

    quick = compiled.statistics(parameters, COARSE, with_information=False)
    whole = compiled.statistics(parameters, COARSE)

    assert quick.information.shape == (0, 0)
    assert quick.gradient == pytest.approx(whole.gradient)
    expected = plain.statistics(parameters, FINE)
    assert quick.log_likelihood == pytest.approx(expected.log_likelihood, abs=0.01)
    assert quick.posterior.mean == pytest.approx(expected.posterior.mean, abs=0.01)


def test_compiled_passes_weigh_ratings_and_know_candidates_without():
    truth = simulated(8)
    plain, parameters, _ = case(truth)
    weight = np.random.default_rng(1).integers(1, 4, plain.block.n_rows).astype(float)
    first = np.append(plain.block.first, plain.block.n_rows)
    weighted, _, passes = case(truth, weight=weight, first=first)
    compiled = HaloPasses.of(weighted.layout, weighted.block, compiled_from=0)

    found, expected = (each.statistics(parameters, FINE) for each in (compiled, passes))

    assert found.log_likelihood == pytest.approx(expected.log_likelihood, abs=1e-3)
    assert found.posterior.mean == pytest.approx(expected.posterior.mean, abs=1e-3)
    assert found.posterior.covariance[-1, 0, 0] == pytest.approx(1.5, abs=1e-6)
