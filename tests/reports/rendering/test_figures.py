import json

import pytest

from second_opinion.reports.analysis import analyse
from second_opinion.reports.rendering import report_figures
from tests.reports.case_files import SECOND, a_case, an_opinion


def figures(case):
    """What a program reads: through JSON, as the file has it."""
    return json.loads(json.dumps(report_figures(case, analyse(case)), allow_nan=False))


def test_figures_name_their_schema_and_what_they_were_computed_from():
    found = figures(a_case())

    assert found["schema"] == "second-opinion/opine/2"
    assert (found["role"], found["bar"], found["interval_level"]) == ("Head of Finance", 3, 0.8)
    assert found["population"]["source"] == "planning defaults"
    assert found["population"]["components"].keys() == {
        "candidate",
        "candidate_by_criterion",
        "severity",
        "halo",
        "residual",
        "assessor_by_criterion",
    }


def test_figures_are_those_of_the_analysis():
    case = a_case()
    (analysed,) = analyse(case).candidates

    (candidate,) = figures(case)["candidates"]

    assert candidate["name"] == "Kim"
    assert candidate["conclusion"] == "supported"
    assert candidate["probability_above_bar"] == pytest.approx(analysed.whole.probability_above_bar)
    assert candidate["whole"]["mean"] == pytest.approx(analysed.whole.estimate.mean)
    for criterion, expected in zip(candidate["criteria"], analysed.criteria, strict=True):
        assert (criterion["name"], criterion["opinions"]) == (expected.name, expected.opinions)
        assert criterion["low"] < criterion["mean"] < criterion["high"]


def test_a_score_not_observed_is_null_and_not_counted():
    case = a_case(an_opinion((4, None, 3)), an_opinion((4, 2, None), kind=SECOND, assessor="Jonas"))

    (candidate,) = figures(case)["candidates"]

    assert [criterion["opinions"] for criterion in candidate["criteria"]] == [2, 1, 1]
    assert candidate["criteria"][1]["scores"] == [
        {"assessor": "Maria", "kind": "first", "score": None},
        {"assessor": "Jonas", "kind": "second", "score": 2},
    ]


def test_a_criterion_without_a_minimum_has_null():
    (candidate,) = figures(a_case())["candidates"]

    assert candidate["criteria"][1]["probability_below_minimum"] is None
    assert 0 < candidate["criteria"][0]["probability_below_minimum"] < 1
