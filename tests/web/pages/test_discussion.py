"""The discussion on its pages: who reads, who writes, and what a revision asks for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from second_opinion.candidates.services import make_token
from second_opinion.cases.selectors import criteria_of
from second_opinion.cases.states import CaseState
from second_opinion.opinions.models import Remark, Revision
from tests import factories
from tests.web.outline import path_of

pytestmark = pytest.mark.django_db

WORDS = "Zirkonium was said of it."


@pytest.fixture
def case(cast):
    return cast.case_in(CaseState.OPENED)


@pytest.fixture
def visit(client):
    def go(person, path, sent=None):
        client.force_login(person)
        return client.post(path, sent) if sent is not None else client.get(path)

    return go


def test_assessors_and_coordinators_read_and_write_in_a_thread(cast, case, visit):
    path = path_of("thread", case=case)

    for person in (cast.coordinator, cast.first_assessor, cast.second_assessor):
        assert visit(person, path, {"words": f"{WORDS} {person.name}"}).status_code == 302

    page = visit(cast.second_assessor, path).content.decode()
    assert page.count(WORDS) == 3


def test_nobody_else_reads_or_writes_there(cast, case, visit):
    paths = [path_of(name, case=case) for name in ("discussion", "thread", "revise_rating")]

    statuses = {
        (person.name, visit(person, path).status_code)
        for person in (cast.orderer, cast.decider, cast.other_coordinator, cast.newcomer)
        for path in paths
    }

    assert statuses == {
        ("Erik Norrvik", 403),
        ("Doris Dahl", 403),
        ("Olga Kontrast", 404),
        ("Nina Ny", 404),
    }
    assert visit(cast.orderer, paths[1], {"words": WORDS}).status_code == 403
    assert not Remark.objects.exists()


def test_a_remark_without_words_is_refused_and_says_so(cast, case, visit):
    answer = visit(cast.coordinator, path_of("thread", case=case), {"words": "  "})

    assert answer.status_code == 422
    assert "Write what you want to say" in answer.content.decode()


def test_a_rating_is_revised_from_its_thread_and_both_are_shown(cast, case, visit):
    thread, revise = (path_of(name, case=case) for name in ("thread", "revise_rating"))
    assert revise in visit(cast.second_assessor, thread).content.decode()

    answer = visit(
        cast.second_assessor,
        revise,
        {"score": "2", "evidence": "Interrupted twice.", "reason": "I had not heard the tape."},
    )

    page = visit(cast.coordinator, thread).content.decode()
    assert answer.status_code == 302
    assert "I had not heard the tape." in page
    assert "as sealed" in page
    assert revise not in page  # it is nobody's but the assessor's


def test_a_revision_without_a_reason_keeps_what_was_written(cast, case, visit):
    answer = visit(
        cast.second_assessor,
        path_of("revise_rating", case=case),
        {"score": "2", "evidence": "Interrupted twice.", "reason": ""},
    )

    assert answer.status_code == 422
    assert "Say why you rate it otherwise" in answer.content.decode()
    assert "Interrupted twice." in answer.content.decode()
    assert not Revision.objects.exists()


def test_who_gave_no_opinion_has_nothing_to_revise(cast, case, visit):
    assert visit(cast.coordinator, path_of("revise_rating", case=case)).status_code == 403


def test_once_a_report_is_out_the_thread_says_why_nothing_is_revised(cast, case, visit):
    cast.show_candidates(cast.write(case))

    page = visit(cast.second_assessor, path_of("thread", case=case)).content.decode()

    assert "A report has been given out" in page
    assert visit(cast.second_assessor, path_of("revise_rating", case=case)).status_code == 403


def test_a_candidate_finds_nothing_of_the_discussion_on_any_page(cast, case, client):
    candidacy = case.candidacies.first()
    factories.remark(cast.coordinator, candidacy, words=WORDS)
    cast.show_candidates(cast.write(case))
    _link, token = make_token(candidacy=candidacy)
    client.post(reverse("personal_link", args=[token]))

    pages = [
        client.get(reverse(name)).content.decode()
        for name in ("candidate", "candidate_report", "candidate_data_file", "candidate_reply")
    ]

    assert not any("Zirkonium" in page for page in pages)


def test_the_overview_takes_as_many_queries_for_much_as_for_little(cast, case, visit):
    path = path_of("discussion", case=case)
    candidacy = case.candidacies.first()
    opinion = candidacy.opinions.get(assessor=cast.second_assessor)
    criterion = criteria_of(case)[0]
    factories.remark(cast.coordinator, candidacy)
    factories.revise(opinion, score=2.0, criterion=criterion)
    visit(cast.coordinator, path)
    with CaptureQueriesContext(connection) as few:
        visit(cast.coordinator, path)

    for number in range(5):
        factories.remark(cast.coordinator, candidacy, words=f"Word {number}.")
        factories.revise(opinion, score=1.0 + number % 3, criterion=criterion)
    with CaptureQueriesContext(connection) as many:
        visit(cast.coordinator, path)

    assert len(many) == len(few)
