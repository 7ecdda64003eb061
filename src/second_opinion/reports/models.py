import uuid

from django.db import models
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.cases.models import Case


class ReportVersion(models.Model):
    """What one report was made from. The document is computed anew from it, always the same.

    Triggers refuse to change the input and the method, and to take a release back.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="report_versions")
    number = models.PositiveSmallIntegerField()
    input = models.JSONField(editable=False)  # the case file, ingest.case_file.as_dict
    input_hash = models.CharField(max_length=64, editable=False)  # SHA-256, canonical JSON
    method = models.JSONField(default=dict, editable=False)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    released_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["case_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_report_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.case}, version {self.number}"
