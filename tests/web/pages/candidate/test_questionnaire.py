"""A questionnaire on a candidate's own pages, and what others see of it."""

import pytest
from django.urls import reverse

from second_opinion.candidates import services as candidates
from second_opinion.instruments import services
from second_opinion.instruments.selectors import progress_of
from second_opinion.opinions.states import OpinionKind
from tests import factories, questionnaires
from tests.web.candidates import enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(cast, client):
    """Given to both candidates of a case; the first of them is let in."""
    given = questionnaires.begin(cast, cast.order())
    enter(client, given.candidacy)
    return given


@pytest.fixture
def address(given):
    return reverse("candidate_questionnaire", args=[given.pseudonym])


def statement(given, place):
    return reverse("candidate_statement", args=[given.pseudonym, place])


def test_a_candidate_answers_pauses_goes_on_by_a_new_link_and_sends_in(client, given, address):
    assert b"To the questionnaire" in client.get("/candidate/").content
    assert b"24 statements, about 5 minutes" in client.get(address).content
    first = client.get(statement(given, 1)).content.decode()
    assert "<legend>I decide beforehand when a task is to be finished.</legend>" in first
    assert "Statement 1 of 24" in first

    answered = client.post(statement(given, 1), {"answer": "4", "language": "en"})
    assert answered.headers["Location"] == statement(given, 2)
    left = client.post(statement(given, 2), {"act": "leave_out", "language": "en"})
    assert left.headers["Location"] == statement(given, 3)

    client.session.flush()
    enter(client, given.candidacy)
    assert statement(given, 3).encode() in client.get(address).content
    assert b'value="4" checked' in client.get(statement(given, 1)).content
    for place in range(3, 25):
        last = client.post(statement(given, place), {"answer": "2", "language": "en"})
    assert last.headers["Location"] == address
    end = client.get(address).content.decode()
    assert "You have answered 23 of 24 statements" in end
    assert statement(given, 2) in end

    client.post(address)

    sent = client.get(address).content
    assert b"You sent in your answers" in sent
    assert client.get(statement(given, 1)).headers["Location"] == address
    assert b"Fits rather badly" in client.get("/candidate/data.json").content
    assert b"To the questionnaire" not in client.get("/candidate/").content


def test_another_language_is_refused_with_the_reason(client, given):
    client.post(statement(given, 1), {"answer": "4", "language": "sv"})

    refused = client.post(statement(given, 2), {"answer": "4", "language": "en"})

    assert refused.status_code == 422
    page = refused.content.decode()
    assert "You began in Swedish, and the same words must be asked all through." in page
    assert 'lang="sv"' in page
    assert "Jag tar ordet tidigt på ett möte." in page


@pytest.mark.parametrize("sent", [{}, {"answer": "9"}, {"answer": "x"}, {"answer": "٣"}])
def test_no_answer_is_no_answer(client, given, sent):
    refused = client.post(statement(given, 1), sent | {"language": "en"})

    assert refused.status_code == 422
    assert b"Choose one of the answers, or leave the statement out." in refused.content
    assert progress_of(given).answered == {}


def test_anothers_questionnaire_is_not_there(client, given):
    other = given.candidacy.case.candidacies.last().given_questionnaires.get()

    assert client.get(statement(other, 1)).status_code == 404
    assert client.post(statement(other, 1), {"answer": "4", "language": "en"}).status_code == 404
    assert client.get(statement(given, 25)).status_code == 404


def test_who_has_withdrawn_reads_that_nothing_more_is_asked(client, given, address):
    candidates.withdraw(candidacy=given.candidacy)

    assert b"You have withdrawn. Nothing more is asked of you." in client.get(address).content
    client.post(statement(given, 1), {"answer": "4", "language": "en"})
    assert progress_of(questionnaires.fresh(given)).answered == {}


def test_the_coordinator_gives_it_and_sees_that_it_was_sent_in_and_nothing_else(cast, client):
    case = cast.order()
    questionnaires.lock_with_questionnaire(cast, case)
    client.force_login(cast.coordinator)
    page = reverse("case_questionnaires", args=[case.pseudonym])
    assert b"It is not made for choosing people" in client.get(page).content

    client.post(page, {"key": questionnaires.KEY, "scale1": "conscientiousness"})

    given = case.candidacies.first().given_questionnaires.get()
    assert given.bears_on == questionnaires.BEARS_ON
    assert b"anew: it does not tell of this yet" in client.get(page).content
    written = client.post(
        reverse("write_notice", args=[given.candidacy.pseudonym]), {"act": "anew"}, follow=True
    ).content.decode()
    assert "You answer a questionnaire on your page" in written
    assert "how you yourself see order, persistence and keeping what you promise" in written
    factories.inform(cast, case)
    questionnaires.start_assessment(actor=cast.coordinator, case=case)
    questionnaires.answer_all(questionnaires.fresh(given), answers={1: 1})
    services.send_answers(given=questionnaires.fresh(given))

    seen = client.get(page).content.decode()
    assert "Sent in on" in seen
    assert "Does not fit at all" not in seen
    assert "Waits for the candidate to answer it." in seen


def test_assessors_of_the_provider_read_what_to_ask_and_the_clients_own_do_not(cast, client):
    case = questionnaires.answered_case(cast)
    candidacy = case.candidacies.first()
    second = candidacy.opinions.get()
    first = factories.engage(cast, candidacy, cast.first_assessor, OpinionKind.FIRST)
    client.force_login(cast.first_assessor)
    assert client.get(reverse("candidates_answers", args=[first.pseudonym])).status_code == 403
    assert client.get(reverse("candidates_answers", args=[second.pseudonym])).status_code == 404
    factories.seal(first)
    client.force_login(cast.second_assessor)

    page = client.get(reverse("candidates_answers", args=[second.pseudonym])).content.decode()

    assert "The answers stress planning and finishing more than the rest." in page
    assert "Does not fit at all" in page
    work = client.get(reverse("assessment", args=[second.pseudonym])).content.decode()
    assert "What the candidate answered to a questionnaire" in work


def test_what_was_taken_back_says_so_by_the_same_link(client, cast, given, address):
    desk = type(client)()
    desk.force_login(cast.coordinator)
    case = given.candidacy.case
    page = reverse("case_questionnaires", args=[case.pseudonym])
    assert "Take it back from all candidates" in desk.get(page).content.decode()

    refused = desk.post(page, {"act": "take_back", "key": questionnaires.KEY, "reason": ""})
    done = desk.post(
        page, {"act": "take_back", "key": questionnaires.KEY, "reason": "Zqslip"}, follow=True
    )

    assert (refused.status_code, "Say why" in refused.content.decode()) == (422, True)
    assert "Zqslip" in done.content.decode()
    theirs = client.get(address).content.decode()
    assert "This questionnaire is no longer needed" in theirs
    assert "Zqslip" not in theirs
    assert b"To the questionnaire" not in client.get("/candidate/").content


def test_the_menu_shows_what_there_is(client, cast, given):
    task, referees = reverse("candidate_task"), reverse("candidate_referees")
    menu = client.get("/candidate/").content.decode()
    assert (task in menu, referees in menu) == (False, False)

    factories.give_task(cast, given.candidacy.case)

    menu = client.get("/candidate/").content.decode()
    assert task in menu
    assert "You do a work sample" in menu
