"""Signing in by mailed code, through allauth and the adapter."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from second_opinion.accounts.services import adapter
from second_opinion.audit.models import Event

pytestmark = pytest.mark.django_db


def ask_for_code(client, address):
    english = {"accept-language": "en"}
    return client.post(reverse("account_login"), {"login": address}, headers=english)


def code_in(message):
    return re.search(r"Your code is (\S+)", message.body).group(1)


def test_the_code_that_was_mailed_signs_in(client, cast):
    answer = ask_for_code(client, cast.orderer.email)
    [message] = mail.outbox

    client.post(reverse("account_confirm_login_code"), {"code": code_in(message)})

    assert answer["Location"] == reverse("account_confirm_login_code")
    assert message.to == [cast.orderer.email]
    assert client.session["_auth_user_id"] == str(cast.orderer.pk)
    assert Event.objects.filter(verb="person.signed_in", actor=cast.orderer.pseudonym).count() == 1


def test_the_code_stands_in_no_subject_and_in_no_link(client, cast):
    ask_for_code(client, cast.orderer.email)

    [message] = mail.outbox
    code = code_in(message)
    assert code not in message.subject
    assert [line for line in message.body.splitlines() if code in line] == [f"Your code is {code}"]


def test_the_mail_speaks_the_persons_language_and_not_the_pages(client, cast, monkeypatch):
    cast.orderer.language = "sv"
    cast.orderer.save()
    spoken = []
    monkeypatch.setattr(
        adapter, "send_mail", lambda *mail: spoken.append(translation.get_language())
    )

    client.get(reverse("account_login"), headers={"accept-language": "en"})
    ask_for_code(client, cast.orderer.email)

    assert spoken == ["sv"]


def test_a_wrong_code_signs_nobody_in(client, cast):
    ask_for_code(client, cast.orderer.email)

    client.post(reverse("account_confirm_login_code"), {"code": "wrong"})

    assert "_auth_user_id" not in client.session


def test_after_three_wrong_codes_the_right_one_is_worthless(client, cast):
    ask_for_code(client, cast.orderer.email)
    code = code_in(mail.outbox[0])
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "wrong"})

    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert "_auth_user_id" not in client.session


def test_a_stranger_gets_the_same_answer_and_a_mail_without_a_code(client, cast):
    known = ask_for_code(client, cast.orderer.email)
    client.cookies.clear()

    unknown = ask_for_code(client, "nobody@example.com")

    assert (unknown.status_code, unknown["Location"]) == (known.status_code, known["Location"])
    to_stranger = mail.outbox[1]
    assert to_stranger.to == ["nobody@example.com"]
    assert "code is" not in to_stranger.body
    assert "Nobody has been invited" in to_stranger.body


def test_a_person_who_was_shut_out_is_not_signed_in(client, cast):
    cast.orderer.is_active = False
    cast.orderer.save()

    ask_for_code(client, cast.orderer.email)
    codes = [code_in(message) for message in mail.outbox if "code is" in message.body]
    for code in codes:
        client.post(reverse("account_confirm_login_code"), {"code": code})

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("name", ["account_signup", "account_request_login_code", "account_email"])
def test_there_is_no_open_sign_up(client, name):
    for answer in (client.get(reverse(name)), client.post(reverse(name), {"email": "a@b.se"})):
        assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))


def test_signing_in_turns_the_pages_to_the_persons_language(client, cast):
    cast.orderer.language = "en"
    cast.orderer.save()
    ask_for_code(client, cast.orderer.email)

    client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[0])})

    assert client.cookies["django_language"].value == "en"


def test_one_address_gets_at_most_three_codes_a_minute(cast):
    for _ in range(5):
        ask_for_code(Client(), cast.orderer.email)

    assert len(mail.outbox) == 3


def test_asking_again_while_a_code_is_awaited_sends_no_second_mail(client, cast):
    for _ in range(2):
        ask_for_code(client, cast.orderer.email)

    assert len(mail.outbox) == 1


def test_allauth_is_told_that_nobody_signs_up():
    assert adapter.InvitationOnlyAdapter().is_open_for_signup(request=None) is False
