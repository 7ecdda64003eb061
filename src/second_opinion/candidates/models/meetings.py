import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.candidates.models.written import Written
from second_opinion.candidates.states import Purpose
from second_opinion.cases.models import Candidacy


class Meeting(models.Model):
    """One meeting, however often its time changes: calendars know it by its pseudonym.

    An assessor offers times for a meeting of their own; all others are the coordinators'.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="meetings")
    purpose = models.CharField(max_length=20, choices=Purpose, editable=False)
    held_by = models.ForeignKey(  # null: the coordinators
        Person, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "purpose"],
                condition=Q(held_by__isnull=True),
                name="one_meeting_for_each_purpose",
            ),
            models.UniqueConstraint(
                fields=["candidacy", "purpose", "held_by"],
                condition=Q(held_by__isnull=False),
                name="one_meeting_for_each_assessor",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values), name="meeting_purpose_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pseudonym}"


class MeetingTime(Written):
    """A time that is offered; the content says where."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="times")
    starts_at = models.DateTimeField(editable=False)
    minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta(Written.Meta):
        ordering = ["starts_at", "pk"]


class MeetingChoice(models.Model):
    """What the candidate chose; the newest counts, and none suits where it names no time.

    With an author it was called off: the times that were offered before are void.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="choices")
    time = models.ForeignKey(MeetingTime, on_delete=models.CASCADE, null=True, related_name="+")
    author = models.ForeignKey(  # null: the candidate
        Person, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(author__isnull=True) | Q(time__isnull=True),
                name="only_the_candidate_chooses",
            )
        ]

    def __str__(self) -> str:
        return f"choice {self.pk} of {self.meeting}"
