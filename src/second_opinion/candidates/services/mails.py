"""Asking for mails to a candidate, and noting how they went."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import enqueue, record_event
from second_opinion.candidates.errors import AddressError
from second_opinion.candidates.models import Mailing, Notice, PersonalLink, Referee
from second_opinion.candidates.states import MailKind
from second_opinion.cases import policies as cases
from second_opinion.cases.models import Candidacy

MAIL = "candidate.mail"
REMINDER = "candidate.reminder"
DAY_BEGINS, DAY_ENDS = time(8), time(18)


def queue_mail(
    *,
    candidacy: Candidacy,
    kind: MailKind,
    notice: Notice | None = None,
    link: PersonalLink | None = None,
    referee: Referee | None = None,
    author: Person | None = None,
) -> Mailing:
    """Ask for a mail to the stored address of the candidate, or of a referee of theirs.

    It is asked for inside the caller's transaction.
    """
    address = candidacy.email if referee is None else referee.email
    if not address:
        raise AddressError(_("There is no mail address for this candidate. Enter it first."))
    mailing = Mailing.objects.create(
        candidacy=candidacy,
        kind=kind,
        notice=notice,
        link=link,
        referee=referee,
        author=author,
        address=address,
        queued_at=timezone.now(),
    )
    record_event(
        actor=author,
        verb="candidate.mail_queued",
        subject=mailing,
        case=candidacy.case,
        details={"candidacy": candidacy.pseudonym, "kind": kind.value},
    )
    if not candidacy.case.is_practice:  # of practice nothing goes out
        enqueue(kind=MAIL, subject=mailing)
    return mailing


@transaction.atomic
def mark_sent(*, mailing: Mailing) -> None:
    _mark(mailing, "sent_at", verb="candidate.mail_sent")


@transaction.atomic
def mark_refused(*, mailing: Mailing) -> None:
    """The mail server says for good that it will not take it: trying again would be of no use."""
    _mark(mailing, "refused_at", verb="candidate.mail_refused")


@transaction.atomic
def drop_mailing(*, mailing: Mailing) -> None:
    """Nobody has any use for it by now."""
    _mark(mailing, "dropped_at", verb="candidate.mail_dropped")


@transaction.atomic
def mark_returned(*, actor: Person, mailing: Mailing) -> None:
    """For the coordinators, in whose mailbox a failure that is found out later arrives."""
    require(cases.may_run(actor, mailing.candidacy.case))
    if mailing.returned_at is None:
        _mark(mailing, "returned_at", verb="candidate.mail_returned", actor=actor)


def _mark(mailing: Mailing, field: str, *, verb: str, actor: Person | None = None) -> None:
    setattr(mailing, field, timezone.now())
    mailing.save(update_fields=[field])
    record_event(actor=actor, verb=verb, subject=mailing, case=mailing.candidacy.case)


def drop_link(*, link: PersonalLink) -> None:
    """Of a mail that was not sent: nobody has its token."""
    link.delete()


def next_daytime(moment: datetime, *, zone: ZoneInfo) -> datetime:
    """The moment itself if it lies between 8 and 18 in the reader's zone, else the next 8."""
    local = moment.astimezone(zone)
    if DAY_BEGINS <= local.time() < DAY_ENDS:
        return moment
    day = local.date() + timedelta(days=local.time() >= DAY_ENDS)
    return datetime.combine(day, DAY_BEGINS, tzinfo=zone)
