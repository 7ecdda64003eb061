"""A person's own mail addresses: added, shown to be theirs, made the first, removed."""

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from second_opinion.accounts import selectors
from second_opinion.accounts.errors import AddressError, LastError
from second_opinion.accounts.models import Person
from second_opinion.audit.services import record_event

MOST_ADDRESSES = 5


@transaction.atomic
def add_address(*, actor: Person, email: str, request: HttpRequest) -> None:
    """Mail a link to a new address; it counts once its reader has followed that.

    An address that is somebody else's gets nothing, and the page says the same: it must not tell
    who has been invited.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise AddressError(
            _("That is not a complete mail address. Write it as anna@example.com.")
        ) from error
    owner = selectors.person_of_address(email)
    if owner is not None and owner != actor:
        return
    address = selectors.addresses_of(actor).filter(email=email).first()
    if address is None:
        if selectors.addresses_of(actor).count() >= MOST_ADDRESSES:
            raise AddressError(
                _("There is room for %(most)s addresses. Remove one first.")
                % {"most": MOST_ADDRESSES}
            )
        address = EmailAddress.objects.create(user=actor, email=email)
        record_event(actor=actor, verb="person.address_added", subject=actor, case=None)
    if not address.verified:
        address.send_confirmation(request)


@transaction.atomic
def confirm_address(*, actor: Person, key: str) -> str:
    """Follow the mailed link, signed in as who asked for it; answers the address."""
    confirmation = EmailConfirmationHMAC.from_key(key)
    address = confirmation.email_address if confirmation else None
    if address is None or address.user_id != actor.pk or not address.set_verified():
        raise AddressError(_("This link is too old, or is not yours. Add the address once more."))
    record_event(actor=actor, verb="person.address_confirmed", subject=actor, case=None)
    return str(address.email)


@transaction.atomic
def put_address_first(*, actor: Person, number: int) -> None:
    """Mails go there from now on."""
    address = _own(actor, number)
    if not address.verified:
        raise AddressError(_("First follow the link that we mailed to that address."))
    address.set_as_primary()
    record_event(actor=actor, verb="person.address_put_first", subject=actor, case=None)


@transaction.atomic
def remove_address(*, actor: Person, number: int) -> None:
    address = _own(actor, number)
    if address.primary:
        raise LastError(_("Mails go to this address. Put another one first, then remove it."))
    address.delete()
    record_event(actor=actor, verb="person.address_removed", subject=actor, case=None)


def _own(actor: Person, number: int) -> EmailAddress:
    address = selectors.addresses_of(actor).filter(pk=number).first()
    if address is None:
        raise AddressError(_("That address is not one of yours any more."))
    return address
