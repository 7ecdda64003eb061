import dataclasses

import pytest

from second_opinion.reports.analysis import analyse
from second_opinion.reports.analysis.advice import Stakes, advise_on_design, advise_on_further
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
    assert advise_on_design([]) is None
    assert "Nobody is engaged yet" in advice.on_design(None)


def test_one_opinion_is_called_a_single_source():
    assert "single source" in advice.on_design(advise_on_design(["provider"]))


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


def test_the_sentence_says_worth_and_cost_and_where_it_turns(further):
    pays, does_not = further(price=100), further(price=10_000_000)

    assert "would pay" in advice.on_further(pays)
    assert "stop" in advice.on_further(pays)
    assert "would not pay" in advice.on_further(does_not)
    assert "costs SEK" in advice.on_further(does_not)
