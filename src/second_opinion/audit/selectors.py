from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from second_opinion.audit.models import Event, LogHead, OutboxRow

MANY_ATTEMPTS = 8  # about an hour of trying


def events_of(pseudonym: UUID) -> QuerySet[Event]:
    return Event.objects.filter(subject=pseudonym)


def has_happened(
    verb: str, *, since: datetime, details: Mapping[str, str], subject: UUID | None = None
) -> bool:
    """Whether the log holds such an event with all of these details, of one subject or of any."""
    wanted: dict[str, str | UUID] = {f"details__{name}": each for name, each in details.items()}
    if subject is not None:
        wanted["subject"] = subject
    return Event.objects.filter(verb=verb, at__gte=since, **wanted).exists()


def outbox_rows_of(pseudonym: UUID) -> QuerySet[OutboxRow]:
    return OutboxRow.objects.filter(subject=pseudonym)


def delayed_among(pseudonyms: Collection[UUID]) -> frozenset[UUID]:
    """Those whose work was tried and is still to be done."""
    rows = OutboxRow.objects.filter(subject__in=pseudonyms, done_at__isnull=True)
    return frozenset(rows.exclude(last_error="").values_list("subject", flat=True))


def rows_due(now: datetime) -> QuerySet[OutboxRow]:
    return OutboxRow.objects.filter(done_at__isnull=True, due_at__lte=now)


def due_and_oldest(now: datetime) -> tuple[int, datetime | None]:
    """How many rows are due, and since when the oldest of them has been."""
    found = rows_due(now).aggregate(number=Count("pk"), oldest=Min("due_at"))
    return found["number"], found["oldest"]


def number_of_events() -> int:
    return LogHead.objects.filter(pk=LogHead.THE_ONE).values_list("size", flat=True).first() or 0


def rows_in_trouble() -> QuerySet[OutboxRow]:
    """What has been tried many times and is still not done."""
    return OutboxRow.objects.filter(done_at__isnull=True, attempts__gte=MANY_ATTEMPTS)


def log_size_before(moment: datetime) -> int:
    """How many events the log held then; 0 where it had none."""
    last = Event.objects.filter(at__lt=moment).order_by("-position").first()
    return last.position + 1 if last is not None else 0
