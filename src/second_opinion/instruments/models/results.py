import uuid

from django.db import models
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.cases.models import Candidacy
from second_opinion.instruments.states import ResultKind


class Result(models.Model):
    """What one instrument says of one candidate on the case's criteria. Append-only.

    A mistake is mended by a new version with its reason; the newest one counts. Name, readings,
    errors and where they come from are encrypted under the case's key, in one piece.
    `selectors.written_in` reads it; who may see it, the opinions room decides.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    series = models.UUIDField(default=uuid.uuid4, editable=False)  # one for all its versions
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="results")
    kind = models.CharField(max_length=20, choices=ResultKind, editable=False)
    content = models.BinaryField(editable=False)
    entered_by = models.ForeignKey(  # null: reckoned out of answers, by the system
        Person, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "version"], name="one_result_per_version"),
            models.CheckConstraint(
                condition=models.Q(kind__in=ResultKind.values), name="result_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} result {self.pseudonym}, version {self.version}"
