from datetime import timedelta
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from second_opinion.cases.models import Case
from second_opinion.cases.services import withdraw_case
from second_opinion.cases.states import CaseState
from second_opinion.reports.selectors import Wanted, counts_for
from second_opinion.web import desk
from tests.copies import copies_of
from tests.web.cast import STAGES


@pytest.fixture
def one_in_each_stage(cast):
    return [cast.case_in(stage, role=f"Role in {stage.value}") for stage in STAGES]


def lines_for(person, **query):
    return desk.lines_of(person, desk.page_for(person, desk.wanted_by(query), None))


def test_what_waits_longest_stands_first(cast):
    roles = ["first", "second", "third"]
    for role in roles:
        cast.order(role=role)

    lines = lines_for(cast.coordinator)

    assert [line.case.role for line in lines] == roles


def test_a_withdrawn_case_stands_last_and_asks_nothing(cast):
    gone, waiting = cast.order(role="gone"), cast.order(role="waiting")
    withdraw_case(actor=cast.coordinator, case=gone, reason="The role was cancelled.")

    lines = lines_for(cast.coordinator)

    assert [line.case for line in lines] == [waiting, gone]
    assert lines[1].sentence == "The case was withdrawn."
    assert not lines[1].waits_for_reader


def test_the_coordinators_turn_is_said_to_the_coordinator(cast, one_in_each_stage):
    sentences = {line.case.state: line.sentence for line in lines_for(cast.coordinator)}

    assert sentences == {
        CaseState.ORDERED: "It is your turn to lock the requirement profile.",
        CaseState.PROFILE_LOCKED: "It is your turn to tell the candidates what it is about.",
        CaseState.IN_ASSESSMENT: "Waiting for Per Sand to seal the assessment.",
        CaseState.OPENED: "It is your turn to write and release the report.",
        CaseState.REPORTED: "Waiting for Erik Norrvik to decide.",
        CaseState.DECIDED: "It is your turn to close the case.",
        CaseState.CLOSED: "The case is closed. Nothing more is asked of anybody.",
    }


def test_the_orderers_turn_is_said_to_the_orderer(cast, one_in_each_stage):
    sentences = {line.case.state: line.sentence for line in lines_for(cast.orderer)}

    assert sentences == {
        CaseState.ORDERED: "Waiting for Anna Lindqvist to lock the requirement profile.",
        CaseState.PROFILE_LOCKED: (
            "Waiting for Anna Lindqvist to tell the candidates what it is about."
        ),
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

    late = {line.case: line.is_late for line in lines_for(cast.coordinator)}

    assert late == {past: True, today: False, reported: False}


def test_a_choice_shows_what_its_words_say(cast, one_in_each_stage):
    all_stages = [stage.value for stage in STAGES]
    for query, found in (
        ({}, all_stages),
        ({"waits": "me"}, ["ordered", "profile_locked", "opened", "decided"]),
        ({"waits": "coordinator"}, ["ordered", "profile_locked", "opened", "decided"]),
        ({"waits": "client"}, ["reported"]),
        ({"waits": "assessors"}, ["in_assessment"]),
        ({"stage": "opened"}, ["opened"]),
        ({"stage": "opened", "waits": "client"}, []),
        ({"stage": "withdrawn"}, []),
        ({"stage": "'; drop table"}, all_stages),
        ({"due": "late"}, []),
        ({"q": "in_ass role"}, ["in_assessment"]),
    ):
        lines = lines_for(cast.coordinator, **query)

        assert [line.case.state for line in lines] == found, query


def test_a_choice_keeps_its_address():
    for query in ("", "waits=me", "q=a+b&stage=opened&waits=client&due=week&sort=due"):
        assert desk.query_of(desk.wanted_by(dict(parse_qsl(query)))) == query


def test_what_is_due_soonest_stands_first_where_that_is_asked_for(cast):
    for days in (9, 3, 6):
        cast.order(role=f"in {days}", due_on=timezone.localdate() + timedelta(days=days))

    lines = lines_for(cast.coordinator, sort="due")

    assert [line.case.role for line in lines] == ["in 3", "in 6", "in 9"]
    assert len(lines_for(cast.coordinator, due="week")) == 2


def test_filters_name_only_stages_that_have_a_case(cast, one_in_each_stage):
    counts = counts_for(cast.coordinator)

    named = [(each.words, each.count) for each in desk.filters(counts, Wanted())]

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


def test_the_board_shows_each_stage_that_goes_on_and_what_waits_longest_in_it(cast):
    cast.case_in(CaseState.CLOSED)
    copies_of(cast.order(role="waits longest"), desk.CASES_PER_COLUMN)

    columns = desk.board_for(cast.coordinator, counts_for(cast.coordinator))

    assert [(column.title, column.count, column.more) for column in columns] == [
        ("Ordered", desk.CASES_PER_COLUMN + 1, 1)
    ]
    assert columns[0].lines[0].case.role == "waits longest"


@pytest.mark.parametrize("number", ["2", "99", "-1", "x", None])
def test_a_page_that_does_not_exist_is_answered_with_the_nearest(number, cast, client):
    copies_of(cast.order(), desk.CASES_PER_PAGE)
    client.force_login(cast.coordinator)

    answer = client.get("/", {} if number is None else {"page": number})

    expected = 1 if number in {"2", "99", "-1"} else desk.CASES_PER_PAGE
    assert answer.content.count(b"<h2>") == expected


@pytest.mark.parametrize("page", ["cases", "board"])
@pytest.mark.parametrize("stage", [*STAGES, "all sealed"])
def test_a_list_asks_the_database_as_often_for_many_cases_as_for_one(stage, page, cast, client):
    client.force_login(cast.coordinator)
    case = cast.sealed_case() if stage == "all sealed" else cast.case_in(stage)
    asked = {1: _count(client, page)}

    copies_of(case, 2)
    asked[3] = _count(client, page)
    copies_of(case, 47)
    asked[50] = _count(client, page)

    assert asked[1] == asked[3] == asked[50]


def _count(client, page):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(page)).status_code == 200
    return len(queries)


def test_namesakes_do_not_wait_for_each_other(cast):
    case = cast.case_in(CaseState.REPORTED)
    cast.coordinator.name = cast.orderer.name
    cast.coordinator.save()

    line = desk.line_for(cast.coordinator, Case.objects.get(pk=case.pk))

    assert not line.waits_for_reader
