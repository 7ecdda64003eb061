"""The halo-aware fit of public data: what docs/methods/halo.md says of it."""

import csv

import pytest

from second_opinion.engine.facets import FacetsModel, fit_facets
from second_opinion.engine.ratings import Ratings, Scale
from tests.engine.facets.samples import writing

pytestmark = pytest.mark.shared_data
CRITERIA = ("Innovation", "Approach", "Investig", "Signif", "Impact")


def grants(folder):
    """AIBS grant panels in whole points, turned so that higher is better."""
    columns = {"candidates": [], "assessors": [], "criteria": [], "scores": []}
    with (folder / "panel_reviews" / "aibs_grant_panels.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            for criterion in CRITERIA:
                if line[criterion] not in ("", "NA"):
                    columns["candidates"].append(line["ID"])
                    columns["assessors"].append(line["RevID"])
                    columns["criteria"].append(criterion)
                    columns["scores"].append(float(round(6 - float(line[criterion]))))
    return Ratings.from_names(**columns, scales=Scale(1, 5))


def test_grant_reviewers_halo_is_as_large_as_the_difference_between_proposals(shared_data):
    ratings = grants(shared_data)

    aware = fit_facets(ratings, model=FacetsModel(halo=True))
    ordinary = fit_facets(ratings)

    # in score points a linear fit finds halo .174 beside candidates .138
    assert aware.halo.variance == pytest.approx(0.81, abs=0.01)
    assert aware.population.variance == pytest.approx(0.85, abs=0.01)
    assert aware.halo.standard_error == pytest.approx(0.22, abs=0.01)
    assert aware.log_likelihood - ordinary.log_likelihood == pytest.approx(22.7, abs=0.1)
    assert aware.standard_error.mean() == pytest.approx(0.556, abs=0.005)
    assert ordinary.standard_error.mean() == pytest.approx(0.377, abs=0.005)
    assert aware.population.eap_reliability == pytest.approx(0.638, abs=0.005)
    assert ordinary.population.eap_reliability == pytest.approx(0.819, abs=0.005)
    assert aware.halo.agreement.mean_rating == pytest.approx(0.39, abs=0.01)


def test_essay_raters_show_less_halo(shared_data):
    fit = fit_facets(writing(shared_data), model=FacetsModel(halo=True, thresholds="criterion"))

    assert fit.deviance == pytest.approx(17562.01, abs=0.1)  # 17666.77 without halo
    assert fit.halo.variance == pytest.approx(0.408, abs=0.003)
    assert fit.halo.standard_error == pytest.approx(0.052, abs=0.002)
    assert fit.population.variance == pytest.approx(2.878, abs=0.005)
    assert fit.population.eap_reliability == pytest.approx(0.805, abs=0.002)  # .8418 without
