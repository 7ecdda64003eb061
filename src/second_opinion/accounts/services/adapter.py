"""How allauth signs people in here: by invitation only, with a mailed code, in their language."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from second_opinion.accounts import selectors
from second_opinion.accounts.models import Person
from second_opinion.accounts.services.sessions import begin_session, is_recently_signed_in
from second_opinion.accounts.services.sign_in import note_sign_in


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's name
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A code to a person we know; a plain answer to an address we do not.

        Both cases send one mail, so that the time taken tells nothing about who has an account.
        """
        # A stranger is answered in the language of the page they asked on.
        language = selectors.language_of_address(email) or translation.get_language()
        with translation.override(language):
            if template_prefix == "account/email/login_code":
                subject, body = _sign_in_code(str(context["code"]))
            elif template_prefix == "account/email/email_confirmation":
                subject, body = _is_it_yours(str(context["activate_url"]))
            elif template_prefix.startswith(("mfa/email/", "socialaccount/email/")):
                subject, body = _means_changed()
            else:
                subject, body = _no_account_here()
            send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [email])

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:  # noqa: ANN401, ARG002  # allauth's own
        path = reverse("confirm_address", args=[emailconfirmation.key])
        return f"{settings.SECOND_OPINION_PUBLIC_URL}{path}"

    def is_reauthentication_required(self, *, app: str, **_: object) -> bool:  # noqa: ARG002
        """The ways to sign in can be changed only shortly after signing in."""
        return not is_recently_signed_in(request=self.request)

    def get_reauthentication_methods(self, user: Person) -> list[dict[str, str]]:  # noqa: ARG002
        """One way for everybody: signing in again, with whatever steps that has."""
        return [{"id": "sign_in_again", "url": reverse("account_reauthenticate")}]

    def post_login(self, request: HttpRequest, user: Person, **arguments: object) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **arguments)
        begin_session(person=user, request=request)
        note_sign_in(person=user)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
        return response


def _sign_in_code(code: str) -> tuple[str, str]:
    minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
    body = _(
        "Your code is %(code)s\n\n"
        "Enter it on the page where you asked for it, within %(minutes)s minutes:\n"
        "%(address)s\n\n"
        "If you did not ask for a code, you need do nothing. Never give the code to anybody."
    )
    address = settings.SECOND_OPINION_PUBLIC_URL
    return (
        # The subject shows on a locked screen: it does not hold the code.
        _("Your code for signing in"),
        body % {"code": code, "minutes": minutes, "address": address},
    )


def _is_it_yours(address: str) -> tuple[str, str]:
    body = _(
        "Somebody who is signed in at Second Opinion wants to use this address too. If that is "
        "you, open this page where you are signed in:\n"
        "%(address)s\n\n"
        "If it was not you, you need do nothing."
    )
    return _("Is this address yours?"), body % {"address": address}


def _means_changed() -> tuple[str, str]:
    body = _(
        "A passkey, an e-ID, an authenticator app or spare codes were added to your sign-in, or "
        "removed. What there is now, you see here:\n"
        "%(address)s\n\n"
        "If it was not you, sign in, remove what you do not know, sign out everywhere else, and "
        "tell the person who invited you."
    )
    address = settings.SECOND_OPINION_PUBLIC_URL + reverse("mfa_index")
    return _("Your sign-in was changed"), body % {"address": address}


def _no_account_here() -> tuple[str, str]:
    body = _(
        "Somebody asked for a code to sign in at %(address)s with this address.\n\n"
        "Nobody has been invited with it. Perhaps you were invited with another of your "
        "addresses: try that one, or ask the person who invited you.\n\n"
        "If it was not you, you need do nothing."
    )
    return (
        _("This address has not been invited"),
        body % {"address": settings.SECOND_OPINION_PUBLIC_URL},
    )
