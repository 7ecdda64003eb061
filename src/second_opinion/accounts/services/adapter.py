"""How allauth signs people in here: by invitation only, with a mailed code, in their language."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from second_opinion.accounts import selectors
from second_opinion.accounts.models import Person
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
            else:
                subject, body = _no_account_here()
            send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [email])

    def post_login(self, request: HttpRequest, user: Person, **arguments: object) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **arguments)
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
