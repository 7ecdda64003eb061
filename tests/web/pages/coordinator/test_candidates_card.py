"""The coordinator's side of a candidate: telling, answering, offering, and seeing how far it is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from second_opinion.candidates import selectors, services
from second_opinion.candidates.models import Answer, Arrangement, Notice
from second_opinion.candidates.states import Purpose
from second_opinion.cases.models import Candidacy
from tests.web import candidates

WORDS = "We do not know our own blind spots."


@pytest.fixture
def candidacy(cast):
    return candidates.locked_case(cast).candidacies.first()


@pytest.fixture
def card(client, cast, candidacy):
    client.force_login(cast.coordinator)

    def go(sent=None, path=""):
        address = f"/candidacies/{candidacy.pseudonym}/{path}"
        return client.get(address) if sent is None else client.post(address, sent)

    return go


def text_of(answer):
    return answer.content.decode()


def test_a_notice_is_generated_changed_looked_at_and_sent(card, candidacy):
    assert "made from the order" in text_of(card(path="notice/"))

    assert card({"act": "save", "words": WORDS}, path="notice/").status_code == 302
    page = text_of(card(path="notice/"))
    assert page.count(WORDS) == 2  # as the candidate sees it, and in its field
    assert "LIX" in page
    assert "No assessor is engaged" in page

    assert card({"act": "send"}, path="notice/").status_code == 302
    assert "Version 1 was sent" in text_of(card())
    assert "on its way to the mail server" in text_of(card())


def test_a_notice_without_the_orderers_words_is_not_sent_and_says_why(card, candidacy):
    card({"act": "save", "words": ""}, path="notice/")

    answer = card({"act": "send"}, path="notice/")

    assert answer.status_code == 422
    assert "in the orderer’s own words" in text_of(answer)
    assert not candidacy.mailings.exists()


def test_an_address_at_the_employer_asks_once_more(card, candidacy):
    card({"act": "save", "words": WORDS}, path="notice/")
    sent = {"act": "send", "employer_domain": "example.com"}

    answer = card(sent, path="notice/")
    assert answer.status_code == 422
    assert "The candidate has agreed to get mail there" in text_of(answer)

    assert card(sent | {"is_employer_agreed": "yes"}, path="notice/").status_code == 302


def test_a_version_made_anew_takes_the_place_of_what_was_written(card, candidacy):
    card({"act": "save", "words": WORDS, "steps": "Nothing."}, path="notice/")
    card({"act": "anew"}, path="notice/")

    assert Notice.objects.filter(candidacy=candidacy).count() == 2
    assert "You are interviewed" in text_of(card(path="notice/"))


def test_what_was_said_by_telephone_is_noted_with_how_and_why(card, candidacy):
    card({"act": "save", "words": WORDS}, path="notice/")
    assert card({"act": "acknowledged", "how": "page", "reason": "x"}).status_code == 422
    assert card({"act": "acknowledged", "how": "phone", "reason": " "}).status_code == 422
    assert card({"act": "acknowledged", "how": "nonsense"}).status_code == 422

    sent = {"act": "acknowledged", "how": "phone", "reason": "No computer at hand."}
    assert card(sent).status_code == 302

    assert selectors.has_acknowledged(candidacy)
    assert "No computer at hand." in text_of(card())


def test_questions_and_needs_are_answered_on_the_card(card, candidacy):
    question = services.ask(candidacy=candidacy, words="Who will I meet?")
    need = services.ask_adjustment(candidacy=candidacy, wish="Breaks", why="My back")
    assert "Who will I meet?" in text_of(card())
    assert "My back" in text_of(card())

    card({"act": "answer", "question": question.pseudonym, "words": "Per Sand."})
    card(
        {
            "act": "arrange",
            "adjustment": need.pseudonym,
            "is_granted": "yes",
            "how": "Every half hour.",
        }
    )

    assert (Answer.objects.count(), Arrangement.objects.count()) == (1, 1)
    assert selectors.arrangements_of(candidacy) == ["Every half hour."]


@pytest.mark.parametrize(
    "sent",
    [
        {"act": "answer", "question": "nonsense", "words": "x"},
        {"act": "arrange", "adjustment": "", "how": "x"},
        {"act": "offer", "purpose": "nonsense"},
        {"act": "offer", "purpose": "interview", "start_1": "tomorrow", "minutes": "60"},
        {"act": "offer", "purpose": "interview", "start_1": "2099-01-01T09:00", "minutes": "x"},
        {"act": "feedback", "outcome": "nonsense"},
        {"act": "contact", "email": "no address"},
        {"act": "returned", "mailing": "9999"},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(card, sent):
    answer = card(sent)

    assert answer.status_code == 422
    assert 'role="alert"' in text_of(answer)


def test_an_act_that_there_is_not_is_not_found(card):
    assert card({"act": "nonsense"}).status_code == 404


def test_times_are_offered_as_the_clock_is_where_the_provider_is(card, candidacy):
    start = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT09:00")
    sent = {"act": "offer", "purpose": "interview", "minutes": "60", "place": "Storgatan 1"}

    assert card(sent | {"start_1": start}).status_code == 302

    (offer,) = selectors.talk_about(candidacy, Purpose.INTERVIEW).offers
    zone = candidacy.case.provider.time_zone
    assert zone == "Europe/Stockholm"
    assert timezone.localtime(offer.time.starts_at).strftime("%H:%M") == "09:00"


def test_links_are_closed_and_a_mail_that_came_back_is_noted(card, candidacy, cast):
    card({"act": "save", "words": WORDS}, path="notice/")
    card({"act": "send"}, path="notice/")
    mailing = candidacy.mailings.get()
    link, _token = services.make_token(candidacy=candidacy)

    card({"act": "returned", "mailing": str(mailing.pk)})
    card({"act": "close_links"})

    assert "did not reach its reader" in text_of(card())
    assert selectors.live_link(link.pseudonym) is None


def test_an_address_is_entered(card, candidacy):
    card({"act": "contact", "email": "NEW@example.com", "language": "sv"})

    fresh = Candidacy.objects.get(pk=candidacy.pk)
    assert (fresh.email, fresh.language) == ("new@example.com", "sv")


def test_the_case_page_says_how_far_each_candidate_has_been_told(client, cast, candidacy):
    client.force_login(cast.coordinator)

    page = text_of(client.get(f"/cases/{candidacy.case.pseudonym}/"))

    assert page.count("Has not been told yet") == 2
    assert f"/candidacies/{candidacy.pseudonym}/" in page


@pytest.mark.parametrize("who", ["orderer", "first_assessor", "second_assessor"])
def test_the_client_and_the_assessors_find_nothing_of_what_a_candidate_needs(client, cast, who):
    willing = candidates.willing(cast)
    services.ask_adjustment(candidacy=willing, wish="Zqbreaks", why="Zqback")
    client.force_login(getattr(cast, who))

    pages = [
        client.get(path)
        for path in ("/", f"/cases/{willing.case.pseudonym}/", f"/candidacies/{willing.pseudonym}/")
    ]

    texts = "".join(text_of(page) for page in pages)
    assert "Zqbreaks" not in texts
    assert "Zqback" not in texts
    assert pages[-1].status_code == 404
