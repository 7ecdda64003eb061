"""Signing in by e-ID, against a made-up broker with its own key; nothing leaves the machine."""

import json
import logging
import time
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import cache

from second_opinion.accounts.services import e_id as e_id_services
from second_opinion.audit.models import Event

ISSUER = "https://broker.example.com"
NUMBER = "198001019876"  # shaped as a Swedish personal identity number; nobody's
KEY, OTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in "ab")


class Answer:
    def __init__(self, content):
        self.content, self.text, self.status_code = content, json.dumps(content), 200
        self.headers = {"content-type": "application/json"}

    def json(self):
        return self.content

    def raise_for_status(self):
        pass


class Broker:
    """What the broker says; `claims` go into the token, and `key` signs it."""

    def __init__(self):
        self.key = KEY
        self.claims = {
            "iss": ISSUER,
            "aud": "us",
            "sub": NUMBER,
            "acr": "loa3",
            "personalIdentityNumber": NUMBER,
            "name": "Anna Lindqvist",
        }

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def get(self, address, **_):
        if address.endswith("/keys"):
            key = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
            return Answer({"keys": [key | {"kid": "1", "alg": "RS256", "use": "sig"}]})
        return Answer(
            {
                "issuer": ISSUER,
                "authorization_endpoint": f"{ISSUER}/authorize",
                "token_endpoint": f"{ISSUER}/token",
                "jwks_uri": f"{ISSUER}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        )

    def request(self, *_, **__):
        now = int(time.time())
        claims = {"iat": now, "exp": now + 60} | self.claims
        token = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})
        access = f"access of {NUMBER}"
        return Answer({"access_token": access, "token_type": "Bearer", "id_token": token})


@pytest.fixture
def broker(settings, monkeypatch):
    cache.clear()
    settings.ROOT_URLCONF = "tests.web.e_id_urls"
    settings.SECOND_OPINION_E_ID_NAME = "TestID"
    settings.SECOND_OPINION_E_ID_LEVELS = ("loa3",)
    app = {
        "provider_id": "e-id",
        "name": "TestID",
        "client_id": "us",
        "secret": "hush",
        "settings": {
            "server_url": ISSUER,
            "oauth_pkce_enabled": True,
            "email_authentication": True,
        },
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    made_up = Broker()
    monkeypatch.setattr(
        e_id_services.ElectronicIdentity, "get_requests_session", lambda _self: made_up
    )
    return made_up


def come_back(client, **sent):
    """To the broker and back again, as the browser is led."""
    there = client.post("/sign-in/e-id/", sent)
    asked = parse_qs(urlsplit(there["Location"]).query)
    assert asked["code_challenge"]
    return client.get(
        "/sign-in/e-id/answer/", {"code": "x", "state": asked["state"][0]}, follow=True
    )


def with_address(broker, person, *, is_verified=True):
    broker.claims |= {"email": person.email, "email_verified": is_verified}


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_the_sign_in_page_offers_it_where_it_is_configured(client, db, broker, settings):
    assert "Sign in with TestID" in client.get("/sign-in/").content.decode()

    settings.SECOND_OPINION_E_ID_NAME = ""
    assert "TestID" not in client.get("/sign-in/").content.decode()


def test_who_was_invited_signs_in_by_a_verified_address(client, cast, broker):
    with_address(broker, cast.coordinator)

    come_back(client)

    assert client.session["_auth_user_id"] == str(cast.coordinator.pk)
    assert Event.objects.filter(verb="person.signed_in").count() == 1
    assert not SocialAccount.objects.exists()  # nothing is linked unless it is asked for


def test_a_linked_e_id_signs_in_without_any_address(client, cast, broker):
    with_address(broker, cast.coordinator)
    come_back(client)
    for claim in ("email", "email_verified"):
        del broker.claims[claim]

    page = come_back(client, process="connect").content.decode()
    assert "It signs you in from now on" in page
    client.logout()
    come_back(client)

    assert client.session["_auth_user_id"] == str(cast.coordinator.pk)
    client.post("/your-sign-in/e-id/unlink/")
    client.logout()
    come_back(client)
    assert not is_signed_in(client)


def test_the_identity_number_reaches_no_table_no_session_and_no_log(client, cast, broker, caplog):
    caplog.set_level(logging.DEBUG)
    with_address(broker, cast.coordinator)
    come_back(client)
    come_back(client, process="connect")

    rows = [list(model.objects.values()) for model in apps.get_models(include_auto_created=True)]
    sessions = [session.get_decoded() for session in Session.objects.all()]
    told = str(rows) + str(sessions) + caplog.text
    assert SocialAccount.objects.get().user == cast.coordinator
    assert NUMBER not in told
    assert NUMBER[2:] not in told


@pytest.mark.parametrize(
    "wrong",
    [
        {"acr": "loa2"},
        {"acr": ["loa3"]},
        {"aud": "somebody else"},
        {"iss": "https://other.example.com"},
        {"exp": 1},
    ],
)
def test_what_is_not_safe_enough_or_not_for_us_signs_nobody_in(client, cast, broker, wrong):
    with_address(broker, cast.coordinator)
    broker.claims |= wrong

    answer = come_back(client)

    assert not is_signed_in(client)
    assert answer.status_code == 401
    assert "take a code" in answer.content.decode()


def test_without_a_level_or_with_another_key_nobody_comes_in(client, cast, broker):
    with_address(broker, cast.coordinator)
    del broker.claims["acr"]
    come_back(client)
    assert not is_signed_in(client)

    broker.claims["acr"] = "loa3"
    broker.key = OTHER_KEY
    come_back(client)
    assert not is_signed_in(client)


@pytest.mark.parametrize("is_verified", [False, "true", None])
def test_an_address_that_the_broker_does_not_vouch_for_counts_for_nothing(
    client, cast, broker, is_verified
):
    with_address(broker, cast.coordinator, is_verified=is_verified)

    answer = come_back(client)

    assert not is_signed_in(client)
    assert "You have not been invited" in answer.content.decode()


def test_a_stranger_is_not_let_in_and_not_kept(client, cast, broker):
    broker.claims |= {"email": "stranger@example.com", "email_verified": True}

    answer = come_back(client)

    assert "This e-ID belongs to nobody here" in answer.content.decode()
    assert not SocialAccount.objects.exists()


def test_an_answer_that_nobody_asked_for_is_refused(client, cast, broker):
    answer = client.get("/sign-in/e-id/answer/", {"code": "x", "state": "made up"})

    assert answer.status_code == 401
    assert not is_signed_in(client)
    assert client.get("/sign-in/e-id/").status_code == 405
