"""A code by mail before a report is shown: whoever holds the link must also read the mailbox."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.services.links import (
    CODES_WITHIN,
    MOST_CODES,
    code_hash,
    new_code,
    try_code,
)
from second_opinion.audit.services import enqueue, record_event
from second_opinion.candidates.errors import CodeError
from second_opinion.candidates.models import PersonalLink, ReportCode

CODE = "candidate.code"


@transaction.atomic
def ask_for_code(*, link: PersonalLink) -> None:
    """Mail a code to the stored address; after some of them it is the newest that counts."""
    link = PersonalLink.objects.select_for_update().get(pk=link.pk)
    recent = ReportCode.objects.filter(
        link__candidacy=link.candidacy, made_at__gt=timezone.now() - CODES_WITHIN
    )
    if recent.count() >= MOST_CODES:
        raise CodeError(
            _("Several codes have just been sent. Use the newest one, or wait a few minutes.")
        )
    if link.candidacy.case.is_practice:
        raise CodeError(_("In a practice case nothing is mailed, and so no code either."))
    enqueue(kind=CODE, subject=link)


@transaction.atomic
def make_code(*, link: PersonalLink) -> str:
    """The code itself, which exists in the mail and nowhere else."""
    code = new_code()
    ReportCode.objects.create(link=link, code_hash=code_hash(link, code))
    return code


def enter_code(*, link: PersonalLink, code: str) -> None:
    """Accept the newest code, once, within ten minutes and three attempts."""
    if not _is_right(link, code):
        raise CodeError(
            _("That is not the code in our newest mail, or it is too old. Ask for a new one.")
        )


@transaction.atomic
def _is_right(link: PersonalLink, code: str) -> bool:
    newest = ReportCode.objects.select_for_update().filter(link=link).order_by("pk").last()
    is_right = try_code(newest, link=link, code=code)
    if is_right:
        record_event(
            actor=link.candidacy,
            verb="candidate.code_entered",
            subject=link,
            case=link.candidacy.case,
        )
    return is_right
