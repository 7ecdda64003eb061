"""The mail that tells an assessor that an assessment waits."""

from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from second_opinion.audit.errors import DeliveryError
from second_opinion.opinions.models import Opinion


def tell_assessor(pseudonym: UUID) -> None:
    """Name no person, role or figure: mails are forwarded, and read on locked screens."""
    opinion = Opinion.objects.select_related("candidacy__case", "assessor").get(pseudonym=pseudonym)
    assessor = opinion.assessor
    with translation.override(assessor.language):
        subject = _("You are asked for an assessment")
        body = _(
            "You are engaged as an assessor on the order %(reference)s:\n"
            "%(address)s\n\n"
            "You sign in with a code that we mail to this address. Please discuss the assessment "
            "with nobody until all assessments are opened together."
        ) % {
            "reference": opinion.candidacy.case.reference,
            "address": settings.SECOND_OPINION_PUBLIC_URL + reverse("assessments"),
        }
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [assessor.email])
    except (SMTPException, OSError) as error:
        # The server's own words may hold the address, so only the kind of failure is kept.
        raise DeliveryError(f"The mail server did not take it ({type(error).__name__}).") from error
