"""The mails about a report that can be read. They hold a link or a code, and nothing of it."""

from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection, send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.audit.errors import DeliveryError
from second_opinion.reports import services
from second_opinion.reports.models import ReportVersion, Share
from second_opinion.reports.selectors import deciders_of


def tell_client(pseudonym: UUID) -> None:
    """Name no person, role or figure: mails are forwarded, and read on locked screens."""
    version = ReportVersion.objects.select_related("case__orderer", "case__client").get(
        pseudonym=pseudonym
    )
    case = version.case
    readers = [case.orderer, *deciders_of(case).exclude(pk=case.orderer_id)]
    try:
        with get_connection() as connection:
            connection.send_messages([_mail(reader, version, connection) for reader in readers])
    except (SMTPException, OSError) as error:
        # The server's own words may hold the address, so only the kind of failure is kept.
        raise DeliveryError(f"The mail server did not take it ({type(error).__name__}).") from error


def invite_reader(pseudonym: UUID) -> None:
    """The link of a share. A second mail, after a worker died, takes the first one's place."""
    share = _share(pseudonym)
    if not share.is_live:
        return
    with translation.override(share.made_by.language):
        subject = _("Something for you to read")
        body = _(
            "Somebody whom you work with shares something with you:\n"
            "%(address)s\n\n"
            "The link is yours alone: do not pass it on. It works until %(day)s, and a code is "
            "mailed to you each time before anything is shown.\n\n"
            "If you expected nothing, you need do nothing."
        ) % {
            "address": settings.SECOND_OPINION_PUBLIC_URL
            + reverse("shared_link", args=[services.make_share_token(share=share)]),
            "day": timezone.localdate(share.expires_at).isoformat(),
        }
    _send(subject, body, share.email)


def send_share_code(pseudonym: UUID) -> None:
    share = _share(pseudonym)
    if not share.is_live:
        return
    with translation.override(share.made_by.language):
        subject = _("Your code")
        body = _(
            "Your code is %(code)s\n\n"
            "Enter it on the page where you asked for it, within ten minutes. If you did not ask "
            "for a code, you need do nothing. Never give the code to anybody."
        ) % {"code": services.make_share_code(share=share)}
    _send(subject, body, share.email)


def _share(pseudonym: UUID) -> Share:
    return Share.objects.select_related("version__case", "made_by").get(pseudonym=pseudonym)


def _send(subject: str, body: str, address: str) -> None:
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [address])
    except (SMTPException, OSError) as error:
        # The server's own words may hold the address, so only the kind of failure is kept.
        raise DeliveryError(f"The mail server did not take it ({type(error).__name__}).") from error


def _mail(reader: Person, version: ReportVersion, connection: BaseEmailBackend) -> EmailMessage:
    with translation.override(reader.language):
        subject = _("A report is ready for you")
        body = _(
            "The report on the order %(reference)s can be read now:\n"
            "%(address)s\n\n"
            "You sign in with a code that we mail to this address. The report itself is never "
            "sent by mail."
        ) % {
            "reference": version.case.reference,
            "address": settings.SECOND_OPINION_PUBLIC_URL
            + reverse("report", args=[version.pseudonym]),
        }
    sender = settings.DEFAULT_FROM_EMAIL
    return EmailMessage(subject, body, sender, [reader.email], connection=connection)
