"""A code by mail before a report is shown: whoever holds the link must also read the mailbox."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.audit.services import enqueue, record_event
from second_opinion.candidates.errors import CodeError
from second_opinion.candidates.models import PersonalLink, ReportCode

CODE = "candidate.code"
LIVES = timedelta(minutes=10)
MOST_ATTEMPTS = 3
MOST_CODES = 3
CODES_WITHIN = timedelta(minutes=15)
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without I, O, 0 and 1
LENGTH = 8


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
    enqueue(kind=CODE, subject=link)


@transaction.atomic
def make_code(*, link: PersonalLink) -> str:
    """The code itself, which exists in the mail and nowhere else."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    ReportCode.objects.create(link=link, code_hash=_hash(link, code))
    return code


def enter_code(*, link: PersonalLink, code: str) -> None:
    """Accept the newest code, once, within ten minutes and three attempts."""
    if not _is_right(link, code):
        raise CodeError(
            _("That is not the code in our newest mail, or it is too old. Ask for a new one.")
        )


@transaction.atomic
def _is_right(link: PersonalLink, code: str) -> bool:
    """The attempt counts also when it fails, so nothing here may raise."""
    newest = ReportCode.objects.select_for_update().filter(link=link).order_by("pk").last()
    if newest is None or newest.used_at or newest.attempts >= MOST_ATTEMPTS:
        return False
    newest.attempts += 1
    tidy = "".join(code.upper().split()).replace("-", "")
    is_right = timezone.now() < newest.made_at + LIVES and secrets.compare_digest(
        newest.code_hash, _hash(link, tidy)
    )
    if is_right:
        newest.used_at = timezone.now()
        record_event(actor=link.candidacy, verb="candidate.code_entered", subject=link)
    newest.save(update_fields=["attempts", "used_at"])
    return is_right


def _hash(link: PersonalLink, code: str) -> str:
    return hashlib.sha256(f"{link.pseudonym}:{code}".encode(errors="replace")).hexdigest()
