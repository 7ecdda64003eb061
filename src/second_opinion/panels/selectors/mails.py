"""What was mailed about certificates: it belongs to no case, so it stands with their holder."""

from __future__ import annotations

from dataclasses import dataclass

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.selectors import has_role, mail_state
from second_opinion.accounts.states import MailState, Role
from second_opinion.audit.selectors import delayed_among
from second_opinion.panels.models import CertificateMail

MOST_MAILS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class SentOnOne:
    """A mail about a certificate, and how far it has come."""

    mail: CertificateMail
    state: MailState


def certificate_mails(reader: Person, provider: Organisation, holder: Person) -> list[SentOnOne]:
    """What was mailed of a holder's certificates, newest first: a coordinator reads all of it.

    Holders read what went to themselves.
    """
    mails = CertificateMail.objects.filter(provider=provider, holder=holder)
    if not has_role(reader, Role.COORDINATOR, provider):
        mails = mails.filter(reader=reader)
    rows = list(mails.select_related("reader").order_by("-pk")[:MOST_MAILS_SHOWN])
    delayed = delayed_among([mail.pseudonym for mail in rows])
    return [
        SentOnOne(mail, mail_state(mail, is_practice=False, is_delayed=mail.pseudonym in delayed))
        for mail in rows
    ]
