"""The mails to people about their own way in. They name no case, and nobody else."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from second_opinion.accounts import selectors
from second_opinion.accounts.models import Person
from second_opinion.audit.errors import DeliveryError
from second_opinion.audit.tasks import post


def tell_invited(pseudonym: UUID) -> None:
    person = _person(pseudonym)
    with translation.override(person.language):
        subject = _("You can sign in now")
        body = _(
            "You have been invited to Second Opinion, or have been given a part in it:\n"
            "%(address)s\n\n"
            "You sign in with a code that we mail to this address. There is no password. If you "
            "expected nothing, you need do nothing."
        ) % {"address": settings.SECOND_OPINION_PUBLIC_URL}
    post(subject=subject, body=body, to=person.email)


def tell_of_reset(pseudonym: UUID) -> None:
    person = _person(pseudonym)
    with translation.override(person.language):
        subject = _("Your sign-in was changed")
        body = _(
            "Whoever runs the service has removed your authenticator app, its spare codes, your "
            "passkeys and your e-ID, and has signed you out everywhere. You sign in with the "
            "mailed code alone, and can add them anew:\n"
            "%(address)s\n\n"
            "If you did not ask for that, tell them at once."
        ) % {"address": settings.SECOND_OPINION_PUBLIC_URL + reverse("mfa_index")}
    post(subject=subject, body=body, to=person.email)


def _person(pseudonym: UUID) -> Person:
    person = selectors.person_of_pseudonym(pseudonym)
    if person is None:
        raise DeliveryError("The person is no longer there.")
    return person
