"""Two presses on one button, or two tabs: the second does nothing more, and is told so kindly."""

import pytest
from django.test import Client
from django.urls import reverse

from second_opinion.audit.models import Event
from second_opinion.cases.states import CaseState
from second_opinion.reports.states import Answer
from tests.journey.world import ALL_SEALED, World

pytestmark = pytest.mark.django_db


def of_case(name):
    return lambda world: reverse(name, args=[world.case.pseudonym])


def of_opinion(name):
    return lambda world: reverse(name, args=[world.opinion.pseudonym])


def of_version(name, which="version"):
    return lambda world: reverse(name, args=[getattr(world, which).pseudonym])


def nothing(_world):
    return {}


def a_reason(_world):
    return {"reason": "The role was cancelled."}


def an_answer(world):
    return {str(world.candidacy.pseudonym): Answer.HIRE.value}


def a_decision(_world):
    return {"hired": "none", "reasons": "Nobody fitted.", "against": "The reference."}


def an_objection(_world):
    return {"version": "1", "answer": "object", "words": "Too vague."}


PRESSES = [
    (CaseState.DRAFT, "orderer", of_case("submit_order"), nothing),
    (CaseState.ORDERED, "decider", of_case("profile"), an_objection),
    (CaseState.ORDERED, "coordinator", of_case("ask_back"), a_reason),
    (CaseState.ORDERED, "coordinator", of_case("decline"), a_reason),
    (CaseState.ORDERED, "coordinator", of_case("accept"), nothing),
    (CaseState.PROFILE_LOCKED, "coordinator", of_case("start_assessment"), nothing),
    (CaseState.PROFILE_LOCKED, "coordinator", of_case("waive_first_opinion"), a_reason),
    (CaseState.PROFILE_LOCKED, "coordinator", of_case("change_profile"), a_reason),
    (CaseState.IN_ASSESSMENT, "second assessor", of_opinion("seal_assessment"), nothing),
    (CaseState.IN_ASSESSMENT, "coordinator", of_case("withdraw_case"), a_reason),
    (ALL_SEALED, "coordinator", of_case("open_case"), nothing),
    (CaseState.OPENED, "coordinator", of_version("to_candidates", "new_version"), nothing),
    (CaseState.OPENED, "coordinator", of_version("release_report"), nothing),
    (CaseState.REPORTED, "decider", of_case("quick_answers"), an_answer),
    (CaseState.REPORTED, "orderer", of_case("decision"), a_decision),
    (CaseState.DECIDED, "coordinator", of_case("close_case"), nothing),
]


@pytest.mark.parametrize(("stage", "who", "address", "words"), PRESSES)
def test_a_second_press_changes_nothing(stage, who, address, words):
    world = World(stage)
    client = Client()
    client.force_login(world.people[who])
    path, sent = address(world), words(world)
    before = Event.objects.count()

    client.post(path, sent)
    once = Event.objects.count()
    second = client.post(path, sent, follow=True)

    assert once > before
    assert Event.objects.count() == once
    assert second.status_code in {200, 403, 422}
