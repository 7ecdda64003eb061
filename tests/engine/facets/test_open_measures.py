"""Measures that the ratings leave open are withheld and named; the others are as ever."""

import numpy as np
import pytest

from second_opinion.engine.facets import fit_facets, person_intervals
from second_opinion.engine.facets.tables import fit_tables
from second_opinion.engine.ratings import Ratings, Scale
from tests.engine.facets.test_models import simulate


def columns(**further):
    (candidate, assessor, criterion, score), _ = simulate(
        np.random.default_rng(8), n=60, n_assessors=4, n_criteria=3
    )
    given = {
        "candidate": [f"c{one}" for one in candidate],
        "assessor": [f"a{one}" for one in assessor],
        "criterion": [f"k{one}" for one in criterion],
        "score": score.astype(float),
    }
    return given | {name: [make(one) for one in assessor] for name, make in further.items()}


@pytest.fixture(scope="module")
def ratings():
    """Two assessors on each of two days: severity can move with the day."""
    return Ratings.from_arrays(columns(day=lambda one: f"d{one // 2}"), scales=Scale(0, 4))


@pytest.fixture(scope="module")
def fit(ratings):
    return fit_facets(ratings)


def test_what_can_move_together_is_named_and_has_no_measure(fit):
    (note,) = [one for one in fit.notes if "do not tell apart" in one]

    assert "assessor 'a0'" in note
    assert "day 'd1'" in note
    assert "k0" not in note
    assert np.isnan(fit.facet("day").measure).all()
    assert np.isinf(fit.facet("assessor").standard_error).all()


def test_what_does_not_move_along_is_as_without_the_facet(fit):
    without = fit_facets(Ratings.from_arrays(columns(), scales=Scale(0, 4)))

    for name in ("measure", "standard_error"):
        found, expected = (getattr(one.facet("criterion"), name) for one in (fit, without))
        assert found == pytest.approx(expected, abs=1e-6)
    assert fit.log_likelihood == pytest.approx(without.log_likelihood, abs=1e-8)
    found, expected = (person_intervals(one).standard_error for one in (fit, without))
    assert found == pytest.approx(expected, rel=1e-6)


def test_tables_leave_them_out(fit, ratings):
    tables = fit_tables(fit, ratings)

    assert np.isnan(tables.elements["assessor"].measure).all()
    assert np.isfinite(tables.elements["assessor"].infit).all()
    assert tables.separation["assessor"].n_elements == 0
    assert np.isfinite(tables.elements["criterion"].fair_average).all()
