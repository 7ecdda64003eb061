"""The outbox: asking for work, claiming it, and saying how it went."""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from second_opinion.audit.models import OutboxRow
from second_opinion.audit.services.events import Pseudonymous, identifier

# Longer than the slowest mail server can hold a worker: a row is never claimed by two at once.
CLAIMED_FOR = timedelta(minutes=10)
FIRST_RETRY = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)


def enqueue(*, kind: str, subject: Pseudonymous, due_at: datetime | None = None) -> OutboxRow:
    """Ask for something to be done after this transaction has been committed."""
    return OutboxRow.objects.create(
        kind=identifier(kind), subject=subject.pseudonym, due_at=due_at or timezone.now()
    )


def claim_next(*, now: datetime | None = None) -> OutboxRow | None:
    """The row that has been due longest, claimed for this worker; None when nothing is due.

    The update is conditional on what was read, so of two workers only one gets the row. It comes
    due again by itself if this worker dies in the middle, and then says that it was cut short.
    """
    now = now or timezone.now()
    while True:
        row = OutboxRow.objects.filter(done_at__isnull=True, due_at__lte=now).first()
        if row is None:
            return None
        claimed = OutboxRow.objects.filter(
            pk=row.pk, attempts=row.attempts, done_at__isnull=True
        ).update(attempts=F("attempts") + 1, last_error="", due_at=now + CLAIMED_FOR)
        if claimed == 1:
            was_cut_short = row.attempts > 0 and not row.last_error
            row.refresh_from_db()
            row.was_cut_short = was_cut_short
            return row


def wait_after(attempts: int) -> timedelta:
    """Doubled by each attempt, up to six hours."""
    doublings = min(max(attempts - 1, 0), 20)  # 2**20 is far past the longest wait
    return min(FIRST_RETRY * (1 << doublings), LONGEST_WAIT)


def mark_done(*, row: OutboxRow) -> None:
    row.done_at = timezone.now()
    row.last_error = ""
    row.save(update_fields=["done_at", "last_error"])


def mark_failed(*, row: OutboxRow, sentence: str) -> None:
    """Keep why it failed, and when to try again.

    The caller passes no content: an address in it would outlive erasure.
    """
    row.last_error = sentence[:300]
    row.due_at = timezone.now() + wait_after(row.attempts)
    row.save(update_fields=["last_error", "due_at"])
