"""Signing in: what is noted of it, and the demo's links."""

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

from second_opinion.accounts import selectors
from second_opinion.accounts.errors import DemoLinkError
from second_opinion.accounts.models import Person
from second_opinion.audit.services import record_event

DEMO_SALT = "second-opinion/demo-sign-in"


def note_sign_in(*, person: Person) -> None:
    record_event(actor=person, verb="person.signed_in", subject=person, case=None)


def demo_sign_in_token(person: Person) -> str:
    """What a demo link ends with. Only the demo setting makes it worth anything."""
    return signing.dumps(str(person.pseudonym), salt=DEMO_SALT)


def person_of_demo_token(token: str) -> Person:
    if not settings.SECOND_OPINION_DEMO:
        raise DemoLinkError(_("This link works only in the demo."))
    try:
        pseudonym = signing.loads(token, salt=DEMO_SALT)
    except signing.BadSignature:
        raise DemoLinkError(
            _("This link was not made by this demo. Start the demo again and use its links.")
        ) from None
    person = selectors.person_of_pseudonym(pseudonym)
    if person is None or not person.is_active:
        raise DemoLinkError(_("The person of this link is no longer in the demo."))
    return person
