"""The mails to whom a report is shared with. They hold a link or a code, and nothing of it."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from second_opinion.audit.tasks import post
from second_opinion.reports import services
from second_opinion.reports.models import Share


def invite_reader(pseudonym: UUID) -> None:
    """The link of a share. A second mail, after a worker died, takes the first one's place."""
    share = _share(pseudonym)
    if not share.is_live or share.version.case.is_practice:
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
    post(subject=subject, body=body, to=share.email)


def send_share_code(pseudonym: UUID) -> None:
    share = _share(pseudonym)
    if not share.is_live or share.version.case.is_practice:
        return
    with translation.override(share.made_by.language):
        subject = _("Your code")
        body = _(
            "Your code is %(code)s\n\n"
            "Enter it on the page where you asked for it, within ten minutes. If you did not ask "
            "for a code, you need do nothing. Never give the code to anybody."
        ) % {"code": services.make_share_code(share=share)}
    post(subject=subject, body=body, to=share.email)


def _share(pseudonym: UUID) -> Share:
    return Share.objects.select_related("version__case", "made_by").get(pseudonym=pseudonym)
