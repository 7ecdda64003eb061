import uuid

from django.db import models
from django.utils import timezone

from second_opinion.candidates.models import Referee
from second_opinion.cases.models import Candidacy
from second_opinion.instruments.models.results import Result


class Reference(models.Model):
    """What a referee answered, or why they would rather not. Append-only, once for each.

    The content is encrypted under the case's key: ratings on the case's criteria with what they
    rest on, from when to when they worked together, and whether the candidate may read it.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="references")
    referee = models.OneToOneField(Referee, on_delete=models.CASCADE, related_name="reference")
    result = models.OneToOneField(  # null: declined, or nothing was seen that could be scored
        Result, on_delete=models.CASCADE, related_name="+", null=True, editable=False
    )
    is_declined = models.BooleanField(editable=False)
    content = models.BinaryField(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"reference {self.pseudonym}"

    @property
    def label(self) -> str:
        return f"reference:{self.pseudonym}"
