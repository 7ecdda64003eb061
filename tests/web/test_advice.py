import pytest

from second_opinion.cases.services import Grounds, lock_profile, write_profile
from second_opinion.cases.states import CaseState, Method
from second_opinion.web.advice import advice_on
from tests.web.cast import CRITERIA, STAGES

STAKES = {"price": 25_000, "yearly_pay": 720_000, "worked_out": 6}


@pytest.mark.parametrize("stage", STAGES)
def test_only_the_coordinator_is_advised(stage, cast):
    case = cast.case_in(stage, **STAKES)

    others = (cast.orderer, cast.first_assessor, cast.second_assessor, cast.other_coordinator)

    assert [advice_on(person, case) for person in others] == [""] * len(others)
    nothing_to_advise = {CaseState.ORDERED, CaseState.DECIDED, CaseState.CLOSED}
    assert bool(advice_on(cast.coordinator, case)) == (stage not in nothing_to_advise)


def test_before_the_opening_it_rests_on_who_is_engaged(cast):
    case = cast.case_in(CaseState.IN_ASSESSMENT, **STAKES)

    assert advice_on(cast.coordinator, case) == (
        "2 opinions on each candidate are worth 2.0 independent ones; together their reliability "
        "is expected to be about 0.61."
    )


def test_before_the_opening_it_names_the_criteria_that_nobody_will_observe(cast):
    case = cast.case_in(CaseState.ORDERED)
    by_test = {"Handles conflict": Grounds(reason="", methods=(Method.TEST,))}
    write_profile(actor=cast.coordinator, case=case, criteria=CRITERIA, grounds=by_test)
    lock_profile(actor=cast.coordinator, case=case)
    case.refresh_from_db()

    assert "Nobody will observe Handles conflict" in advice_on(cast.coordinator, case)


def test_after_the_opening_it_weighs_worth_against_price(cast):
    case = cast.case_in(CaseState.OPENED, **STAKES)

    assert "SEK" in advice_on(cast.coordinator, case)


def test_an_order_without_stakes_is_said_to_be_so(cast):
    case = cast.case_in(CaseState.OPENED)

    assert "cannot be reckoned" in advice_on(cast.coordinator, case)
