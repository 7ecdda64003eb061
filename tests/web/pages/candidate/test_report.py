"""From the report on: a code first, a reply in time, a talk, and how it was."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from second_opinion.audit.tasks import deliver_due
from second_opinion.candidates import selectors
from second_opinion.candidates.models import Experience, Reply
from second_opinion.candidates.selectors import after
from second_opinion.cases.services import enter_contact
from second_opinion.cases.states import CaseState
from second_opinion.library.experience import ITEMS
from second_opinion.reports.services import release_to_candidates
from tests.web import candidates

WORDS = "I led nine people, not six. عربي 👩🏽‍🚀"


@pytest.fixture
def candidacy(cast):
    case = cast.case_in(CaseState.OPENED)
    return enter_contact(
        actor=cast.coordinator, candidacy=case.candidacies.first(), email="maja@example.com"
    )


@pytest.fixture
def shown(cast, candidacy):
    """The candidates have their versions of the report."""
    return release_to_candidates(actor=cast.coordinator, version=cast.write(candidacy.case))


@pytest.fixture
def page(client, candidacy):
    candidates.enter(client, candidacy)

    def go(path, sent=None):
        address = f"/candidate/{path}"
        return client.get(address) if sent is None else client.post(address, sent)

    return go


def text_of(answer):
    return answer.content.decode()


def enter_code(page):
    page("report/code/", {"act": "send"})
    deliver_due()
    code = re.search(r"Your code is (\w+)", mail.outbox[-1].body)[1]
    return page("report/code/", {"act": "enter", "code": code})


def test_there_is_nothing_to_read_before_the_candidates_are_given_it(cast, candidacy, page):
    cast.write(candidacy.case)

    assert "no report for you to read yet" in text_of(page("report/"))
    assert page("report/reply/", {"kind": "comment", "words": WORDS}).status_code == 422
    assert not Reply.objects.exists()


def test_a_mail_says_that_there_is_something_and_not_what(shown):
    deliver_due()

    to_candidate = [message for message in mail.outbox if message.to == ["maja@example.com"]]
    assert len(to_candidate) == 1
    assert "report" not in to_candidate[0].body.lower()


def test_the_report_opens_by_a_mailed_code_and_by_nothing_else(shown, page, client, candidacy):
    assert page("report/")["Location"] == "/candidate/report/code/"
    assert page("report/code/", {"act": "enter", "code": "WRONG234"}).status_code == 422
    assert page("report/").status_code == 302

    assert enter_code(page)["Location"] == "/candidate/report/"
    assert "Head of finance" in text_of(page("report/"))

    client.post("/candidate/leave/")
    candidates.enter(client, candidacy)
    assert page("report/").status_code == 302  # another visit asks for another code


def test_a_candidate_reads_nothing_of_the_others(shown, page):
    enter_code(page)

    text = text_of(page("report/"))

    assert "Samuel" not in text
    assert "Karin Holm" not in text


def test_a_reply_is_kept_once_and_stays_to_be_seen(shown, page, candidacy):
    assert "Your report is here" in text_of(page(""))
    for _ in range(2):
        assert page("report/reply/", {"kind": "facts", "words": WORDS}).status_code == 302

    assert WORDS in text_of(page("report/reply/"))
    assert Reply.objects.count() == 1
    assert "Would you like to talk" in text_of(page(""))


@pytest.mark.parametrize("sent", [{"kind": "nonsense", "words": "x"}, {"kind": "facts"}])
def test_a_reply_without_kind_or_words_is_refused(shown, page, sent):
    assert page("report/reply/", sent).status_code == 422


def test_after_two_working_days_the_time_is_over(shown, page, monkeypatch):
    an_hour_ago = timezone.now() - timedelta(hours=1)
    monkeypatch.setattr(after, "reply_closes_at", lambda *_: an_hour_ago)

    assert page("report/reply/", {"kind": "facts", "words": WORDS}).status_code == 422
    assert "The time for a reply ended" in text_of(page("report/reply/"))


def test_who_wants_no_talk_says_so_and_is_asked_how_it_was(shown, page, candidacy):
    page("report/reply/", {"kind": "facts", "words": WORDS})
    assert "after we have talked" in text_of(page("experience/"))
    assert page("feedback/", {}).status_code == 302
    assert selectors.feedback_settled(candidacy)
    assert "tell us how you were treated" in text_of(page(""))

    sent = {item.key: "4" for item in ITEMS[:9]} | {"words": WORDS}
    assert page("experience/", sent | {ITEMS[9].key: "x"}).status_code == 422
    assert page("experience/", sent).status_code == 302

    assert "Thank you" in text_of(page("experience/"))
    assert Experience.objects.count() == 1
    assert len(selectors.experience_of(candidacy)["answers"]) == 9


@pytest.mark.parametrize("path", ["report/", "report/code/", "report/reply/", "feedback/"])
def test_looking_changes_nothing(shown, page, path):
    from tests.journey.world import writes

    with writes() as written:
        page(path)

    assert written == []
