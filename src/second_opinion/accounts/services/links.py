"""Tokens of links, and codes that are mailed before something is shown to who holds one."""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.crypto import salted_hmac

from second_opinion.accounts.models import Link, MailedCode

TOKEN_LENGTH = 32  # random bytes
CODE_LIVES = timedelta(minutes=10)
CLOCKS_DIFFER = timedelta(minutes=1)  # between the machines that make and read a code
MOST_ATTEMPTS = 3
MOST_CODES = 3
CODES_WITHIN = timedelta(minutes=15)
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without I, O, 0 and 1
CODE_LENGTH = 8


def new_token() -> str:
    """It exists in the mail and nowhere else: what is kept is `selectors.token_hash` of it."""
    return secrets.token_urlsafe(TOKEN_LENGTH)


def code_of(mail: UUID) -> str:
    """The code that one mail holds; what is kept is `code_hash` of it.

    A mail that is sent once more, because nobody knows whether it arrived, holds the same code.
    Without the service's secret key nobody can tell it.
    """
    digest = salted_hmac("second_opinion.mailed_code", str(mail), algorithm="sha256").digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:CODE_LENGTH])


def code_hash(link: Link, code: str) -> str:
    return hashlib.sha256(f"{link.pseudonym}:{code}".encode(errors="replace")).hexdigest()


def try_code(newest: MailedCode | None, *, link: Link, code: str) -> bool:
    """Whether it is the newest code, once, within ten minutes and three attempts.

    A code from the future is none: the clock was set back, and the code would live longer. The
    attempt counts also when it fails, so nothing here raises. The caller holds the row.
    """
    if newest is None or newest.used_at or newest.attempts >= MOST_ATTEMPTS:
        return False
    newest.attempts += 1
    tidy = "".join(code.upper().split()).replace("-", "")
    age = timezone.now() - newest.made_at
    is_right = -CLOCKS_DIFFER <= age < CODE_LIVES and secrets.compare_digest(
        newest.code_hash, code_hash(link, tidy)
    )
    if is_right:
        newest.used_at = timezone.now()
    newest.save(update_fields=["attempts", "used_at"])
    return is_right
