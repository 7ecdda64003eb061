from itertools import product

import pytest
from django.utils import translation

from second_opinion.cases.states import (
    HAS_LOCKED_PROFILE,
    IS_OPENED,
    IS_OVER,
    TRANSITIONS,
    CaseState,
    illegal_move,
    may_become,
)


def test_every_state_has_its_moves_listed():
    assert set(TRANSITIONS) == set(CaseState)


@pytest.mark.parametrize(("source", "target"), list(product(CaseState, repeat=2)))
def test_a_move_is_legal_exactly_when_it_is_listed(source, target):
    assert may_become(source.value, target) is (target in TRANSITIONS[source])


def test_the_journey_never_goes_back_but_to_the_writing_of_the_order():
    way = [state for state in CaseState if state != CaseState.WITHDRAWN]

    backward = [
        (source, target)
        for source, target in product(way, repeat=2)
        if may_become(source, target) and way.index(target) <= way.index(source)
    ]

    assert backward == [(CaseState.ORDERED, CaseState.DRAFT)]


def test_a_case_can_be_withdrawn_from_any_state_before_the_report():
    withdrawable = {state for state in CaseState if may_become(state, CaseState.WITHDRAWN)}

    assert withdrawable == {
        CaseState.DRAFT,
        CaseState.ORDERED,
        CaseState.PROFILE_LOCKED,
        CaseState.IN_ASSESSMENT,
        CaseState.OPENED,
    }


def test_what_is_over_leads_nowhere():
    assert {state for state, targets in TRANSITIONS.items() if not targets} == IS_OVER


def test_what_is_opened_has_a_locked_profile():
    assert IS_OPENED < HAS_LOCKED_PROFILE


def test_an_illegal_move_is_told_with_what_is_allowed_instead():
    with translation.override("en"):
        sentence = illegal_move(CaseState.ORDERED, CaseState.DECIDED)
        final = illegal_move(CaseState.CLOSED, CaseState.ORDERED)

    assert sentence == (
        "This case is ordered and cannot become decided; "
        "allowed: being written, requirement profile locked, withdrawn, declined."
    )
    assert final == "This case is closed and stays so: it cannot become ordered."
