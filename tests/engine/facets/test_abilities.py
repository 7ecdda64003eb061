"""Several correlated abilities: separate fits, a lattice, derivatives, truth, limits."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from second_opinion.engine.errors import ArgumentError, NotEnoughRatingsError, UnknownNameError
from second_opinion.engine.facets import FacetsModel, fit_facets, fit_facets_in_passes
from second_opinion.engine.facets.abilities.passes import partial_statistics
from second_opinion.engine.facets.arrangement import arrange
from second_opinion.engine.facets.categories import log_probabilities
from second_opinion.engine.facets.fit import beginning
from second_opinion.engine.facets.parameters import Parameters, coordinates_of, parameters_at
from second_opinion.engine.facets.quadrature import partial_statistics as for_one_ability
from second_opinion.engine.facets.statistics import combine
from second_opinion.engine.facets.tables import fit_tables
from second_opinion.engine.ratings import Facet
from tests.engine.facets.test_models import simulate, table

TWO = {"k0": "people", "k1": "people", "k2": "figures", "k3": "figures"}
THREE = {"k0": "people", "k1": "figures", "k2": "figures", "k3": "plans"}


def drawn(seed=1, *, n=30, weight=False):
    rng = np.random.default_rng(seed)
    columns, _ = simulate(rng, n=n, n_assessors=5, n_criteria=4)
    return table(columns, weight=rng.uniform(0.5, 1.5, len(columns[0])) if weight else None)


def two_abilities(seed, *, n, correlation, n_criteria=6):
    """Two assessors a candidate in a ring; the second half of the criteria on a second ability."""
    rng = np.random.default_rng(seed)
    spread = np.array([[1.2, 0], [0, 0.9]])
    ability = rng.multivariate_normal(
        [0.3, -0.2], spread @ [[1, correlation], [correlation, 1]] @ spread, n
    )
    (candidate, assessor, criterion, _), (_, severity, difficulty) = simulate(
        rng, n=n, n_assessors=8, n_criteria=n_criteria
    )
    own = (criterion >= n_criteria // 2).astype(int)
    logit = ability[candidate, own] - severity[assessor] - difficulty[criterion]
    chance = np.exp(log_probabilities(logit, np.tile([0, -1.6, -2.1, -1.6, 0], (len(logit), 1))))
    score = (rng.random(len(logit))[:, None] > np.cumsum(chance, axis=1)[:, :-1]).sum(axis=1)
    names = {f"k{one}": "ab"[one >= n_criteria // 2] for one in range(n_criteria)}
    # The fit centres severities, and each ability's criteria: abilities as they stand from there.
    halves = difficulty.reshape(2, -1).mean(axis=1)
    return table((candidate, assessor, criterion, score)), names, ability - severity.mean() - halves


@pytest.mark.parametrize("dimensions", [TWO, THREE])
def test_gradient_and_information_are_the_derivatives_of_the_log_likelihood(dimensions):
    arrangement = arrange(
        drawn(n=12, weight=True), FacetsModel(thresholds="criterion", dimensions=dimensions)
    )
    layout = arrangement.layout
    at = np.random.default_rng(2).normal(0, 0.3, layout.n_coordinates)
    n_nodes, step = (25 if dimensions is TWO else 11), 1e-4

    def look(where, *, with_information=False):
        return partial_statistics(
            layout,
            arrangement.block,
            parameters_at(layout, where),
            n_nodes=n_nodes,
            with_information=with_information,
        )

    found = look(at, with_information=True)
    for place in range(layout.n_coordinates):
        move = np.zeros(layout.n_coordinates)
        move[place] = step
        above, below = look(at + move), look(at - move)
        rise = (above.log_likelihood - below.log_likelihood) / (2 * step)
        fall = (below.gradient - above.gradient) / (2 * step)
        assert found.gradient[place] == pytest.approx(rise, abs=2e-3)
        assert found.information[place] == pytest.approx(
            fall, abs=2e-3 * np.diagonal(found.information).max()
        )


def test_log_likelihood_and_posterior_equal_a_fine_lattice():
    arrangement = arrange(drawn(n=5), FacetsModel(dimensions=TWO))
    layout, block = arrangement.layout, arrangement.block
    begin = beginning(layout).parameters
    parameters = replace(
        begin, mean=np.array([0.4, -0.3]), covariance=np.array([[1.5, 0.8], [0.8, 0.9]])
    )
    line = np.linspace(-9, 9, 361)
    one, two = np.meshgrid(line, line, indexing="ij")
    away = np.stack([one, two], axis=-1) - parameters.mean
    prior = -0.5 * np.einsum("...i,ij,...j", away, np.linalg.inv(parameters.covariance), away)
    prior -= np.log(2 * np.pi) + 0.5 * np.log(np.linalg.det(parameters.covariance))
    tables = layout.category_table(parameters.values)[block.group]
    location = parameters.values[block.elements].sum(axis=1)
    total, means = 0.0, []
    for start, stop in pairwise(block.first):
        joint = prior.copy()
        for row in range(start, stop):
            chance = log_probabilities(line - location[row], np.tile(tables[row], (len(line), 1)))
            along = chance[:, block.category[row]]
            joint += along[:, None] if block.dimension[row] == 0 else along[None, :]
        density = np.exp(joint) * (line[1] - line[0]) ** 2
        total += np.log(density.sum())
        means.append([(density * one).sum(), (density * two).sum()] / density.sum())

    found = partial_statistics(layout, block, parameters, n_nodes=25)

    assert found.log_likelihood == pytest.approx(total, abs=1e-5)
    assert found.posterior.mean == pytest.approx(np.array(means), abs=1e-4)


def test_independent_abilities_equal_separate_passes():
    ratings = drawn(weight=True)
    arrangement = arrange(ratings, FacetsModel(dimensions=TWO))
    layout, block = arrangement.layout, arrangement.block
    begin = beginning(layout).parameters
    together = replace(begin, mean=np.array([0.4, -0.3]), covariance=np.diag([1.5, 0.8]))
    found = partial_statistics(layout, block, together, n_nodes=25)

    single = replace(layout, dimensions=("ability",))
    total = 0.0
    for ability in (0, 1):
        rows = block.dimension == ability
        own = replace(
            block,
            first=np.concatenate([[0], np.cumsum(rows)])[block.first],
            category=block.category[rows],
            elements=block.elements[rows],
            group=block.group[rows],
            weight=block.weight[rows],
            dimension=None,
            row=block.row[rows],
        )
        alone = for_one_ability(
            single,
            own,
            Parameters(
                values=begin.values,
                mean=together.mean[[ability]],
                covariance=together.covariance[[ability]][:, [ability]],
            ),
            n_nodes=25,
        )
        total += alone.log_likelihood
        assert found.posterior.mean[:, ability] == pytest.approx(
            alone.posterior.mean[:, 0], abs=1e-5
        )
        assert found.posterior.covariance[:, ability, ability] == pytest.approx(
            alone.posterior.covariance[:, 0, 0], abs=1e-5
        )
    assert found.log_likelihood == pytest.approx(total, abs=1e-5)
    assert found.posterior.covariance[:, 0, 1] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("dimensions", [TWO, THREE])
def test_parts_add_up_and_keep_the_order_of_candidates(dimensions, monkeypatch):
    arrangement = arrange(drawn(), FacetsModel(dimensions=dimensions))
    layout, block = arrangement.layout, arrangement.block
    at = parameters_at(layout, np.random.default_rng(3).normal(0, 0.3, layout.n_coordinates))
    whole = partial_statistics(layout, block, at, n_nodes=7)
    halves = combine(
        partial_statistics(layout, block.part(slice(0, 11)), at, n_nodes=7),
        partial_statistics(layout, block.part(slice(11, 30)), at, n_nodes=7),
    )
    monkeypatch.setattr("second_opinion.engine.facets.abilities.passes._CELLS", 1)
    monkeypatch.setattr("second_opinion.engine.facets.abilities.passes._DENSE_COORDINATES", 1)
    singly = partial_statistics(layout, block, at, near=whole.posterior, n_nodes=7)

    for other, close in ((halves, 1e-9), (singly, 1e-3)):
        assert other.log_likelihood == pytest.approx(whole.log_likelihood, abs=close)
        assert other.gradient == pytest.approx(whole.gradient, abs=close)
        assert other.information == pytest.approx(whole.information, abs=10 * close)
        assert other.posterior.mean == pytest.approx(whole.posterior.mean, abs=close)


def test_the_fit_finds_the_correlation_and_who_is_good_at_what():
    ratings, names, ability = two_abilities(11, n=200, correlation=0.5)

    fit = fit_facets(ratings, model=FacetsModel(dimensions=names))

    (found,) = fit.correlations
    assert fit.converged
    assert (found.first, found.second) == ("a", "b")
    assert abs(found.correlation - 0.5) < 2.5 * found.standard_error
    assert 0.02 < found.standard_error < 0.1
    assert found.low < found.correlation < found.high
    assert found.correlation - found.low > found.high - found.correlation > 0
    for index, (one, variance) in enumerate(zip(fit.abilities, (1.44, 0.81), strict=True)):
        assert abs(one.variance - variance) < 3 * one.variance_standard_error
        assert np.corrcoef(fit.ability[:, index], ability[:, index])[0, 1] > 0.8
        away = (fit.ability[:, index] - ability[:, index]) / fit.standard_error[:, index]
        assert 0.9 < np.mean(np.abs(away) < 2) < 0.99
        assert 0.5 < one.eap_reliability < 0.95


def test_each_ability_has_its_criteria_centred():
    ratings, names, _ = two_abilities(12, n=50, correlation=0.3)

    fit = fit_facets(ratings, model=FacetsModel(dimensions=names))

    measure = fit.facet("criterion").measure
    assert measure[:3].sum() == pytest.approx(0, abs=1e-9)
    assert measure[3:].sum() == pytest.approx(0, abs=1e-9)
    assert fit.facet("assessor").measure.sum() == pytest.approx(0, abs=1e-9)
    assert np.isfinite(fit.facet("criterion").standard_error).all()
    in_passes = fit_facets_in_passes([ratings], model=FacetsModel(dimensions=names))
    assert in_passes.log_likelihood == pytest.approx(fit.log_likelihood, abs=1e-4)
    assert in_passes.correlations == fit.correlations
    assert in_passes.abilities == fit.abilities


def test_aligned_abilities_are_nearly_one():
    ratings = drawn()
    several = arrange(ratings, FacetsModel(dimensions=TWO))
    single = arrange(ratings, FacetsModel())
    begin = beginning(single.layout).parameters
    alone = replace(begin, mean=np.array([0.4]), covariance=np.array([[1.3]]))
    aligned = replace(
        begin,
        mean=np.array([0.4, 0.4]),
        covariance=1.3 * np.array([[1, 1 - 1e-9], [1 - 1e-9, 1]]),
    )

    one = for_one_ability(single.layout, single.block, alone, n_nodes=25)
    two = partial_statistics(several.layout, several.block, aligned, n_nodes=25)

    assert two.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-4)
    for ability in (0, 1):
        assert two.posterior.mean[:, ability] == pytest.approx(one.posterior.mean[:, 0], abs=1e-4)


def test_abilities_that_are_one_are_said_not_to_be_told_apart():
    ratings, names, _ = two_abilities(13, n=100, correlation=1.0)

    fit = fit_facets(ratings, model=FacetsModel(dimensions=names))

    (found,) = fit.correlations
    assert found.is_at_boundary
    assert found.correlation == pytest.approx(1, abs=1e-4)
    assert np.isnan([found.standard_error, found.low, found.high]).all()
    assert any("do not tell the two apart" in note for note in fit.notes)
    assert fit.log_likelihood > fit_facets(ratings).log_likelihood - 1e-3


def test_tables_and_joint_likelihood_know_several_abilities():
    ratings, names, _ = two_abilities(14, n=40, correlation=0.4)
    model = FacetsModel(dimensions=names)

    tables = fit_tables(fit_facets(ratings, model=model), ratings)
    joint = fit_facets(ratings, model=model, estimator="jml")

    assert tables.elements["candidate"].label[:2] == ("c0000: a", "c0000: b")
    assert joint.ability.shape == (40, 2)
    assert joint.facet("criterion").measure[:3].sum() == pytest.approx(0, abs=1e-6)
    assert joint.correlations == ()


def test_assessors_of_one_ability_alone_are_centred_among_themselves():
    ratings, names, _ = two_abilities(15, n=60, correlation=0.4)
    own = ratings.criterion.codes >= 3
    labels = tuple(f"{one} {ability}" for one in ratings.assessor.labels for ability in "ab")
    apart = replace(ratings, assessor=Facet(labels, 2 * ratings.assessor.codes + own))

    fit = fit_facets(apart, model=FacetsModel(dimensions=names))

    severity = fit.facet("assessor")
    assert fit.converged
    assert severity.measure[::2].sum() == pytest.approx(0, abs=1e-9)
    assert severity.measure[1::2].sum() == pytest.approx(0, abs=1e-9)
    assert (severity.standard_error < 0.5).all()


@pytest.mark.parametrize(
    ("dimensions", "error", "sentence"),
    [
        ({"k9": "a"}, UnknownNameError, "no criterion 'k9'"),
        ({"k0": "a"}, ArgumentError, "none is named for k1, k2, k3"),
        ({f"k{one}": str(one) for one in range(4)}, ArgumentError, "At most 3 abilities"),
    ],
)
def test_abilities_that_cannot_be_are_named(dimensions, error, sentence):
    with pytest.raises(error, match=sentence):
        fit_facets(drawn(), model=FacetsModel(dimensions=dimensions))


def test_an_ability_whose_criteria_always_get_one_score_is_refused():
    ratings = drawn()
    score = np.where(ratings.criterion.codes == 3, 2.0, ratings.score)
    names = {"k0": "a", "k1": "a", "k2": "a", "k3": "b"}

    with pytest.raises(NotEnoughRatingsError, match="apart on b"):
        fit_facets(
            replace(ratings, score=score),
            model=FacetsModel(thresholds="criterion", dimensions=names),
        )


def test_coordinates_of_several_abilities_there_and_back():
    layout = arrange(drawn(), FacetsModel(dimensions=THREE)).layout
    at = np.random.default_rng(4).normal(0, 0.5, layout.n_coordinates)

    assert coordinates_of(layout, parameters_at(layout, at)) == pytest.approx(at)
