from datetime import UTC, date, datetime

import pytest

from second_opinion.cases import selectors
from second_opinion.cases.states import CaseState, NextAction
from tests import factories

pytestmark = pytest.mark.django_db


def test_coordinators_see_their_providers_cases_and_orderers_their_own(cast):
    case = factories.make_case(cast)
    colleague = factories.make_person(factories.Role.COORDINATOR, organisation=cast.provider)
    other_orderer = factories.make_person(factories.Role.ORDERER, organisation=cast.client)

    sees = {
        person: list(selectors.cases_visible_to(person))
        for person in (
            cast.coordinator,
            colleague,
            cast.orderer,
            other_orderer,
            cast.decider,
            cast.assessor,
            cast.stranger,
        )
    }

    assert [person for person, cases in sees.items() if cases == [case]] == [
        cast.coordinator,
        colleague,
        cast.orderer,
    ]
    assert {tuple(cases) for cases in sees.values()} == {(case,), ()}


def test_an_orderer_who_left_the_client_sees_nothing_of_it_any_more(cast):
    factories.make_case(cast)

    cast.orderer.memberships.all().delete()

    assert not selectors.cases_visible_to(cast.orderer).exists()


def test_a_case_is_found_by_its_pseudonym_for_those_who_may_see_it(cast):
    case = factories.make_case(cast)

    assert selectors.case_for(cast.orderer, case.pseudonym) == case
    assert selectors.case_for(cast.stranger, case.pseudonym) is None


def test_a_person_with_several_roles_sees_each_case_once(cast):
    case = factories.make_case(cast)
    factories.accounts.give_role(
        actor=None,
        person=cast.orderer,
        organisation=cast.provider,
        role=factories.Role.COORDINATOR,
    )

    assert list(selectors.cases_visible_to(cast.orderer)) == [case]


def test_the_timeline_tells_who_and_when_in_order(cast):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)

    steps = selectors.timeline_of(case)

    assert [step.state for step in steps] == [
        CaseState.ORDERED,
        CaseState.PROFILE_LOCKED,
        CaseState.IN_ASSESSMENT,
    ]
    assert {step.who for step in steps} == {"Cilla Coordinator"}
    assert [step.at for step in steps] == sorted(step.at for step in steps)


@pytest.mark.parametrize(
    ("state", "action", "who"),
    [
        (CaseState.ORDERED, NextAction.LOCK_PROFILE, "Cilla Coordinator"),
        (CaseState.PROFILE_LOCKED, NextAction.START_ASSESSMENT, "Cilla Coordinator"),
        (CaseState.OPENED, NextAction.RELEASE_REPORT, "Cilla Coordinator"),
        (CaseState.REPORTED, NextAction.DECIDE, "Olle Orderer"),
    ],
)
def test_the_next_step_says_what_and_for_whom_it_waits(cast, state, action, who):
    case = factories.make_case(cast, state=state)

    step = selectors.next_step(case)

    assert (step.action, step.waiting_for, step.due_on) == (action, (who,), factories.DUE)
    assert step.since == case.transitions.last().at
    assert who in step.sentence


def test_names_are_listed_as_in_a_sentence(cast):
    case = factories.make_case(cast)

    step = selectors.next_step(
        case, action=NextAction.SEAL_OPINIONS, waiting_for=["Anna", "Bo", "Cilla"]
    )

    assert "Anna, Bo and Cilla" in step.sentence or "Anna, Bo och Cilla" in step.sentence


@pytest.mark.parametrize("action", NextAction)
def test_every_action_has_a_sentence_that_names_who_is_waited_for(cast, action):
    case = factories.make_case(cast)

    step = selectors.next_step(case, action=action, waiting_for=["Anna"])

    assert "Anna" in step.sentence


def test_a_due_date_ends_at_midnight_where_the_provider_is(cast):
    cast.provider.time_zone = "Europe/Stockholm"
    case = factories.make_case(cast, due_on=date(2099, 12, 10))

    assert selectors.due_at(case) == datetime(2099, 12, 10, 23, 0, tzinfo=UTC)


def test_reading_cases_takes_the_same_queries_for_one_and_three(cast, django_assert_num_queries):
    ordered = {"deciders": [cast.decider]}
    factories.write_profile(cast, factories.make_case(cast, **ordered))
    with django_assert_num_queries(6):
        read_list(cast.coordinator)
    for _ in range(2):
        factories.write_profile(cast, factories.make_case(cast, **ordered))

    with django_assert_num_queries(6):
        assert len(read_list(cast.coordinator)) == 3


def read_list(person):
    cases = list(selectors.cases_visible_to(person))
    return [
        (case.client.name, case.provider.name, step, len(case.candidacies.all()))
        for case, step in zip(cases, selectors.next_steps(cases), strict=True)
    ]
