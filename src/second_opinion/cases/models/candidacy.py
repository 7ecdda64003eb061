"""The candidates of a case, and what the orderer believed of each beforehand."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from second_opinion.accounts.models import Person, default_language
from second_opinion.cases.models.case import Case
from second_opinion.library.directions import isolated


class Candidacy(models.Model):
    """A candidate in one case. Name, address and language are plain, and deleted at erasure.

    Withdrawing is final: a trigger refuses to take `withdrawn_at` back.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="candidacies")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True, default="")  # empty: not given yet, or erased
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default=default_language)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "candidacies"
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="candidacies_in_order"),
            models.UniqueConstraint(fields=["case", "name"], name="one_candidacy_per_name"),
        ]

    def __str__(self) -> str:
        return isolated(self.name)  # as it stands in a sentence

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class Belief(models.Model):
    """What the orderer would decide today on one candidate, sealed when the order is sent.

    Content and nonce are encrypted under the case's key. No assessor and no candidate ever sees
    it; `selectors.belief_of` reads it.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.OneToOneField(Candidacy, on_delete=models.CASCADE, related_name="belief")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField(editable=False)
    nonce = models.BinaryField(null=True, editable=False)
    commitment = models.CharField(max_length=64, blank=True, default="", editable=False)
    sealed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True, nonce__isnull=True, commitment="")
                | (Q(sealed_at__isnull=False, nonce__isnull=False) & ~Q(commitment="")),
                name="sealed_belief_is_committed",
            )
        ]

    def __str__(self) -> str:
        return f"belief {self.pseudonym}"
