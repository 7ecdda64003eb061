"""A code by mail before a report is shown: whoever holds the link must also read the mailbox."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.services.links import (
    CODES_WITHIN,
    MOST_CODES,
    code_hash,
    code_of,
    try_code,
)
from second_opinion.audit.services import record_event
from second_opinion.candidates.errors import CodeError
from second_opinion.candidates.models import Mailing, PersonalLink, ReportCode
from second_opinion.candidates.services.mails import queue_mail
from second_opinion.candidates.states import MailKind
from second_opinion.cases.models import Candidacy


@transaction.atomic
def ask_for_code(*, link: PersonalLink) -> Mailing:
    """Mail a code to the stored address; it is the newest that counts.

    What is counted is what was asked for, also while the mail server takes nothing.
    """
    candidacy = Candidacy.objects.select_for_update(of=("self",)).get(pk=link.candidacy_id)
    recent = candidacy.mailings.filter(
        kind=MailKind.CODE, queued_at__gt=timezone.now() - CODES_WITHIN
    )
    if recent.count() >= MOST_CODES:
        raise CodeError(
            _("Several codes have just been sent. Use the newest one, or wait a few minutes.")
        )
    if candidacy.case.is_practice:
        raise CodeError(_("In a practice case nothing is mailed, and so no code either."))
    if not candidacy.email:
        raise CodeError(_("We have no mail address of yours. Write to the coordinator."))
    return queue_mail(candidacy=candidacy, kind=MailKind.CODE, link=link)


@transaction.atomic
def make_code(*, link: PersonalLink, mail: UUID) -> str:
    """The code itself, which exists in the mail and nowhere else."""
    code = code_of(mail)
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
