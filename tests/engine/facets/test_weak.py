"""Interactions and steps that the ratings hardly determine: held by a weak prior, and named."""

import numpy as np
import pytest

from second_opinion.engine.facets import FacetsModel, fit_facets, fit_facets_in_passes
from tests.engine.facets.test_models import simulate, table

BOTH = FacetsModel(thresholds="assessor", interactions=(("assessor", "criterion"),))


def with_a_separable_assessor():
    """The last assessor gives 3 or 4 on the first criterion, and 4 on no other.

    The likelihood rises for ever as that assessor's step into 4 goes up and the criterion down.
    """
    (candidate, assessor, criterion, score), _ = simulate(
        np.random.default_rng(3), n=60, n_assessors=5, n_criteria=3
    )
    kept = (assessor != 4) | (candidate < 40)
    own = np.where(criterion == 0, 3 + (score > 2), np.minimum(score, 3))
    score = np.where(assessor == 4, own, score)
    return table((candidate[kept], assessor[kept], criterion[kept], score[kept]))


@pytest.fixture(scope="module")
def fit():
    return fit_facets(with_a_separable_assessor(), model=BOTH)


def test_what_is_hardly_determined_is_named(fit):
    (note,) = [one for one in fit.notes if "hardly determine" in one]

    assert "the steps of assessor 'a4'" in note
    assert "a0" not in note
    assert "leave out the interaction" in note


def test_no_standard_error_runs_away_and_the_criteria_are_spared(fit):
    assert fit.converged
    assert fit.facet("criterion").standard_error.max() < 0.5
    assert fit.facet("assessor x criterion").standard_error.max() < 5
    errors = np.array([one.standard_error for one in fit.thresholds])
    assert np.nanmax(errors) < 5


def test_interactions_still_sum_to_zero_by_row_and_column(fit):
    measure = fit.facet("assessor x criterion").measure.reshape(5, 3)

    assert measure.sum(axis=0) == pytest.approx(0, abs=1e-9)
    assert measure.sum(axis=1) == pytest.approx(0, abs=1e-9)


def test_in_passes_the_same_is_held(fit):
    found = fit_facets_in_passes([with_a_separable_assessor()], model=BOTH)

    assert [note for note in found.notes if "hardly" in note] == [
        note for note in fit.notes if "hardly" in note
    ]
    assert found.log_likelihood == pytest.approx(fit.log_likelihood, abs=1e-3)


def test_nothing_is_held_where_ratings_are_many():
    columns, _ = simulate(np.random.default_rng(4), n=120, n_assessors=4, n_criteria=3)

    notes = fit_facets(table(columns), model=BOTH).notes

    assert not any("hardly" in note for note in notes)
