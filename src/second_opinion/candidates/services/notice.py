"""The notice: written in versions, sent, and acknowledged, which is no consent."""

import dataclasses
from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.accounts.selectors import is_at
from second_opinion.audit.services import (
    canonical_json,
    content_hash,
    encrypt,
    enqueue,
    record_event,
)
from second_opinion.candidates import policies, selectors
from second_opinion.candidates.errors import AddressError, IncompleteNoticeError, NotAskedError
from second_opinion.candidates.models import Acknowledgement, Mailing, Notice
from second_opinion.candidates.selectors import Section
from second_opinion.candidates.services.mails import REMINDER, next_daytime, queue_mail
from second_opinion.candidates.states import HowAcknowledged, MailKind
from second_opinion.candidates.writing.notice import KEYS
from second_opinion.cases.models import Candidacy

FIRST_REMINDER_AFTER = timedelta(days=2)


@transaction.atomic
def write_notice(
    *, actor: Person, candidacy: Candidacy, sections: Sequence[Section], language: str
) -> Notice:
    """Keep a new version; the same words as before make none."""
    candidacy = _locked_row(candidacy)
    require(policies.may_inform(actor, candidacy))
    newest = selectors.newest_notice(candidacy)
    tidied = [dataclasses.replace(section, text=_tidied(section.text)) for section in sections]
    content: list[object] = [dataclasses.asdict(section) for section in tidied]
    fingerprint = content_hash(content)
    if newest and (newest.content_hash, newest.language) == (fingerprint, language):
        return newest
    notice = Notice(
        candidacy=candidacy,
        version=newest.version + 1 if newest else 1,
        language=language,
        content_hash=fingerprint,
        author=actor,
    )
    label = selectors.notice_label(notice.pseudonym)
    notice.content = encrypt(canonical_json(content), case=candidacy.case, label=label)
    notice.save()
    record_event(
        actor=actor,
        verb="notice.written",
        subject=notice,
        case=candidacy.case,
        details={
            "candidacy": candidacy.pseudonym,
            "version": notice.version,
            "sha256": fingerprint,
        },
    )
    return notice


@transaction.atomic
def send_notice(
    *,
    actor: Person,
    candidacy: Candidacy,
    employer_domain: str = "",
    is_employer_agreed: bool = False,
) -> Mailing:
    """Mail the candidate that the newest version can be read; twice the same mails once.

    An address at the present employer would give the search away: it is used only when the
    candidate has agreed to that.
    """
    candidacy = _locked_row(candidacy)
    require(policies.may_inform(actor, candidacy))
    notice = selectors.newest_notice(candidacy)
    if notice is None:
        raise IncompleteNoticeError(_("Write the notice before you send it."))
    _check_complete(notice)
    if is_at(candidacy.email, employer_domain) and not is_employer_agreed:
        raise AddressError(
            _(
                "The address is at the candidate’s present employer, where others may read it. "
                "Ask for a private one, or say that the candidate has agreed. Nothing was sent."
            )
        )
    sent = candidacy.mailings.filter(
        kind=MailKind.NOTICE, notice=notice, refused_at=None, returned_at=None
    ).first()
    if sent is not None and sent.address == candidacy.email:
        return sent
    mailing = queue_mail(candidacy=candidacy, kind=MailKind.NOTICE, notice=notice, author=actor)
    if not candidacy.case.is_practice:
        _plan_reminder(candidacy, mailing)
    return mailing


@transaction.atomic
def acknowledge(*, candidacy: Candidacy, notice: Notice) -> Acknowledgement:
    """The candidate says on their page that they have read a version; twice is once."""
    candidacy = _locked_row(candidacy)
    require(policies.may_take_part(candidacy))
    newest = selectors.notice_of(candidacy)
    if newest is None or newest.pk != notice.pk:
        raise NotAskedError(_("There is a newer version of this text. Please read that one."))
    return _note(Acknowledgement(candidacy=candidacy, notice=newest, how=HowAcknowledged.PAGE))


@transaction.atomic
def note_acknowledgement(
    *, actor: Person, candidacy: Candidacy, how: HowAcknowledged, reason: str
) -> Acknowledgement:
    """A coordinator notes that the candidate has been told, and said so, elsewhere than here."""
    candidacy = _locked_row(candidacy)
    require(policies.may_inform(actor, candidacy))
    notice = selectors.newest_notice(candidacy)
    if notice is None:
        raise IncompleteNoticeError(_("Write the notice first: it is what the candidate was told."))
    _check_complete(notice)
    if how == HowAcknowledged.PAGE:
        raise NotAskedError(_("On the page only the candidate can say that they have read it."))
    if not reason.strip():
        raise NotAskedError(_("Say why it was not done on the candidate’s own page."))
    row = Acknowledgement(candidacy=candidacy, notice=notice, how=how, recorded_by=actor)
    label = selectors.reason_label(row.pseudonym)
    row.reason = encrypt(reason.strip().encode(), case=candidacy.case, label=label)
    return _note(row)


def _note(row: Acknowledgement) -> Acknowledgement:
    earlier = Acknowledgement.objects.filter(candidacy=row.candidacy, notice=row.notice).first()
    if earlier is not None:
        return earlier
    row.save()
    record_event(
        actor=row.recorded_by or row.candidacy,
        verb="notice.acknowledged",
        subject=row,
        case=row.candidacy.case,
        details={
            "candidacy": row.candidacy.pseudonym,
            "notice": row.notice.pseudonym,
            "how": row.how,
        },
    )
    return row


def _check_complete(notice: Notice) -> None:
    written = {section.key: section for section in selectors.sections_of(notice)}
    if not written.get("words") or not written["words"].text:
        raise IncompleteNoticeError(
            _(
                "The orderer has not said why: a candidate is told why a second opinion is asked "
                "for, in the orderer’s own words. Nothing was sent."
            )
        )
    empty = [key for key in KEYS if not written.get(key) or not written[key].text]
    if empty:
        headings = [written[key].heading if key in written else key for key in empty]
        raise IncompleteNoticeError(
            _("The notice says nothing under: %(headings)s. Nothing was sent.")
            % {"headings": ", ".join(headings)}
        )


def _plan_reminder(candidacy: Candidacy, mailing: Mailing) -> None:
    zone = ZoneInfo(candidacy.case.provider.time_zone)
    due_at = next_daytime(timezone.now() + FIRST_REMINDER_AFTER, zone=zone)
    enqueue(kind=REMINDER, subject=mailing, due_at=due_at)


def _tidied(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _locked_row(candidacy: Candidacy) -> Candidacy:
    return (
        Candidacy.objects.select_for_update(of=("self",))
        .select_related("case__provider", "case__client")
        .get(pk=candidacy.pk)
    )
