"""The tables of whole fits beside other software and beside what theory says exactly."""

import csv
import json

import numpy as np
import pytest

from second_opinion.engine.errors import UnknownNameError
from second_opinion.engine.facets import FacetsModel, fit_facets
from second_opinion.engine.facets.tables import fit_tables
from second_opinion.engine.facets.tables.from_fit import posterior_of

from .cases import REFERENCE, reference_ratings


@pytest.fixture(scope="module")
def ratings():
    return reference_ratings()


@pytest.fixture(scope="module")
def fit(ratings):
    return fit_facets(ratings)


@pytest.fixture(scope="module")
def tables(fit, ratings):
    return fit_tables(fit, ratings)


def mirt_rows():
    with (REFERENCE / "mirt.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", mirt_rows(), ids=lambda row: row["label"])
@pytest.mark.parametrize("statistic", ["infit", "outfit"])
def test_mean_squares_are_those_of_another_program(tables, row, statistic):
    table = tables.elements[row["facet"]]

    found = getattr(table, statistic)[table.label.index(row["label"])]

    assert found == pytest.approx(float(row[statistic]), abs=3e-5)


def test_measures_are_those_of_another_program(tables):
    for name in ("assessor", "criterion"):
        published = np.array([float(row["measure"]) for row in mirt_rows() if row["facet"] == name])

        assert tables.elements[name].measure == pytest.approx(
            published - published.mean(), abs=3e-5
        )


def test_residuals_of_every_element_and_category_add_up_to_zero_at_the_top(tables):
    made, expectation = tables.responses, tables.expectation
    residual = expectation.residual(made)

    for name in ("assessor", "criterion"):
        assert np.bincount(made.facets[name].codes, residual) == pytest.approx(0, abs=1e-3)
    assert expectation.probability.sum(axis=1) == pytest.approx(
        np.bincount(made.category), abs=1e-3
    )


def test_posterior_on_nodes_is_the_one_that_the_fit_found(fit, tables):
    found = posterior_of(fit, tables.responses)

    assert found.mean == pytest.approx(fit.ability, abs=1e-6)
    assert np.sqrt(found.variance) == pytest.approx(fit.standard_error, abs=1e-6)


def test_fair_averages_order_elements_as_their_measures_do(tables):
    for name, table in tables.elements.items():
        sign = 1 if name == "candidate" else -1

        order = np.argsort(sign * table.measure)
        assert np.all(np.diff(table.fair_average[order]) >= -1e-12)


def test_all_tables_are_ready_for_json(tables):
    answer = json.loads(json.dumps(tables.as_dict(), allow_nan=False))

    assert len(answer["assessor"]["rows"]) == 8
    assert set(answer["candidate"]["rows"][0]) >= {"label", "count", "infit", "fair_average"}
    assert answer["assessor separation"]["reliability"] == pytest.approx(
        tables.separation["assessor"].reliability
    )


def test_all_tables_print_with_what_they_rest_on(tables):
    text = str(tables)

    assert text.startswith("Fit and residuals are averaged over what is known of each ability")
    assert "rasch_kappa" in text
    assert "... and 40 more" in text


def test_residuals_hold_a_row_for_each_rating(tables, ratings):
    table = tables.residuals()

    assert len(table) == len(ratings)
    assert np.sort(table.observed) == pytest.approx(np.sort(ratings.score))
    assert table.residual == pytest.approx(table.observed - table.expected)


def test_unknown_facet_of_an_interaction_is_refused(fit, ratings):
    with pytest.raises(UnknownNameError, match="no facet 'occasion'"):
        fit_tables(fit, ratings, interactions=[("assessor", "occasion")])


@pytest.mark.parametrize("thresholds", ["criterion", "assessor"])
def test_thresholds_of_their_own_each_have_their_rows(ratings, thresholds):
    tables = fit_tables(fit_facets(ratings, model=FacetsModel(thresholds=thresholds)), ratings)

    n_sets = {"criterion": 4, "assessor": 8}[thresholds]
    assert len(tables.categories) == 4 * n_sets
    assert len(set(getattr(tables.categories, thresholds))) == n_sets
    assert tables.categories.count.sum() == len(ratings)
    assert tables.elements[thresholds].fair_average.min() > 1


def test_anchors_show_their_displacement_and_drop_out_of_separation(ratings):
    free = fit_facets(ratings).facet("assessor").measure
    model = FacetsModel(anchors={"assessor": {"a1": free[0] - 0.4, "a2": free[1]}})

    tables = fit_tables(fit_facets(ratings, model=model), ratings)

    assert tables.displacement.label == ("a1", "a2")
    assert tables.displacement.displacement[0] > 0.25  # stricter than it was anchored
    assert tables.separation["assessor"].n_elements == 6
