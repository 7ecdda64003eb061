"""Ways to sign in beside the mailed code, and where somebody is signed in, through the pages."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.test import Client

from second_opinion.accounts.selectors import sessions_of
from second_opinion.accounts.services.sessions import SIGNED_IN_AT
from second_opinion.audit.models import Event

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    cache.clear()


def signed_in(person, **options):
    client = Client(HTTP_USER_AGENT=FIREFOX, **options)
    _enter_mailed_code(client, person)
    return client


def _enter_mailed_code(client, person):
    client.post("/sign-in/", {"login": person.email})
    code = re.search(r"code is (\S+)", mail.outbox[-1].body)[1]
    return client.post("/sign-in/code/", {"code": code})


def _text(response):
    return response.content.decode()


def app_code(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def _with_app(person):
    """Somebody with an authenticator app: their client, the secret, and their spare codes."""
    client = signed_in(person)
    secret = re.search(r'class="secret">(\w+)<', _text(client.get("/your-sign-in/app/add/")))[1]
    answer = client.post("/your-sign-in/app/add/", {"code": app_code(secret)}, follow=True)
    return client, secret, re.findall(r"<li><code>(\d+)</code>", _text(answer))


def test_your_sign_in_tells_what_there_is(cast):
    page = _text(signed_in(cast.coordinator).get("/your-sign-in/"))

    assert "You sign in with a code that we mail to anna@example.com." in page
    assert "Firefox on Linux" in page
    assert "this one" in page


def test_with_an_app_the_mailed_code_alone_is_not_enough(cast):
    _, secret, _ = _with_app(cast.coordinator)
    cache.clear()  # the same code a second time within its half minute
    client = Client()

    halfway = _enter_mailed_code(client, cast.coordinator)
    refused = client.post("/sign-in/second-step/", {"code": "000000"})
    still_out = client.get("/")
    cache.clear()
    client.post("/sign-in/second-step/", {"code": app_code(secret)})

    assert halfway["Location"] == "/sign-in/second-step/"
    assert "That code does not fit" in _text(refused)
    assert still_out["Location"].startswith("/sign-in/")
    assert client.get("/").status_code == 200


def test_a_spare_code_works_once(cast):
    _, _, spare = _with_app(cast.coordinator)
    assert len(spare) == 10

    outcomes = []
    for _ in range(2):
        client = Client()
        cache.clear()
        _enter_mailed_code(client, cast.coordinator)
        client.post("/sign-in/second-step/", {"code": spare[0]})
        outcomes.append(client.get("/").status_code)

    assert outcomes == [200, 302]


def test_spare_codes_are_shown_once(cast):
    client, _, spare = _with_app(cast.coordinator)

    page = _text(client.get("/your-sign-in/spare-codes/"))

    assert not any(code in page for code in spare)
    assert "cannot be shown again" in page


def test_the_spare_codes_go_with_the_app(cast):
    client, _, _ = _with_app(cast.coordinator)

    answer = client.post("/your-sign-in/app/remove/", follow=True)

    assert "The authenticator app is off." in _text(answer)
    assert not Authenticator.objects.exists()


def test_what_makes_codes_is_not_readable_in_the_database(cast):
    _, secret, _ = _with_app(cast.coordinator)

    assert secret not in str([each.data for each in Authenticator.objects.all()])


def test_a_wrong_code_turns_no_app_on(cast):
    client = signed_in(cast.coordinator)
    client.get("/your-sign-in/app/add/")

    answer = client.post("/your-sign-in/app/add/", {"code": "000000"})

    assert "Nothing was changed" in _text(answer)
    assert not Authenticator.objects.exists()


def test_a_change_is_mailed_and_logged_without_content(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        _with_app(cast.coordinator)

    assert [message.subject for message in mail.outbox][-1] == "Your sign-in was changed"
    kinds = {event.details["kind"] for event in Event.objects.filter(verb__contains="means_added")}
    assert kinds == {"totp", "recovery_codes"}


@pytest.mark.parametrize(
    "path", ["app/add/", "passkeys/add/", "spare-codes/new/", "passkeys/1/remove/"]
)
def test_a_quarter_of_an_hour_later_nothing_changes_without_signing_in_again(cast, path):
    client = signed_in(cast.coordinator)
    session = client.session
    session[SIGNED_IN_AT] = time.time() - 16 * 60
    session.save()

    answer = client.get(f"/your-sign-in/{path}", follow=True)

    assert "show once more that it is you" in _text(answer)


def test_one_signs_out_elsewhere(cast):
    here, there, elsewhere = (signed_in(cast.coordinator) for _ in range(3))
    page = _text(here.get("/your-sign-in/"))
    numbers = re.findall(r'name="session" value="(\d+)"', page)
    assert len(numbers) == 2

    here.post("/your-sign-in/sessions/end/", {"session": numbers[0]})  # the newest: elsewhere
    assert elsewhere.get("/").status_code == 302
    assert there.get("/").status_code == 200
    here.post("/your-sign-in/sessions/end/")

    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200


def test_nobody_ends_the_session_of_another(cast):
    victim, other = signed_in(cast.orderer), signed_in(cast.coordinator)
    number = sessions_of(cast.orderer).get().pk

    other.post("/your-sign-in/sessions/end/", {"session": number})

    assert victim.get("/").status_code == 200


def test_nobody_removes_the_passkey_of_another(cast):
    passkey = Authenticator.objects.create(
        user=cast.orderer, type=Authenticator.Type.WEBAUTHN, data={"name": "Mine"}
    )

    answer = signed_in(cast.coordinator).post(f"/your-sign-in/passkeys/{passkey.pk}/remove/")

    assert answer.status_code == 404
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "{}",
        "[]",
        "nonsense",
        '{"id": "x", "response": {}}',
        '{"id": "x", "rawId": "x", "type": "public-key", "response": {"clientDataJSON": "e30"}}',
        '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "e30", '
        '"authenticatorData": "eA", "signature": "eA", "userHandle": "eA"}}',
    ],
)
def test_a_made_up_passkey_signs_nobody_in(cast, client, credential):
    client.get("/sign-in/passkey/", headers={"X-Requested-With": "XMLHttpRequest"})

    client.post("/sign-in/passkey/", {"credential": credential})

    assert client.get("/").status_code == 302
