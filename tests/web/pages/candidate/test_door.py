"""Personal links in a browser: opened by a button, good for one candidacy, dead when they are."""

import pytest
from django.core import mail
from django.utils import timezone

from second_opinion.audit.tasks import deliver_due
from second_opinion.candidates import services
from second_opinion.candidates.models import PersonalLink
from tests.journey.world import writes
from tests.web import candidates

OWN = ["", "notice/", "questions/", "needs/", "times/", "material/", "withdraw/", "data/"]


@pytest.fixture
def told(cast):
    return candidates.told(cast)


def test_following_a_link_changes_nothing_and_the_button_opens_the_page(told, client):
    _link, token = services.make_token(candidacy=told)

    with writes() as written:
        page = client.get(f"/personal/{token}/")
    assert page.status_code == 200
    assert written == []
    assert client.get("/candidate/").status_code == 403

    for _ in range(2):  # a link is good for many times
        assert client.post(f"/personal/{token}/")["Location"] == "/candidate/"
    home = client.get("/candidate/")
    assert "Hello, Maja Ek" in home.content.decode()
    assert token not in home.content.decode()


def test_the_first_page_says_nothing_about_whom_it_is(told, client):
    _link, token = services.make_token(candidacy=told)

    text = client.get(f"/personal/{token}/").content.decode()

    for hidden in (told.name, told.case.role, told.case.client.name, "recruit"):
        assert hidden not in text


@pytest.mark.parametrize("path", ["/candidate/", "/candidate/notice/", "/personal/of-nobody/"])
def test_no_search_engine_keeps_it_and_no_other_site_learns_the_address(told, client, path):
    candidates.enter(client, told)

    page = client.get(path)

    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]


def test_an_expired_a_closed_and_a_strangers_link_get_the_same_answers(told, client, cast):
    tokens = {"stranger": "of-nobody"}
    for name, change in (
        ("expired", {"expires_at": timezone.now()}),
        ("closed", {"closed_at": timezone.now()}),
    ):
        link, tokens[name] = services.make_token(candidacy=told)
        PersonalLink.objects.filter(pk=link.pk).update(**change)
    deliver_due()
    mail.outbox.clear()

    pages = {name: client.get(f"/personal/{token}/") for name, token in tokens.items()}
    answers = {name: client.post(f"/personal/{token}/") for name, token in tokens.items()}

    assert {page.status_code for page in pages.values()} == {404}
    assert {answer.status_code for answer in answers.values()} == {200}
    words = {answer.content.decode().split("<main")[1] for answer in answers.values()}
    assert len(words) == 1
    deliver_due()
    assert [message.to for message in mail.outbox] == [[told.email]]  # of the expired one alone


@pytest.mark.parametrize("path", OWN)
def test_a_link_that_is_closed_ends_its_session_at_once(told, client, cast, path):
    candidates.enter(client, told)
    assert client.get(f"/candidate/{path}").status_code == 200

    services.close_links(actor=cast.coordinator, candidacy=told)

    assert client.get(f"/candidate/{path}").status_code == 403


@pytest.mark.parametrize("path", OWN)
def test_a_link_shows_its_own_candidacy_and_no_other(told, client, cast, path):
    other = candidates.willing(cast, role="Another role entirely")
    services.ask(candidacy=other, words="Zqother question")
    services.ask_adjustment(candidacy=other, wish="Zqother need")
    services.add_words(candidacy=other, words="Zqother words")
    candidates.enter(client, told)

    text = client.get(f"/candidate/{path}").content.decode()

    assert "Zqother" not in text
    assert "Another role entirely" not in text


def test_a_candidate_is_no_person_and_a_person_no_candidate(told, client, cast):
    candidates.enter(client, told)
    assert client.get("/").status_code == 302  # to sign-in
    assert client.get(f"/candidacies/{told.pseudonym}/").status_code == 302

    client.logout()
    client.force_login(cast.coordinator)
    assert client.get("/candidate/").status_code == 403


def test_who_leaves_is_out(told, client):
    candidates.enter(client, told)

    assert "You have left" in client.post("/candidate/leave/").content.decode()

    assert client.get("/candidate/").status_code == 403


def test_guessing_is_slowed_down(client, db):
    answers = [client.get(f"/personal/guess-{number}/").status_code for number in range(70)]

    assert answers[0] == 404
    assert answers[-1] == 429
