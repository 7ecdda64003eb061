import uuid

from django.db import models
from django.utils import timezone

from second_opinion.cases.models import Candidacy


class Written(models.Model):
    """Words of a candidate, or to one: encrypted under the case's key, and never changed."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(
        Candidacy, on_delete=models.CASCADE, related_name="%(class)s_rows"
    )
    content = models.BinaryField(editable=False)  # encrypted; `selectors.words_of` reads it
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pseudonym}"

    @property
    def label(self) -> str:
        """What the content is encrypted under, beside the key."""
        return f"{self._meta.model_name}:{self.pseudonym}"
