"""The many-facet fit beside PyPI mirt 1.2.0 on simulated ratings: every estimate and its error.

Provenance in tests/reference/facets/README.md. The smaller set goes through the plain passes, the
larger through the compiled ones.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from second_opinion.engine.facets import PARTIAL_CREDIT, RATING_SCALE, fit_facets
from second_opinion.engine.ratings import Ratings, Scale

REFERENCE = Path(__file__).parents[2] / "reference" / "facets"
SETS = {
    "rating_scale": (RATING_SCALE, Scale(0, 4)),
    "partial_credit": (PARTIAL_CREDIT, Scale(0, 3)),
}
CLOSE = 0.001  # standard errors; asked for are .05


def ratings_of(name, scale):
    columns = {"candidate": [], "assessor": [], "criterion": [], "score": []}
    with (REFERENCE / f"{name}_ratings.csv").open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    further = [one for one in lines[0] if one not in (*columns, "scores")]
    columns |= {one: [] for one in further}
    for line in lines:
        for place, digit in enumerate(line["scores"]):
            if digit != "-":
                columns["criterion"].append(f"k{place}")
                columns["score"].append(float(digit))
                for one in ("candidate", "assessor", *further):
                    columns[one].append(line[one])
    return Ratings.from_arrays(columns, scales=scale)


def known(name):
    with (REFERENCE / f"{name}_mirt.csv").open(encoding="utf-8") as file:
        return [
            (line["facet"], line["label"], line["step"], float(line["measure"]), line)
            for line in csv.DictReader(file)
        ]


def estimates(fit):
    """By facet, label and step, as mirt has them: the population's mean at 0, criteria as is."""
    mean = fit.population.mean
    found = {
        (one.name, label, ""): (measure, error)
        for one in fit.facets
        for label, measure, error in zip(one.labels, one.measure, one.standard_error, strict=True)
    }
    criteria, layout = fit.facet("criterion"), fit.arrangement.layout
    uncentred = np.zeros((len(criteria.labels), layout.n_coordinates))
    uncentred[:, layout.effect("criterion").places] = np.eye(len(criteria.labels))
    uncentred[:, layout.n_values] = -1
    errors = np.sqrt(np.diagonal(uncentred @ fit.covariance @ uncentred.T))
    for label, measure, error in zip(criteria.labels, criteria.measure, errors, strict=True):
        found["criterion", label, ""] = (measure - mean, error)
    for one in fit.thresholds:
        key = ("threshold", one.criterion or "", f"{one.step:.0f}")
        found[key] = (one.measure, one.standard_error)
    sd = fit.population.variance**0.5
    found["sigma", "", ""] = (sd, fit.population.variance_standard_error / (2 * sd))
    for label, ability, error in zip(fit.candidates, fit.ability, fit.standard_error, strict=True):
        found["candidate", label, ""] = (ability - mean, error)
    return found


@pytest.fixture(scope="module", params=SETS)
def both(request):
    model, scale = SETS[request.param]
    fit = fit_facets(ratings_of(request.param, scale), model=model)
    assert fit.converged
    return fit, estimates(fit), known(request.param)


def test_every_estimate_is_within_a_thousandth_of_its_standard_error(both):
    _, found, expected = both
    away = {
        (facet, label, step): abs(found[facet, label, step][0] - measure)
        / float(line["standard_error"])
        for facet, label, step, measure, line in expected
        if facet != "log_likelihood"
    }

    assert len(away) > 50
    assert {key: one for key, one in away.items() if not one < CLOSE} == {}


def test_every_standard_error_is_within_a_hundredth(both):
    _, found, expected = both

    for facet, label, step, _, line in expected:
        if line["standard_error"]:
            error = found[facet, label, step][1]
            assert error == pytest.approx(float(line["standard_error"]), rel=0.01), (facet, label)


def test_log_likelihood_is_the_same_to_eight_digits(both):
    fit, _, expected = both
    (value,) = [measure for facet, _, _, measure, _ in expected if facet == "log_likelihood"]

    assert fit.log_likelihood == pytest.approx(value, rel=1e-8)
