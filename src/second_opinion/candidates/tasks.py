"""The mails to a candidate. They hold a link and nothing else: no name, role, client or score."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from second_opinion.audit.errors import AddressRefusedError, DeliveryError
from second_opinion.audit.tasks import post
from second_opinion.candidates import services
from second_opinion.candidates.models import Mailing
from second_opinion.candidates.states import REMINDERS, MailKind
from second_opinion.candidates.writing.mails import code_words, mail_words


def send_mailing(pseudonym: UUID) -> None:
    """Send one mail, with a link of its own; what is sent or refused already is left alone.

    The link is kept before the mail goes out: a mail that arrived must never hold a dead link.
    """
    mailing = _mailing(pseudonym)
    if mailing.is_settled:
        return
    if mailing.kind == MailKind.CODE:
        _send_code(mailing)
        return
    candidacy, referee = mailing.candidacy, mailing.referee
    if referee is not None and not referee.is_released:  # taken back meanwhile
        services.drop_mailing(mailing=mailing)
        return
    link, token = services.make_token(candidacy=candidacy, referee=referee)
    words = mail_words(
        MailKind(mailing.kind),
        language=candidacy.language if referee is None else referee.language,
        address=_address(token),
        until=timezone.localdate(link.expires_at),
    )
    try:
        post(subject=words.subject, body=words.body, to=mailing.address, mail=mailing.pseudonym)
    except AddressRefusedError:
        services.drop_link(link=link)
        services.mark_refused(mailing=mailing)
    except DeliveryError:
        services.drop_link(link=link)
        raise
    else:
        services.mark_sent(mailing=mailing)


def go_on_after_a_death(pseudonym: UUID) -> None:
    """A mail that a worker died over, perhaps after it went out: no reminder is sent again."""
    mailing = _mailing(pseudonym)
    if mailing.kind in REMINDERS and not mailing.is_settled:
        services.drop_mailing(mailing=mailing)
    else:
        send_mailing(pseudonym)


def remind(pseudonym: UUID) -> None:
    services.remind(mailing=_mailing(pseudonym))


def _send_code(mailing: Mailing) -> None:
    """The code before a report is shown: of several that wait, the one that was asked for last."""
    link = mailing.link
    later = mailing.candidacy.mailings.filter(kind=MailKind.CODE, pk__gt=mailing.pk)
    if link is None or not link.is_live or later.exists():
        services.drop_mailing(mailing=mailing)
        return
    words = code_words(
        language=mailing.candidacy.language,
        code=services.make_code(link=link, mail=mailing.pseudonym),
    )
    try:
        post(subject=words.subject, body=words.body, to=mailing.address, mail=mailing.pseudonym)
    except AddressRefusedError:
        services.mark_refused(mailing=mailing)
    else:
        services.mark_sent(mailing=mailing)


def _mailing(pseudonym: UUID) -> Mailing:
    return Mailing.objects.select_related(
        "candidacy__case__provider", "candidacy__case__coordinator", "link", "referee"
    ).get(pseudonym=pseudonym)


def _address(token: str) -> str:
    return settings.SECOND_OPINION_PUBLIC_URL + reverse("personal_link", args=[token])
