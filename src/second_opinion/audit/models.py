from django.db import models
from django.utils import timezone


class Event(models.Model):
    """One thing that happened. Database triggers refuse to change, delete or empty the table.

    It names people and things by pseudonym only, so that erasing a person leaves the log whole.
    Its place in the log is its leaf in the Merkle tree.
    """

    position = models.PositiveBigIntegerField(unique=True, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    actor = models.UUIDField(null=True, editable=False)  # null: the system itself
    verb = models.CharField(max_length=60, editable=False)
    subject_kind = models.CharField(max_length=60, editable=False)
    subject = models.UUIDField(editable=False)
    details = models.JSONField(default=dict, editable=False)  # ids, hashes and states, no words
    # Who may read it, and whether only once the case is open. Null: of no case.
    case = models.UUIDField(null=True, editable=False)
    is_hidden_until_opening = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["subject", "position"], name="event_by_subject"),
            models.Index(fields=["case", "position"], name="event_by_case"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} {self.subject}"


class LogHead(models.Model):
    """The right edge of the log's tree. One row; whoever appends holds it until the commit.

    That gives events one order, which is also the order in which they became visible.
    """

    THE_ONE = 1

    size = models.PositiveBigIntegerField(default=0)
    peaks = models.JSONField(default=list)  # hexadecimal, the largest subtree first

    def __str__(self) -> str:
        return f"log of {self.size} events"


class LogNode(models.Model):
    """A complete subtree of the log's tree; level 0 are the leaves. Append-only as the log is."""

    level = models.PositiveSmallIntegerField(editable=False)
    index = models.PositiveBigIntegerField(editable=False)
    hash = models.BinaryField(max_length=32, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="one_log_node")]

    def __str__(self) -> str:
        return f"level {self.level}, {self.index}"


class OutboxRow(models.Model):
    """Something to be done outside the transaction that asked for it: the truth about a mail.

    `due_at` is moved into the future when a worker claims the row, so that a worker that dies
    in the middle leaves a row that comes due again.
    """

    kind = models.CharField(max_length=60)
    subject = models.UUIDField()
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True, default="")
    done_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    was_cut_short = False  # no column: said of a claim, whose worker before it died in the middle

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(
                fields=["due_at"], name="outbox_due", condition=models.Q(done_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
