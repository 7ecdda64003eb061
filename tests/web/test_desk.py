from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from second_opinion.cases.models import Case
from second_opinion.cases.services import withdraw_case
from second_opinion.cases.states import CaseState
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.services import seal_opinion
from second_opinion.web import desk
from tests.web.cast import STAGES


@pytest.fixture
def one_in_each_stage(cast):
    return [cast.case_in(stage, role=f"Role in {stage.value}") for stage in STAGES]


def test_what_waits_longest_stands_first(cast):
    roles = ["first", "second", "third"]
    for role in roles:
        cast.order(role=role)

    lines = desk.lines_for(cast.coordinator)

    assert [line.case.role for line in lines] == roles


def test_a_withdrawn_case_stands_last_and_asks_nothing(cast):
    gone, waiting = cast.order(role="gone"), cast.order(role="waiting")
    withdraw_case(actor=cast.coordinator, case=gone, reason="The role was cancelled.")

    lines = desk.lines_for(cast.coordinator)

    assert [line.case for line in lines] == [waiting, gone]
    assert lines[1].sentence == "The case was withdrawn."
    assert not lines[1].waits_for_reader


def test_the_coordinators_turn_is_said_to_the_coordinator(cast, one_in_each_stage):
    sentences = {line.case.state: line.sentence for line in desk.lines_for(cast.coordinator)}

    assert sentences == {
        CaseState.ORDERED: "It is your turn to lock the requirement profile.",
        CaseState.PROFILE_LOCKED: "It is your turn to start the assessment.",
        CaseState.IN_ASSESSMENT: "Waiting for Per Sand to seal the assessment.",
        CaseState.OPENED: "It is your turn to write and release the report.",
        CaseState.REPORTED: "Waiting for Erik Norrvik to decide.",
        CaseState.DECIDED: "It is your turn to close the case.",
        CaseState.CLOSED: "The case is closed. Nothing more is asked of anybody.",
    }


def test_the_orderers_turn_is_said_to_the_orderer(cast, one_in_each_stage):
    sentences = {line.case.state: line.sentence for line in desk.lines_for(cast.orderer)}

    assert sentences == {
        CaseState.ORDERED: "Waiting for Anna Lindqvist to lock the requirement profile.",
        CaseState.PROFILE_LOCKED: "Waiting for Anna Lindqvist to start the assessment.",
        CaseState.IN_ASSESSMENT: ("The assessment is under way. All opinions are opened together."),
        CaseState.OPENED: "Waiting for Anna Lindqvist to write and release the report.",
        CaseState.REPORTED: "It is your turn to decide.",
        CaseState.DECIDED: "Waiting for Anna Lindqvist to close the case.",
        CaseState.CLOSED: "The case is closed. Nothing more is asked of anybody.",
    }


def test_a_case_is_late_only_after_24_00_and_only_until_it_is_reported(cast):
    yesterday = timezone.localdate() - timedelta(days=1)
    past = cast.order(due_on=yesterday, role="past")
    today = cast.order(due_on=timezone.localdate(), role="today")
    reported = cast.case_in(CaseState.REPORTED, due_on=yesterday, role="reported")

    late = {line.case: line.is_late for line in desk.lines_for(cast.coordinator)}

    assert late == {past: True, today: False, reported: False}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [stage.value for stage in STAGES]),
        ({"show": "mine"}, ["ordered", "profile_locked", "opened", "decided"]),
        ({"stage": "opened"}, ["opened"]),
        ({"stage": "closed"}, ["closed"]),
        ({"stage": "withdrawn"}, []),
        ({"stage": "'; drop table"}, [stage.value for stage in STAGES]),
    ],
)
def test_a_choice_shows_what_its_words_say(query, found, cast, one_in_each_stage):
    lines = desk.lines_for(cast.coordinator)

    assert [line.case.state for line in desk.Choice.parse(query).of(lines)] == found


def test_filters_name_only_stages_that_have_a_case(cast, one_in_each_stage):
    lines = desk.lines_for(cast.coordinator)

    named = [(each.words, each.count) for each in desk.filters(lines, desk.Choice())]

    assert named == [
        ("All", 7),
        ("Waiting for me", 4),
        ("Ordered", 1),
        ("Requirement profile locked", 1),
        ("In assessment", 1),
        ("Opened", 1),
        ("Reported", 1),
        ("Decided", 1),
        ("Closed", 1),
    ]


@pytest.mark.parametrize("number", ["2", "99", "-1", "x", None])
def test_a_page_that_does_not_exist_is_answered_with_the_nearest(number, cast, client):
    for index in range(desk.CASES_PER_PAGE + 1):
        cast.order(role=f"Role {index}")
    client.force_login(cast.coordinator)

    answer = client.get("/", {} if number is None else {"page": number})

    expected = 1 if number in {"2", "99", "-1"} else desk.CASES_PER_PAGE
    assert answer.content.count(b"<h2>") == expected


@pytest.mark.parametrize("stage", [*STAGES, "all sealed"])
def test_the_list_asks_the_database_as_often_for_many_cases_as_for_one(stage, cast, client):
    """Fifty where a case is soon made; later stages take long to reach, and are asked for alike."""
    many = 50 if stage in (CaseState.ORDERED, CaseState.IN_ASSESSMENT) else 8
    client.force_login(cast.coordinator)
    asked = {1: _count(client, cast, stage, more=1)}

    asked[3] = _count(client, cast, stage, more=2)
    asked[many] = _count(client, cast, stage, more=many - 3)

    assert asked[1] == asked[3] == asked[many]


def _count(client, cast, stage, *, more):
    for _ in range(more):
        case = cast.case_in(CaseState.IN_ASSESSMENT if stage == "all sealed" else stage)
        if stage == "all sealed":
            for opinion in Opinion.objects.filter(candidacy__case=case, sealed_at=None):
                seal_opinion(actor=opinion.assessor, opinion=opinion)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/").status_code == 200
    return len(queries)


def test_namesakes_do_not_wait_for_each_other(cast):
    case = cast.case_in(CaseState.REPORTED)
    cast.coordinator.name = cast.orderer.name
    cast.coordinator.save()

    line = desk.line_for(cast.coordinator, Case.objects.get(pk=case.pk))

    assert not line.waits_for_reader
