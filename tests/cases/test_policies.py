import pytest

from second_opinion.accounts.policies import Denied
from second_opinion.cases import policies
from second_opinion.cases.states import TRANSITIONS, CaseState, Part
from tests import factories

pytestmark = pytest.mark.django_db

PEOPLE = ("orderer", "colleague", "decider", "coordinator", "assessor", "stranger")
DRAFT, ORDERED, LOCKED = CaseState.DRAFT, CaseState.ORDERED, CaseState.PROFILE_LOCKED
BEFORE_THE_REPORT = {DRAFT, ORDERED, LOCKED, CaseState.IN_ASSESSMENT, CaseState.OPENED}
# Who may, and in which states.
GRID = {
    policies.may_run: {who: set(CaseState) for who in ["coordinator"]},
    policies.may_write_order: {"orderer": {DRAFT}, "colleague": {DRAFT}},
    policies.may_submit_order: {"orderer": {DRAFT}},
    policies.may_sign_why: {"orderer": {ORDERED, LOCKED}},
    policies.may_ask_back: {"coordinator": {ORDERED}},
    policies.may_decline: {"coordinator": {ORDERED}},
    policies.may_name_deciders: {
        "orderer": {DRAFT},
        "colleague": {DRAFT},
        "coordinator": {ORDERED},
    },
    policies.may_change_profile: {
        "orderer": {DRAFT},
        "colleague": {DRAFT},
        "coordinator": {ORDERED},
    },
    policies.may_make_new_version: {"coordinator": {LOCKED}},
    policies.may_answer_profile: {"decider": {ORDERED}},
    policies.may_lock_profile: {"coordinator": {ORDERED}},
    policies.may_waive_first_opinion: {"coordinator": {ORDERED, LOCKED}},
    policies.may_start_assessment: {"coordinator": {LOCKED}},
    policies.may_withdraw: {
        "orderer": BEFORE_THE_REPORT,
        "coordinator": BEFORE_THE_REPORT - {DRAFT},
    },
}


@pytest.fixture
def cast():
    cast = factories.Cast()
    cast.colleague = factories.make_person(factories.Role.ORDERER, organisation=cast.client)
    return cast


@pytest.fixture
def case(cast):
    case = factories.make_case(cast, deciders=[cast.decider])
    case.candidacies.get().opinions.create(
        assessor=cast.assessor, kind="second", **factories.sealed_by_hand()
    )
    return case


@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize("policy", GRID)
def test_each_role_may_in_each_state_exactly_what_the_grid_says(cast, case, policy, state):
    factories.put_in_state(case, state)

    decisions = {who: policy(getattr(cast, who), case) for who in PEOPLE}

    allowed = {who for who, decision in decisions.items() if decision}
    assert allowed == {who for who, states in GRID[policy].items() if state in states}
    reasons = [each.reason for each in decisions.values() if isinstance(each, Denied)]
    assert all(reason.endswith(".") for reason in reasons)


@pytest.mark.parametrize("who", PEOPLE)
def test_orderers_and_the_providers_coordinators_order(cast, who):
    decision = policies.may_order(getattr(cast, who), client=cast.client, provider=cast.provider)

    assert bool(decision) is (who in {"orderer", "colleague", "coordinator"})


def test_the_grid_agrees_with_the_journey():
    withdrawable = {state for state, to in TRANSITIONS.items() if CaseState.WITHDRAWN in to}

    assert withdrawable == BEFORE_THE_REPORT


@pytest.mark.parametrize(
    ("who", "part", "held", "sentence"),
    [
        ("orderer", Part.COORDINATOR, set(), "cannot run it too"),
        ("coordinator", Part.ORDERER, set(), "cannot run it too"),
        ("decider", Part.COORDINATOR, set(), "steer towards"),
        ("coordinator", Part.DECIDER, set(), "steer towards"),
        ("coordinator", Part.FIRST_ASSESSOR, set(), "the client's own opinion"),
        ("orderer", Part.ASSESSOR, set(), "cannot give an independent opinion"),
        ("decider", Part.ASSESSOR, set(), "cannot give an independent opinion"),
        ("assessor", Part.ASSESSOR, {Part.FIRST_ASSESSOR}, "the first once more"),
        ("assessor", Part.FIRST_ASSESSOR, {Part.ASSESSOR}, "the first once more"),
    ],
)
def test_one_person_has_one_interest(cast, case, who, part, held, sentence):
    decision = policies.keeps_interests_apart(getattr(cast, who), case, part, held=frozenset(held))

    assert sentence in decision.reason


@pytest.mark.parametrize(
    ("who", "part"),
    [
        ("orderer", Part.DECIDER),
        ("orderer", Part.FIRST_ASSESSOR),
        ("decider", Part.FIRST_ASSESSOR),
        ("coordinator", Part.ASSESSOR),
    ],
)
def test_parts_on_one_side_meet_in_one_person(cast, case, who, part):
    assert policies.keeps_interests_apart(getattr(cast, who), case, part)


@pytest.mark.parametrize("part", Part)
def test_nobody_takes_part_on_both_sides(cast, case, part):
    person = factories.make_person(factories.Role.ANALYST, organisation=cast.client)
    factories.accounts.give_role(
        actor=None, person=person, organisation=cast.provider, role=factories.Role.ANALYST
    )

    decision = policies.keeps_interests_apart(person, case, part)

    assert "belongs to both Client and Provider" in decision.reason
