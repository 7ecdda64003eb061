from itertools import product

import pytest

from second_opinion.accounts.policies import Denied
from second_opinion.cases import policies
from second_opinion.cases.states import TRANSITIONS, CaseState
from tests import factories

pytestmark = pytest.mark.django_db

PEOPLE = ("orderer", "decider", "coordinator", "assessor", "stranger")
BEFORE_THE_REPORT = {
    CaseState.ORDERED,
    CaseState.PROFILE_LOCKED,
    CaseState.IN_ASSESSMENT,
    CaseState.OPENED,
}
# Who may, and in which states.
GRID = {
    policies.may_run: ({"coordinator"}, set(CaseState)),
    policies.may_change_profile: ({"coordinator"}, {CaseState.ORDERED}),
    policies.may_lock_profile: ({"coordinator"}, {CaseState.ORDERED}),
    policies.may_start_assessment: ({"coordinator"}, {CaseState.PROFILE_LOCKED}),
    policies.may_withdraw: ({"coordinator", "orderer"}, BEFORE_THE_REPORT),
}


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def case(cast):
    case = factories.make_case(cast)
    case.candidacies.get().opinions.create(
        assessor=cast.assessor, kind="second", **factories.sealed_by_hand()
    )
    return case


@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize(("policy", "who"), list(product(GRID, PEOPLE)))
def test_each_role_may_in_each_state_exactly_what_the_grid_says(cast, case, policy, who, state):
    factories.put_in_state(case, state)
    people, states = GRID[policy]

    decision = policy(getattr(cast, who), case)

    assert bool(decision) is (who in people and state in states)
    if isinstance(decision, Denied):
        assert decision.reason.endswith(".")


@pytest.mark.parametrize("who", PEOPLE)
def test_orderers_and_the_providers_coordinators_order(cast, who):
    decision = policies.may_order(getattr(cast, who), client=cast.client, provider=cast.provider)

    assert bool(decision) is (who in {"orderer", "coordinator"})


def test_the_grid_agrees_with_the_journey():
    withdrawable = {state for state, to in TRANSITIONS.items() if CaseState.WITHDRAWN in to}

    assert withdrawable == BEFORE_THE_REPORT
