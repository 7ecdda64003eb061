"""The mails to whom a report is shared with, carried out."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from second_opinion.audit.errors import AddressRefusedError
from second_opinion.audit.tasks import post
from second_opinion.cases.writing.letters import Words
from second_opinion.reports import services
from second_opinion.reports.models import ShareMail
from second_opinion.reports.states import ShareMailKind
from second_opinion.reports.writing.mails import share_words


def send_share_mail(pseudonym: UUID) -> None:
    """Send one mail; a second one, after a worker died, takes the first one's place."""
    mail = ShareMail.objects.select_related("share__version__case", "share__made_by").get(
        pseudonym=pseudonym
    )
    if mail.is_settled:
        return
    later = ShareMail.objects.filter(share=mail.share, kind=mail.kind, pk__gt=mail.pk)
    if not mail.share.is_live or later.exists():
        services.drop_share_mail(mail=mail)
        return
    words = _words(mail)
    try:
        post(subject=words.subject, body=words.body, to=mail.share.email, mail=mail.pseudonym)
    except AddressRefusedError:
        services.mark_share_mail_refused(mail=mail)
    else:
        services.mark_share_mail_sent(mail=mail)


def _words(mail: ShareMail) -> Words:
    """With a link or a code of its own, made now."""
    share, kind = mail.share, ShareMailKind(mail.kind)
    language, until = share.made_by.language, timezone.localdate(share.expires_at)
    if kind == ShareMailKind.CODE:
        code = services.make_share_code(share=share, mail=mail.pseudonym)
        return share_words(kind, language=language, until=until, code=code)
    path = reverse("shared_link", args=[services.make_share_token(share=share)])
    address = settings.SECOND_OPINION_PUBLIC_URL + path
    return share_words(kind, language=language, until=until, address=address)
