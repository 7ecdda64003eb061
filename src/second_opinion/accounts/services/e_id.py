"""Signing in with an electronic identity, through a broker that speaks OpenID Connect.

Brokers tell more than signing in needs, the national identity number above all, and some use that
very number as the subject. Here it ends: of a token only the level, a hash of the subject and a
verified mail address are looked at, and nothing but the hash is ever stored.
"""

import hashlib
import hmac
from typing import Any

import jwt
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from second_opinion.accounts.errors import RefusedIdentityError
from second_opinion.accounts.models import Person
from second_opinion.audit.services import record_event

SIGNATURES = ("RS256", "PS256", "ES256")
REQUIRED = ("iss", "sub", "aud", "exp", "iat", "acr")


class BrokerAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth is untyped
    """Takes from the broker's token what signing in needs, and lets the rest go."""

    def complete_login(
        self,
        request: HttpRequest,
        app: SocialApp,
        token: SocialToken,  # noqa: ARG002  # allauth's name
        **answer: Any,  # noqa: ANN401  # allauth's own
    ) -> SocialLogin:
        claims = self._claims(app, str(answer["response"].get("id_token", "")))
        _check_level(claims)
        known = {"sub": subject_hash(claims["iss"], claims["sub"])} | _verified_address(claims)
        login = self.get_provider().sociallogin_from_response(request, {"id_token": known})
        login.account.extra_data = {}
        return login

    def parse_token(self, data: dict[str, Any]) -> SocialToken:  # noqa: ARG002  # allauth's name
        """The broker's own tokens are of no use here, and can hold the number too."""
        return SocialToken(token="")

    def _claims(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """What the broker has signed, for us, not too long ago."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        try:
            keys = {key.key_id: key for key in jwt.PyJWKSet.from_dict(answer.json()).keys}
            key_id = jwt.get_unverified_header(id_token).get("kid")
            claims: dict[str, Any] = jwt.decode(
                id_token,
                keys[key_id],
                algorithms=list(SIGNATURES),
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                options={"require": list(REQUIRED)},
            )
        except (jwt.PyJWTError, KeyError, TypeError) as error:
            raise RefusedIdentityError(
                _("The answer of the e-ID service could not be trusted. Try again, or take a code.")
            ) from error
        return claims


class ElectronicIdentity(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Signs in those who have been invited, and nobody else."""

    def get_connect_redirect_url(
        self,
        request: HttpRequest,  # noqa: ARG002  # allauth's name
        socialaccount: SocialAccount,  # noqa: ARG002  # allauth's name
    ) -> str:
        return reverse("mfa_index")


def subject_hash(issuer: str, subject: str) -> str:
    """Who it is, as only this installation can tell: numbers of twelve digits are soon guessed."""
    key = bytes.fromhex(settings.SECOND_OPINION_MEANS_SECRET)
    return hmac.new(key, f"e-id\n{issuer}\n{subject}".encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def unlink_identity(*, actor: Person) -> None:
    removed, _kinds = SocialAccount.objects.filter(user=actor).delete()
    if removed:
        _note(actor, "person.sign_in_means_removed")


def note_linked(*, sociallogin: SocialLogin, **_: object) -> None:
    _note(sociallogin.user, "person.sign_in_means_added")


def _note(person: Person, verb: str) -> None:
    record_event(actor=person, verb=verb, subject=person, case=None, details={"kind": "e-id"})


def _check_level(claims: dict[str, Any]) -> None:
    """The level that was reached, not the one that was asked for."""
    if claims["acr"] not in settings.SECOND_OPINION_E_ID_LEVELS:
        raise RefusedIdentityError(
            _(
                "Your e-ID was used in a way that is not safe enough here. Use another e-ID, or "
                "take a code."
            )
        )


def _verified_address(claims: dict[str, Any]) -> dict[str, Any]:
    if claims.get("email_verified") is not True or not isinstance(claims.get("email"), str):
        return {}
    return {"email": claims["email"], "email_verified": True}
