"""The mails to a candidate. They hold a link and nothing else: no name, role, client or score."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from second_opinion.audit.errors import AddressRefusedError, DeliveryError
from second_opinion.audit.tasks import post
from second_opinion.candidates import services
from second_opinion.candidates.models import Mailing, PersonalLink
from second_opinion.candidates.states import MailKind
from second_opinion.candidates.writing.mails import code_words, mail_words


def send_mailing(pseudonym: UUID) -> None:
    """Send one mail, with a link of its own; what is sent or refused already is left alone.

    The link is kept before the mail goes out: a mail that arrived must never hold a dead link.
    """
    mailing = _mailing(pseudonym)
    if mailing.sent_at is not None or mailing.refused_at is not None:
        return
    candidacy = mailing.candidacy
    link, token = services.make_token(candidacy=candidacy)
    words = mail_words(
        MailKind(mailing.kind),
        language=candidacy.language,
        address=_address(token),
        until=timezone.localdate(link.expires_at),
    )
    try:
        post(subject=words.subject, body=words.body, to=mailing.address)
    except AddressRefusedError:
        services.drop_link(link=link)
        services.mark_refused(mailing=mailing)
    except DeliveryError:
        services.drop_link(link=link)
        raise
    else:
        services.mark_sent(mailing=mailing)


def remind(pseudonym: UUID) -> None:
    services.remind(mailing=_mailing(pseudonym))


def send_code(pseudonym: UUID) -> None:
    """The code before a report is shown. A second one, by a worker that died, replaces it."""
    link = PersonalLink.objects.select_related("candidacy").get(pseudonym=pseudonym)
    candidacy = link.candidacy
    if not candidacy.email or not link.is_live:
        return
    words = code_words(language=candidacy.language, code=services.make_code(link=link))
    post(subject=words.subject, body=words.body, to=candidacy.email)


def _mailing(pseudonym: UUID) -> Mailing:
    return Mailing.objects.select_related(
        "candidacy__case__provider", "candidacy__case__coordinator"
    ).get(pseudonym=pseudonym)


def _address(token: str) -> str:
    return settings.SECOND_OPINION_PUBLIC_URL + reverse("personal_link", args=[token])
