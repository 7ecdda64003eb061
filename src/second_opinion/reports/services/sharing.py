"""Sharing a released report: a link by mail, and a code by mail each time before it opens."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Denied, require
from second_opinion.accounts.selectors import token_hash
from second_opinion.accounts.services.links import (
    CODES_WITHIN,
    MOST_CODES,
    code_hash,
    code_of,
    new_token,
    try_code,
)
from second_opinion.audit.services import record_event
from second_opinion.reports import policies, selectors
from second_opinion.reports.errors import CodeError, ShareError
from second_opinion.reports.models import ReportVersion, Share, ShareCode, ShareOpening
from second_opinion.reports.services.mails import queue_share_mail
from second_opinion.reports.services.versions import _locked_version
from second_opinion.reports.states import ShareMailKind

DAYS = (7, 14, 30)
MOST_SHARES = 10  # live at a time, of one case


@transaction.atomic
def share_report(*, actor: Person, version: ReportVersion, email: str, days: int) -> Share:
    """Let an address at the client read this version, and nothing else, for so many days.

    The link goes by mail; its token exists there and nowhere else. Shared with the same address
    twice it is one share.
    """
    version = _locked_version(version)
    require(policies.may_share(actor, version))
    address = _address(email)
    if isinstance(denied := policies.may_be_shared_with(address, version), Denied):
        raise ShareError(denied.reason)
    if days not in DAYS:
        raise ShareError(_("Choose for how long: %(days)s days.") % {"days": _listed(DAYS)})
    live = selectors.live_shares_of(version.case)
    earlier = live.filter(version=version, email=address).first()
    if earlier is not None:
        return earlier
    if live.count() >= MOST_SHARES:
        raise ShareError(
            _("The report is shared with %(most)s addresses already. End a share first.")
            % {"most": MOST_SHARES}
        )
    share = Share.objects.create(
        version=version,
        email=address,
        made_by=actor,
        made_at=max(timezone.now(), version.released_at or timezone.now()),
        token_hash=token_hash(new_token()),  # of a token that nobody has: the mail brings one
        expires_at=timezone.now() + timedelta(days=days),
    )
    _record("report.shared", actor=actor, share=share)
    queue_share_mail(share=share, kind=ShareMailKind.LINK, author=actor)
    return share


@transaction.atomic
def end_share(*, actor: Person, share: Share) -> Share:
    """Nobody reads by this link any more; twice changes nothing."""
    _locked_version(share.version)
    require(policies.may_share(actor, share.version))
    fresh = Share.objects.select_for_update(of=("self",)).get(pk=share.pk)
    if fresh.closed_at is None:
        fresh.closed_at = timezone.now()
        fresh.save(update_fields=["closed_at"])
        _record("share.ended", actor=actor, share=fresh)
    return fresh


def make_share_token(*, share: Share) -> str:
    """For the worker, when the mail goes out; an earlier one, that may not have arrived, ends."""
    token = new_token()
    share.token_hash = token_hash(token)
    share.save(update_fields=["token_hash"])
    return token


@transaction.atomic
def ask_for_share_code(*, share: Share) -> None:
    """Mail a code to the share's address; it is the newest that counts.

    What is counted is what was asked for, also while the mail server takes nothing.
    """
    share = Share.objects.select_for_update(of=("self",)).get(pk=share.pk)
    _check_live(share)
    since = timezone.now() - CODES_WITHIN
    asked = share.mails.filter(kind=ShareMailKind.CODE, queued_at__gt=since)
    if asked.count() >= MOST_CODES:
        raise CodeError(
            _("Several codes have just been sent. Use the newest one, or wait a few minutes.")
        )
    queue_share_mail(share=share, kind=ShareMailKind.CODE)


@transaction.atomic
def make_share_code(*, share: Share, mail: UUID) -> str:
    code = code_of(mail)
    ShareCode.objects.create(share=share, code_hash=code_hash(share, code))
    return code


def open_share(*, share: Share, code: str) -> None:
    """Accept the newest code, once; each opening is kept, and listed on the case."""
    _check_live(share)
    if not _is_opened(share, code):
        raise CodeError(
            _("That is not the code in our newest mail, or it is too old. Ask for a new one.")
        )


@transaction.atomic
def _is_opened(share: Share, code: str) -> bool:
    """The attempt counts also when it fails, so nothing here may raise."""
    newest = ShareCode.objects.select_for_update().filter(share=share).order_by("pk").last()
    if not try_code(newest, link=share, code=code):
        return False
    ShareOpening.objects.create(share=share)
    _record("share.opened", actor=None, share=share)
    return True


def _check_live(share: Share) -> None:
    share.refresh_from_db(fields=["closed_at", "expires_at"])
    if not share.is_live:
        raise CodeError(_("What was shared here can be read no longer."))


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ShareError(
            _("That is not a complete mail address. Write it as anna@example.com.")
        ) from None
    return address


def _listed(days: tuple[int, ...]) -> str:
    return ", ".join(map(str, days))


def _record(verb: str, *, actor: Person | None, share: Share) -> None:
    version = share.version
    record_event(
        actor=actor,
        verb=verb,
        subject=share,
        case=version.case,
        details={"case": version.case.pseudonym, "number": version.number},
    )
