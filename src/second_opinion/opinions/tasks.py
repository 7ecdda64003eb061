"""The mails that tell an assessor what waits. They hold a link and no word of anybody's."""

from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.audit.errors import DeliveryError
from second_opinion.cases.models import Case
from second_opinion.opinions.models import Opinion, Remark, Revision
from second_opinion.opinions.selectors import people_in_discussion


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
    _send(subject, body, assessor.email)


def tell_discussion(pseudonym: UUID) -> None:
    """Everybody in the discussion but who wrote: that there is something new, and no more."""
    case, author = _news(pseudonym)
    for person in people_in_discussion(case):
        if person == author:
            continue
        with translation.override(person.language):
            subject = _("Something new in the discussion")
            body = _(
                "There is something new in the discussion of the order %(reference)s:\n"
                "%(address)s\n\n"
                "You sign in with a code that we mail to this address."
            ) % {
                "reference": case.reference,
                "address": settings.SECOND_OPINION_PUBLIC_URL
                + reverse("discussion", args=[case.pseudonym]),
            }
        _send(subject, body, person.email)


def _news(pseudonym: UUID) -> tuple[Case, Person]:
    remark = (
        Remark.objects.filter(pseudonym=pseudonym)
        .select_related("candidacy__case__provider", "author")
        .first()
    )
    if remark is not None:
        return remark.candidacy.case, remark.author
    revision = Revision.objects.select_related(
        "opinion__candidacy__case__provider", "opinion__assessor"
    ).get(pseudonym=pseudonym)
    return revision.opinion.candidacy.case, revision.opinion.assessor


def _send(subject: str, body: str, address: str) -> None:
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [address])
    except (SMTPException, OSError) as error:
        # The server's own words may hold the address, so only the kind of failure is kept.
        raise DeliveryError(f"The mail server did not take it ({type(error).__name__}).") from error
