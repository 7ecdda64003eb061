"""The mail that tells who orders and decides that a report can be read."""

from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.audit.errors import DeliveryError
from second_opinion.reports.models import ReportVersion
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
