import dataclasses

import pytest

from second_opinion.cases.states import Method
from second_opinion.reports.analysis import analyse
from second_opinion.reports.analysis.advice import (
    SEEN_BY_AN_ASSESSOR,
    Stakes,
    advise_on_design,
    advise_on_further,
)
from second_opinion.reports.writing import advice
from tests.reports.case_files import a_case

STAKES = Stakes(price=25_000, yearly_pay=720_000, worked_out=6)


def test_two_separate_opinions_are_as_reliable_as_spearman_brown_says():
    design = advise_on_design(["client", "provider"])

    assert design.effective_opinions == pytest.approx(2)
    assert design.reliability == pytest.approx(0.611111, abs=1e-6)  # from .44: 2 r / (1 + r)


def test_two_of_one_employer_are_worth_less_than_two():
    same, apart = advise_on_design(["provider"] * 2), advise_on_design(["client", "provider"])

    assert 1 < same.effective_opinions < 2
    assert same.reliability < apart.reliability


def test_nobody_engaged_is_said_in_words():
    assert advice.on_design(advise_on_design([])) == "Nobody is engaged yet."


CRITERIA = {
    "Leadership": ["interview", "reference"],
    "Numbers": ["test"],
    "Judgement": ["interview"],
    "Pressure": ["questionnaire", "reference"],
}


def test_criteria_that_no_assessor_will_see_are_named_whoever_is_engaged():
    for employers in ([], ["provider"], ["client", "provider"]):
        design = advise_on_design(employers, CRITERIA)

        assert design.unobserved == ("Numbers", "Pressure")
        assert "Nobody will observe Numbers and Pressure" in advice.on_design(design)


def test_a_source_is_an_opinion_or_a_method_that_is_none():
    one, two = advise_on_design(["provider"], CRITERIA), advise_on_design(["a", "b"], CRITERIA)

    assert one.single_source == ("Numbers", "Judgement")
    assert two.single_source == ("Numbers",)
    assert "A single source tells of Numbers" in advice.on_design(two)


def test_methods_change_nothing_of_how_reliable_opinions_are():
    assert (
        advise_on_design(["a", "b"], CRITERIA).reliability
        == advise_on_design(["a", "b"]).reliability
    )


def test_every_method_is_seen_by_an_assessor_or_is_a_source_of_its_own():
    assert set(Method.values) > SEEN_BY_AN_ASSESSOR


@pytest.fixture
def further():
    case = a_case()
    analysis = analyse(case)
    return lambda **changes: advise_on_further(
        case, analysis, dataclasses.replace(STAKES, **changes)
    )


def test_a_further_opinion_stops_paying_where_it_says(further):
    limit = further().pays_up_to

    assert limit > 0
    assert further(price=limit * 0.99).opinions > 0
    assert further(price=limit * 1.01).opinions == 0


def test_the_dearer_the_role_the_more_a_further_opinion_is_worth(further):
    at_once = [further(yearly_pay=pay, price=10**9).value for pay in (400_000, 800_000)]

    assert at_once[1] == pytest.approx(2 * at_once[0])


def test_what_a_wrong_hire_would_cost_decides_over_the_pay(further):
    dear, dearer = (
        further(cost_of_wrong_hire=cost, price=10**9).value for cost in (1_000_000, 3_000_000)
    )

    assert dearer == pytest.approx(3 * dear)
    assert dear == pytest.approx(
        further(cost_of_wrong_hire=1_000_000, yearly_pay=None, price=10**9).value
    )


def test_the_sentence_says_worth_and_cost_and_where_it_turns(further):
    pays, does_not = further(price=100), further(price=10_000_000)

    assert "would pay" in advice.on_further(pays)
    assert "stop" in advice.on_further(pays)
    assert "would not pay" in advice.on_further(does_not)
    assert "costs SEK" in advice.on_further(does_not)
