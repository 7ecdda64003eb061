"""What the worker does for this room, and the words of its mails.

No mail names a person, an instrument or a case: mails are forwarded, and read on locked screens.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from second_opinion.audit.errors import AddressRefusedError
from second_opinion.audit.tasks import post
from second_opinion.panels import services
from second_opinion.panels.models import CertificateMail
from second_opinion.panels.selectors.certificates import MAILED_AHEAD, is_to_be_mailed

_looked_on: set[date] = set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A mail as it is read."""

    subject: str
    body: str


def index_vocabularies() -> None:
    """Keep ready what suggestions are searched by."""
    services.index_vocabularies()


def tell_of_ending_certificates() -> None:
    """Once a day in each worker, since it reads whole registers; nobody is told anything twice."""
    today = timezone.localdate()
    if today not in _looked_on:
        services.tell_of_ending_certificates()
        _looked_on.clear()
        _looked_on.add(today)


def send_certificate_mail(pseudonym: UUID) -> None:
    """Send one, in its reader's language; not where the certificate was renewed meanwhile."""
    rows = CertificateMail.objects.select_related("provider", "holder", "reader")
    mail = rows.get(pseudonym=pseudonym)
    if mail.is_settled:
        return
    if not (mail.reader.is_active and is_to_be_mailed(mail)):
        services.mark_certificate_mail(mail=mail, field="dropped_at", verb="dropped")
        return
    words = words_on_certificate(
        language=mail.reader.language,
        is_own=mail.reader_id == mail.holder_id,
        ahead=mail.ahead,
        holder=mail.holder.pseudonym,
    )
    try:
        post(subject=words.subject, body=words.body, to=mail.reader.email, mail=mail.pseudonym)
    except AddressRefusedError:
        services.mark_certificate_mail(mail=mail, field="refused_at", verb="refused")
    else:
        services.mark_certificate_mail(mail=mail, field="sent_at", verb="sent")


def words_on_certificate(*, language: str, is_own: bool, ahead: int, holder: UUID) -> Words:
    """What is mailed so many days ahead, one of MAILED_AHEAD; the link opens the holder's page."""
    with translation.override(language):
        address = settings.SECOND_OPINION_PUBLIC_URL + reverse("registered", args=[holder])
        how = _("You sign in with a code that we mail to this address.")
        sentence = _sentence(is_own=is_own, is_first=ahead == max(MAILED_AHEAD))
        body = f"{sentence}\n{address}\n\n{how}"
        return Words(subject=_("A certificate ends soon"), body=body)


def _sentence(*, is_own: bool, is_first: bool) -> str:
    if is_own:
        return (
            _(
                "A certificate of yours ends within two months. After its last day you cannot use "
                "what it is for. If you have renewed it, write the new day on your page:"
            )
            if is_first
            else _(
                "A certificate of yours ends within two weeks. After its last day you cannot use "
                "what it is for. If you have renewed it, write the new day on your page:"
            )
        )
    return (
        _(
            "A certificate of one of your assessors ends within two months. After its last day "
            "they cannot use what it is for. Their page says which it is:"
        )
        if is_first
        else _(
            "A certificate of one of your assessors ends within two weeks. After its last day "
            "they cannot use what it is for. Their page says which it is:"
        )
    )
