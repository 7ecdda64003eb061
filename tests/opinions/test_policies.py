from itertools import product

import pytest

from second_opinion.accounts.policies import Denied
from second_opinion.cases import services as cases
from second_opinion.cases.states import CaseState
from second_opinion.opinions import policies, selectors
from second_opinion.opinions.states import OpinionKind
from tests import factories

pytestmark = pytest.mark.django_db

PEOPLE = ("orderer", "decider", "coordinator", "assessor", "stranger", "outsider")
GRID = {
    policies.may_engage: ({"coordinator"}, {CaseState.PROFILE_LOCKED, CaseState.IN_ASSESSMENT}),
    policies.may_open: ({"coordinator"}, {CaseState.IN_ASSESSMENT}),
}
MAY_GIVE = {
    OpinionKind.FIRST: {"orderer", "decider"},
    OpinionKind.SECOND: {"assessor"},
    OpinionKind.THIRD: {"assessor", "outsider"},
}


@pytest.fixture
def cast():
    cast = factories.Cast()
    cast.outsider = factories.make_person(
        factories.Role.ASSESSOR, organisation=factories.make_organisation("Third")
    )
    return cast


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
    assert not isinstance(decision, Denied) or decision.reason.endswith(".")


@pytest.mark.parametrize(("kind", "who"), list(product(OpinionKind, PEOPLE)))
def test_an_opinion_comes_from_whom_its_kind_says(cast, case, kind, who):
    decision = policies.may_give(getattr(cast, who), case, kind)

    assert bool(decision) is (who in MAY_GIVE[kind])


@pytest.mark.parametrize("kind", [OpinionKind.SECOND, OpinionKind.THIRD])
def test_who_orders_gives_no_independent_opinion_even_as_an_assessor(cast, case, kind):
    factories.accounts.give_role(
        actor=None,
        person=cast.orderer,
        organisation=cast.provider,
        role=factories.Role.ASSESSOR,
    )

    decision = policies.may_give(cast.orderer, case, kind)

    assert "would not be independent" in decision.reason


def test_who_runs_the_case_does_not_give_the_clients_opinion(cast, case):
    factories.accounts.give_role(
        actor=None,
        person=cast.coordinator,
        organisation=cast.client,
        role=factories.Role.DECIDER,
    )

    decision = policies.may_give(cast.coordinator, case, OpinionKind.FIRST)

    assert "belongs to both Client and Provider" in decision.reason


def test_a_coordinator_who_works_alone_may_be_the_providers_assessor(cast, case):
    factories.accounts.give_role(
        actor=None,
        person=cast.coordinator,
        organisation=cast.provider,
        role=factories.Role.ASSESSOR,
    )

    assert policies.may_give(cast.coordinator, case, OpinionKind.SECOND)
    assert not selectors.is_opening_automatic(case)
    factories.lock_profile(cast, case)
    factories.engage(cast, case.candidacies.get(), cast.coordinator, OpinionKind.SECOND)
    assert selectors.is_opening_automatic(case)


def test_who_runs_the_case_does_not_assess_in_it_where_another_could_run_it(cast, case):
    factories.accounts.give_role(
        actor=None,
        person=cast.coordinator,
        organisation=cast.provider,
        role=factories.Role.ASSESSOR,
    )
    factories.make_person(factories.Role.COORDINATOR, organisation=cast.provider)

    decision = policies.may_give(cast.coordinator, case, OpinionKind.SECOND)

    assert "let one of them run it" in decision.reason


def test_nobody_gives_the_first_opinion_and_the_second(cast, case):
    factories.lock_profile(cast, case)
    factories.engage(cast, case.candidacies.get(), cast.decider, OpinionKind.FIRST)

    decision = policies.may_give(cast.decider, case, OpinionKind.THIRD)

    assert "the first once more" in decision.reason


def test_a_first_opinion_that_was_waived_is_not_asked_for(cast):
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)
    cases.waive_first_opinion(actor=cast.coordinator, case=case, reason="No time.")

    decision = policies.may_give(cast.decider, case, OpinionKind.FIRST)

    assert "the client wanted none" in decision.reason


@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize("who", PEOPLE)
def test_an_opinion_is_recorded_by_its_assessor_during_the_assessment(cast, who, state):
    case = factories.make_case(cast)
    factories.tell_by_hand(case.candidacies.get())
    opinion = case.candidacies.get().opinions.create(assessor=cast.assessor, kind="second")
    factories.declare(opinion)
    if state == CaseState.OPENED:  # the database lets no unsealed case be opened
        opinion.candidacy.case.state = state
    else:
        opinion.candidacy.case = factories.put_in_state(case, state)

    decision = policies.may_record(getattr(cast, who), opinion)

    assert bool(decision) is (who == "assessor" and state == CaseState.IN_ASSESSMENT)
