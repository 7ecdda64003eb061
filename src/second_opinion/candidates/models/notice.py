import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.candidates.states import HowAcknowledged
from second_opinion.cases.models import Candidacy


class Notice(models.Model):
    """A version of what a candidate is told. Append-only: triggers refuse every change."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="notices")
    version = models.PositiveSmallIntegerField(editable=False)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, editable=False)
    content = models.BinaryField(editable=False)  # encrypted; `selectors.sections_of` reads it
    content_hash = models.CharField(max_length=64, editable=False)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "version"], name="one_notice_per_version")
        ]

    def __str__(self) -> str:
        return f"notice {self.pseudonym}, version {self.version}"


class Acknowledgement(models.Model):
    """A candidate has read a version of the notice; it is no consent. Append-only."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(
        Candidacy, on_delete=models.CASCADE, related_name="acknowledgements"
    )
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="acknowledgements")
    how = models.CharField(max_length=10, choices=HowAcknowledged, editable=False)
    reason = models.BinaryField(null=True, editable=False)  # encrypted; why it was not on the page
    recorded_by = models.ForeignKey(  # null: the candidate, on their own page
        Person, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "notice"], name="a_notice_is_acknowledged_once"
            ),
            models.CheckConstraint(
                condition=Q(how=HowAcknowledged.PAGE, recorded_by__isnull=True, reason__isnull=True)
                | (
                    Q(how__in=[how for how in HowAcknowledged if how != HowAcknowledged.PAGE])
                    & Q(recorded_by__isnull=False, reason__isnull=False)
                ),
                name="who_acknowledged_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"acknowledgement {self.pseudonym}"
