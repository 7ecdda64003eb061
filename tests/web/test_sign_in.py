"""Signing in by mailed code, through the pages."""

import re

import pytest
from django.core import mail
from django.core.cache import cache


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    cache.clear()


def _ask(client, address, **query):
    return client.post("/sign-in/", {"login": address} | query, follow=True)


def _start_again(client):
    return client.post("/sign-out/", {"next": "/sign-in/"})


def _code():
    return re.search(r"code is (\S+)", mail.outbox[-1].body)[1]


def test_a_code_by_mail_signs_in(cast, client):
    page = _ask(client, cast.coordinator.email)

    answer = client.post("/sign-in/code/", {"code": _code()}, follow=True)

    assert "We have mailed anna@example.com" in page.content.decode()
    assert answer.redirect_chain[-1][0] == "/"
    assert "Anna Lindqvist" in answer.content.decode()


def test_sign_in_leads_on_to_the_page_that_was_asked_for(cast, client):
    path = f"/cases/{cast.order().pseudonym}/"
    asked = client.get(path)

    _ask(client, cast.coordinator.email, next=path)
    answer = client.post("/sign-in/code/", {"code": _code(), "next": path})

    assert asked["Location"] == f"/sign-in/?next={path}"
    assert answer["Location"] == path


def test_a_stranger_gets_the_same_page_as_somebody_who_was_invited(cast, client):
    known = _ask(client, "anna@example.com").content.decode()
    client.cookies.clear()
    unknown = _ask(client, "stranger@example.com").content.decode()

    tokens = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert tokens.sub("", known).replace("anna@", "stranger@") == tokens.sub("", unknown)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "Enter your mail address, for example"),
        ("anna@", "That is not a complete mail address"),
    ],
)
def test_a_wrong_address_gets_its_sentence_beside_the_field(address, sentence, client):
    page = client.post("/sign-in/", {"login": address}).content.decode()

    assert sentence in page
    assert 'aria-invalid="true" aria-describedby="login-error"' in page
    assert mail.outbox == []


def test_asking_too_often_gets_another_sentence(cast, client):
    for _ in range(4):
        page = _ask(client, cast.coordinator.email).content.decode()
        _start_again(client)

    assert "Several codes have just been sent" in page
    assert len(mail.outbox) == 3


def test_one_can_start_again_with_another_address(cast, client):
    _ask(client, "mistyped@example.com")

    answer = _start_again(client)
    page = _ask(client, cast.coordinator.email).content.decode()

    assert answer["Location"] == "/sign-in/"
    assert "We have mailed anna@example.com" in page
    assert mail.outbox[-1].to == ["anna@example.com"]


def test_a_wrong_code_may_be_corrected(cast, client):
    _ask(client, cast.coordinator.email)

    page = client.post("/sign-in/code/", {"code": "nonsense"}).content.decode()
    answer = client.post("/sign-in/code/", {"code": _code()})

    assert "That is not the code in our newest mail" in page
    assert answer["Location"] == "/"


def test_after_three_wrong_codes_one_starts_again(cast, client):
    _ask(client, cast.coordinator.email)
    code = _code()

    for _ in range(3):
        answer = client.post("/sign-in/code/", {"code": "nonsense"}, follow=True)
    client.post("/sign-in/code/", {"code": code})

    assert answer.redirect_chain[-1][0] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_the_language_can_be_changed_while_the_code_is_under_way(cast, client):
    _ask(client, cast.coordinator.email)

    client.post("/language/", {"language": "sv", "next": "/sign-in/code/"})
    page = client.get("/sign-in/code/")
    answer = client.post("/sign-in/code/", {"code": _code()})

    assert 'lang="sv"' in page.content.decode()
    assert answer["Location"] == "/"


def test_signing_out_says_so_and_closes_the_pages(cast, client):
    client.force_login(cast.coordinator)

    page = client.post("/sign-out/", follow=True).content.decode()

    assert "You are signed out. Everything is saved." in page
    assert client.get("/")["Location"] == "/sign-in/?next=/"


def test_a_link_to_sign_out_only_asks(cast, client):
    client.force_login(cast.coordinator)

    page = client.get("/sign-out/").content.decode()

    assert "Stay signed in" in page
    assert "_auth_user_id" in client.session
