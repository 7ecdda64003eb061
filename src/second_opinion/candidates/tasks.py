"""The mails to a candidate. They hold a link and nothing else: no name, role, client or score."""

from smtplib import SMTPException, SMTPRecipientsRefused
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from second_opinion.audit.errors import DeliveryError
from second_opinion.candidates import services
from second_opinion.candidates.models import Mailing, PersonalLink
from second_opinion.candidates.states import MailKind
from second_opinion.cases.models import Candidacy

PERMANENT = 500  # reply codes of SMTP from here on are final


def send_mailing(pseudonym: UUID) -> None:
    """Send one mail, with a link of its own; what is sent or refused already is left alone.

    The link is kept before the mail goes out: a mail that arrived must never hold a dead link.
    """
    mailing = _mailing(pseudonym)
    if mailing.sent_at is not None or mailing.refused_at is not None:
        return
    link, token = services.make_token(candidacy=mailing.candidacy)
    subject, body = _words(mailing, address=_address(token), link=link)
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [mailing.address])
    except SMTPRecipientsRefused as error:
        services.drop_link(link=link)
        if not _is_final(error):
            raise DeliveryError("The mail server did not take the address yet.") from error
        services.mark_refused(mailing=mailing)
    except (SMTPException, OSError) as error:
        # The server's own words may hold the address, so only the kind of failure is kept.
        services.drop_link(link=link)
        raise DeliveryError(f"The mail server did not take it ({type(error).__name__}).") from error
    else:
        services.mark_sent(mailing=mailing)


def remind(pseudonym: UUID) -> None:
    services.remind(mailing=_mailing(pseudonym))


def tell_coordinator(pseudonym: UUID) -> None:
    """Two reminders were not answered: now a person takes over."""
    candidacy = _mailing(pseudonym).candidacy
    case = candidacy.case
    with translation.override(case.coordinator.language):
        subject = _("Somebody has not answered")
        body = _(
            "In %(reference)s one of those concerned has not answered two reminders. No more are "
            "sent. Perhaps you can telephone:\n%(address)s"
        ) % {"reference": case.reference, "address": _card(candidacy)}
    _send(subject, body, case.coordinator.email)


def call_coordinator(pseudonym: UUID) -> None:
    """A candidate has asked, chosen, replied or withdrawn; which of these the card says."""
    candidacy = Candidacy.objects.select_related("case__coordinator").get(pseudonym=pseudonym)
    case = candidacy.case
    with translation.override(case.coordinator.language):
        subject = _("Something new waits for you")
        body = _(
            "In %(reference)s there is something new from one of those concerned:\n%(address)s"
        ) % {
            "reference": case.reference,
            "address": _card(candidacy),
        }
    _send(subject, body, case.coordinator.email)


def send_code(pseudonym: UUID) -> None:
    """The code before a report is shown. A second one, by a worker that died, replaces it."""
    link = PersonalLink.objects.select_related("candidacy").get(pseudonym=pseudonym)
    candidacy = link.candidacy
    if not candidacy.email or not link.is_live:
        return
    with translation.override(candidacy.language):
        subject = _("Your code")
        body = _(
            "Your code is %(code)s\n\n"
            "Enter it on the page where you asked for it, within ten minutes. If you did not ask "
            "for a code, you need do nothing. Never give the code to anybody."
        ) % {"code": services.make_code(link=link)}
    _send(subject, body, candidacy.email)


def _send(subject: str, body: str, address: str) -> None:
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [address])
    except (SMTPException, OSError) as error:
        # The server's own words may hold the address, so only the kind of failure is kept.
        raise DeliveryError(f"The mail server did not take it ({type(error).__name__}).") from error


def _mailing(pseudonym: UUID) -> Mailing:
    return Mailing.objects.select_related(
        "candidacy__case__provider", "candidacy__case__coordinator"
    ).get(pseudonym=pseudonym)


def _words(mailing: Mailing, *, address: str, link: PersonalLink) -> tuple[str, str]:
    """Subject and body, neutral: mails are forwarded, and read on locked screens at work."""
    with translation.override(mailing.candidacy.language):
        begins = {
            MailKind.NOTICE: _("There is something for you to read."),
            MailKind.REMINDER: _("There is still something for you to read."),
            MailKind.LINK: _("Here is the new link that you asked for."),
            MailKind.NEWS: _("There is something new on your page."),
        }[MailKind(mailing.kind)]
        body = begins + _(
            " Your own page shows it, and who it comes from:\n"
            "%(address)s\n\n"
            "The link is yours alone: do not pass it on. It works until %(day)s. After that the "
            "same page sends you a new one.\n\n"
            "If you expected nothing, you need do nothing."
        ) % {"address": address, "day": timezone.localdate(link.expires_at).isoformat()}
        return _("Something for you to read"), body


def _address(token: str) -> str:
    return settings.SECOND_OPINION_PUBLIC_URL + reverse("personal_link", args=[token])


def _card(candidacy: Candidacy) -> str:
    return settings.SECOND_OPINION_PUBLIC_URL + reverse("candidacy", args=[candidacy.pseudonym])


def _is_final(error: SMTPRecipientsRefused) -> bool:
    return all(code >= PERMANENT for code, _words in error.recipients.values())
