import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.cases.models import Candidacy, Criterion
from second_opinion.opinions.states import OpinionKind


class Opinion(models.Model):
    """All of one assessor's ratings on one candidate. Once sealed, triggers refuse any change."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="opinions")
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="opinions")
    kind = models.CharField(max_length=10, choices=OpinionKind)
    conclusion = models.TextField(blank=True, default="")
    engaged_at = models.DateTimeField(default=timezone.now, editable=False)
    sealed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["candidacy__position", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "assessor"], name="one_opinion_per_assessor"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OpinionKind.values), name="opinion_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} opinion {self.pseudonym}"

    @property
    def is_sealed(self) -> bool:
        return self.sealed_at is not None


class Rating(models.Model):
    """One score on one criterion, or "not observed" (no score)."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="ratings")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="ratings")
    score = models.FloatField(null=True, blank=True)
    evidence = models.JSONField(default=list, blank=True)  # what was said or done, one text each
    reason_not_observed = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["criterion__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opinion", "criterion"], name="one_rating_per_criterion"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(reason_not_observed=""),
                name="observed_needs_no_excuse",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.score}"
