"""The moves of a case, as a coordinator makes them on its page."""

import pytest
from django.core import mail

from second_opinion.accounts.states import Role
from second_opinion.audit.tasks import deliver_due
from second_opinion.cases.models import Case
from second_opinion.cases.states import CaseState
from second_opinion.opinions.models import Opening, Opinion
from second_opinion.opinions.states import OpinionKind
from tests import factories
from tests.web.outline import path_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(cast, client):
    client.force_login(cast.coordinator)
    return client


def state_of(case):
    return Case.objects.get(pk=case.pk).state


def page(client, case):
    return client.get(path_of("case", case=case)).content.decode()


def test_the_assessment_is_started_with_one_press(cast, coordinator):
    case = cast.case_in(CaseState.PROFILE_LOCKED)
    assert "Start the assessment" in page(coordinator, case)

    answer = coordinator.post(path_of("start_assessment", case=case), follow=True)

    assert state_of(case) == CaseState.IN_ASSESSMENT
    assert "The assessment has begun." in answer.content.decode()


def test_until_a_candidate_is_told_the_main_thing_to_do_is_to_tell_them(cast, coordinator):
    case = cast.case_in(CaseState.PROFILE_LOCKED)

    first = coordinator.get(path_of("case", case=case)).context["moves"][:2]
    factories.inform(cast, case)
    later = coordinator.get(path_of("case", case=case)).context["moves"][:1]

    assert [(move.words, move.is_main) for move in first] == [
        ("Tell the candidates", True),
        ("Start the assessment", False),
    ]
    assert [(move.words, move.is_main) for move in later] == [("Start the assessment", True)]


def test_a_second_press_changes_nothing_and_says_so(cast, coordinator):
    case = cast.case_in(CaseState.PROFILE_LOCKED)
    coordinator.post(path_of("start_assessment", case=case))

    answer = coordinator.post(path_of("start_assessment", case=case), follow=True)

    assert "cannot become in assessment" in answer.content.decode()
    assert case.transitions.filter(target=CaseState.IN_ASSESSMENT).count() == 1


def test_those_ticked_are_engaged_for_every_candidate_and_told_once(cast, coordinator):
    case = cast.case_in(CaseState.PROFILE_LOCKED)
    who = [
        f"first:{cast.first_assessor.pseudonym}",
        f"second:{cast.second_assessor.pseudonym}",
    ]

    for _ in range(2):
        coordinator.post(path_of("engage", case=case), {"who": who})
    deliver_due()

    engaged = Opinion.objects.filter(candidacy__case=case)
    assert engaged.count() == 4
    assert {(one.assessor, one.kind) for one in engaged} == {
        (cast.first_assessor, OpinionKind.FIRST),
        (cast.second_assessor, OpinionKind.SECOND),
    }
    told = [message for message in mail.outbox if "/assessments/" in message.body]
    assert sorted(message.to for message in told) == [
        [cast.first_assessor.email],
        [cast.second_assessor.email],
    ]
    assert not any("Maja" in message.body + message.subject for message in mail.outbox)


def test_who_is_engaged_already_is_not_offered_again(cast, coordinator):
    case = cast.case_in(CaseState.IN_ASSESSMENT)

    shown = coordinator.get(path_of("engage", case=case)).content.decode()

    assert f"{cast.second_assessor.name}: engaged already" in shown
    assert str(cast.second_assessor.pseudonym) not in shown


def test_the_page_says_who_cannot_be_engaged_and_why(cast, coordinator):
    case = cast.case_in(CaseState.IN_ASSESSMENT)
    cast.orderer.memberships.create(organisation=case.provider, role=Role.ASSESSOR)

    shown = coordinator.get(path_of("engage", case=case)).content.decode()

    assert "would not be independent" in shown


@pytest.mark.parametrize("value", ["", "second:nobody", "third:{assessor}", "first:{assessor}"])
def test_nobody_is_engaged_who_was_not_offered(cast, coordinator, value):
    case = cast.case_in(CaseState.PROFILE_LOCKED)

    answer = coordinator.post(
        path_of("engage", case=case),
        {"who": [value.format(assessor=cast.second_assessor.pseudonym)]},
    )

    assert answer.status_code == 422
    assert not Opinion.objects.exists()


def test_opening_is_asked_about_and_then_done(cast, coordinator):
    case = cast.sealed_case()
    path = path_of("open_case", case=case)
    assert "Opening cannot be undone." in coordinator.get(path).content.decode()
    assert state_of(case) == CaseState.IN_ASSESSMENT

    coordinator.post(path)

    assert state_of(case) == CaseState.OPENED


def test_opening_twice_opens_once(cast, coordinator):
    case = cast.sealed_case()
    coordinator.post(path_of("open_case", case=case))

    answer = coordinator.post(path_of("open_case", case=case), follow=True)

    assert Opening.objects.filter(case=case).count() == 1
    assert "cannot become opened" in answer.content.decode()


def test_before_everything_is_sealed_the_case_says_what_is_waited_for(cast, coordinator):
    case = cast.case_in(CaseState.IN_ASSESSMENT)

    shown = page(coordinator, case)
    answer = coordinator.post(path_of("open_case", case=case))

    assert "After its deadline" in shown
    assert path_of("open_case", case=case) not in shown
    assert answer.status_code == 422
    assert state_of(case) == CaseState.IN_ASSESSMENT


def test_after_the_deadline_the_page_names_who_is_shut_out_and_wants_a_reason(cast, coordinator):
    case = cast.late_case()
    path = path_of("open_case", case=case)

    asked = coordinator.get(path).content.decode()
    without = coordinator.post(path, {"reason": " "})
    coordinator.post(path, {"reason": "Per is ill."})

    assert f"What is not sealed takes no part: {cast.second_assessor.name} on" in asked
    assert without.status_code == 422
    assert "Per is ill." in page(coordinator, case)


@pytest.mark.parametrize("who", ["coordinator", "orderer"])
def test_a_case_is_withdrawn_with_a_reason(who, cast, client):
    case = cast.case_in(CaseState.IN_ASSESSMENT)
    client.force_login(getattr(cast, who))
    path = path_of("withdraw_case", case=case)

    assert client.post(path, {"reason": ""}).status_code == 422
    client.post(path, {"reason": "The role was cancelled."})

    assert state_of(case) == CaseState.WITHDRAWN
    assert "The role was cancelled." in page(client, case)


@pytest.mark.parametrize("name", ["start_assessment", "engage", "open_case"])
def test_nobody_else_makes_the_coordinators_moves(name, cast, client):
    case = cast.sealed_case()
    before = state_of(case)

    for who, status in (("orderer", 403), ("second_assessor", 403), ("other_coordinator", 404)):
        client.force_login(getattr(cast, who))
        assert client.post(path_of(name, case=case)).status_code == status

    assert state_of(case) == before
    assert not case.report_versions.exists()


def test_the_orderer_is_offered_nothing_but_to_withdraw(cast, client):
    case = cast.sealed_case()
    client.force_login(cast.orderer)

    shown = page(client, case)

    assert path_of("withdraw_case", case=case) in shown
    assert path_of("open_case", case=case) not in shown
    assert "Open the opinions" not in shown
