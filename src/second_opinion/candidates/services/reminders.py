"""At most two reminders, in the reader's daytime; then a person is told instead."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from second_opinion.audit.services import enqueue, record_event
from second_opinion.candidates import selectors
from second_opinion.candidates.models import Mailing
from second_opinion.candidates.policies import CAN_BE_INFORMED_IN
from second_opinion.candidates.services.mails import REMINDER, next_daytime, queue_mail
from second_opinion.candidates.states import MailKind
from second_opinion.cases.services import write_letter
from second_opinion.cases.states import LetterKind

MOST_REMINDERS = 2
BETWEEN = timedelta(days=2)
TOO_SOON = timedelta(days=1)  # a row that is carried out twice reminds once


@transaction.atomic
def remind(*, mailing: Mailing) -> None:
    """Remind of a notice that nothing has been heard of; all else ends the reminding."""
    mailing = Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)
    if not _is_still_awaited(mailing):
        return
    candidacy, now = mailing.candidacy, timezone.now()
    zone = ZoneInfo(candidacy.case.provider.time_zone)
    daytime = next_daytime(now, zone=zone)
    if daytime > now:
        enqueue(kind=REMINDER, subject=mailing, due_at=daytime)
        return
    reminders = candidacy.mailings.filter(kind=MailKind.REMINDER, pk__gt=mailing.pk)
    if reminders.filter(queued_at__gt=now - TOO_SOON).exists():
        return
    if reminders.count() >= MOST_REMINDERS:
        record_event(actor=None, verb="candidate.silent", subject=candidacy, case=candidacy.case)
        case = candidacy.case
        write_letter(case=case, kind=LetterKind.SILENT, reader=case.coordinator, about=candidacy)
        return
    queue_mail(candidacy=candidacy, kind=MailKind.REMINDER)
    enqueue(kind=REMINDER, subject=mailing, due_at=next_daytime(now + BETWEEN, zone=zone))


def _is_still_awaited(mailing: Mailing) -> bool:
    candidacy = mailing.candidacy
    return (
        not candidacy.is_withdrawn
        and bool(candidacy.email)
        and candidacy.case.state in CAN_BE_INFORMED_IN
        and not selectors.has_answered(candidacy)
        and not candidacy.mailings.filter(kind=MailKind.NOTICE, pk__gt=mailing.pk).exists()
    )
