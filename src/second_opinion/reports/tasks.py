"""The mail that tells an orderer that a report can be read."""

from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from second_opinion.audit.errors import DeliveryError
from second_opinion.reports.models import ReportVersion


def tell_orderer(pseudonym: UUID) -> None:
    """Name no person, role or figure: mails are forwarded, and read on locked screens."""
    version = ReportVersion.objects.select_related("case__orderer").get(pseudonym=pseudonym)
    orderer = version.case.orderer
    with translation.override(orderer.language):
        subject = _("A report is ready for you")
        body = _(
            "The report on your order %(reference)s can be read now:\n"
            "%(address)s\n\n"
            "You sign in with a code that we mail to this address. The report itself is never "
            "sent by mail."
        ) % {
            "reference": version.case.reference,
            "address": settings.SECOND_OPINION_PUBLIC_URL + reverse("report", args=[pseudonym]),
        }
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [orderer.email])
    except (SMTPException, OSError) as error:
        # The server's own words may hold the address, so only the kind of failure is kept.
        raise DeliveryError(f"The mail server did not take it ({type(error).__name__}).") from error
