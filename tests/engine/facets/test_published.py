"""The many-facet fit against figures computed by other programs on public data."""

import numpy as np
import pytest

from second_opinion.engine.facets import PARTIAL_CREDIT, RATING_SCALE, fit_facets
from tests.engine.facets.samples import essays, items, references, writing

pytestmark = pytest.mark.shared_data
SETS = {
    "sirt_ratings3": (writing, PARTIAL_CREDIT),
    "tam_ex10": (items, RATING_SCALE),
    "mfrmr_ej2021_study1": (essays, RATING_SCALE),
}


@pytest.fixture(scope="module")
def fits(shared_data):
    return {
        name: fit_facets(read(shared_data), model=model) for name, (read, model) in SETS.items()
    }


@pytest.mark.parametrize(
    ("name", "deviance", "variance"),
    [
        ("sirt_ratings3", 17666.77, 2.4184),
        ("tam_ex10", 3534.356, 1.7836),
        ("mfrmr_ej2021_study1", 4118.405, 0.8851),
    ],
)
def test_deviance_and_variance_are_the_known_ones(fits, name, deviance, variance):
    fit = fits[name]

    assert fit.converged
    assert fit.deviance == pytest.approx(deviance, abs=0.005)
    assert fit.population.variance == pytest.approx(variance, abs=0.0002)


@pytest.mark.parametrize("name", SETS)
def test_every_assessor_has_the_known_severity_and_standard_error(fits, shared_data, name):
    assessors = fits[name].facet("assessor")
    known = references(shared_data, name)
    expected = np.array([known["assessor", label] for label in assessors.labels])

    assert assessors.measure == pytest.approx(expected[:, 0], abs=0.0002)
    assert assessors.standard_error == pytest.approx(expected[:, 1], abs=0.0002)
    assert assessors.measure.sum() == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("name", SETS)
def test_every_criterion_has_the_known_difficulty_and_standard_error(fits, shared_data, name):
    """The known ones have the population's mean at zero instead of the criteria's."""
    fit = fits[name]
    criteria = fit.facet("criterion")
    known = references(shared_data, name)
    expected = np.array([known["criterion", label] for label in criteria.labels])

    layout = fit.arrangement.layout
    uncentred = np.zeros((len(criteria.labels), layout.n_coordinates))
    uncentred[:, layout.effect("criterion").places] = np.eye(len(criteria.labels))
    uncentred[:, layout.n_values] = -1
    errors = np.sqrt(np.diagonal(uncentred @ fit.covariance @ uncentred.T))

    assert criteria.measure - fit.population.mean == pytest.approx(expected[:, 0], abs=0.0002)
    assert errors == pytest.approx(expected[:, 1], abs=0.0002)


def test_reliabilities_are_the_known_ones(fits):
    assert fits["sirt_ratings3"].population.eap_reliability == pytest.approx(0.8418, abs=0.0001)
    known = fits["mfrmr_ej2021_study1"].population.eap_reliability
    assert known == pytest.approx(0.7329, abs=0.0001)


def test_named_severities_of_the_writing_raters_are_met(fits):
    assessors = fits["sirt_ratings3"].facet("assessor")
    measure = dict(zip(assessors.labels, assessors.measure, strict=True))

    assert [measure[label] for label in ("837", "803", "815", "845")] == pytest.approx(
        [-1.2835, 0.9946, -0.9781, 0.8678], abs=0.0002
    )


def test_first_abilities_of_the_items_are_met(fits):
    """With the population's mean at zero, as the known ones have it."""
    fit = fits["tam_ex10"]

    assert fit.ability[:4] - fit.population.mean == pytest.approx(
        [0.8335, 1.4496, -0.6520, 1.0883], abs=0.0002
    )
    assert fit.standard_error[:4] == pytest.approx([0.5885, 0.7199, 0.6761, 0.6902], abs=0.0002)
