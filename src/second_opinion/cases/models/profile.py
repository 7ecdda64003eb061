"""The requirement profile in versions, the deciders' answers to it, and the rule it begins with."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from second_opinion.accounts.models import Organisation, Person
from second_opinion.cases.models.case import Case


class RequirementProfile(models.Model):
    """A version of the criteria. Once answered or locked, triggers refuse every change to it.

    `reason` says why a version was made after one had been locked.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="profiles")
    version = models.PositiveSmallIntegerField(default=1)
    reason = models.TextField(blank=True, default="")
    locked_at = models.DateTimeField(null=True, blank=True, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, default="", editable=False)
    # All limits of the conclusion rule by name; null: the provider's standard until the lock, and
    # the software's standard in profiles that were locked before rules were kept.
    conclusion_rule = models.JSONField(null=True, editable=False)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="one_profile_per_version"),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True, content_hash="")
                | (Q(locked_at__isnull=False) & ~Q(content_hash="")),
                name="locked_profile_has_its_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}, version {self.version}"


class Criterion(models.Model):
    profile = models.ForeignKey(
        RequirementProfile, on_delete=models.CASCADE, related_name="criteria"
    )
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    definition = models.TextField(blank=True, default="")
    weight = models.FloatField(validators=[MinValueValidator(0.0), MaxValueValidator(100.0)])
    minimum = models.FloatField(null=True, blank=True)
    anchors = models.JSONField(default=list, blank=True)  # pairs: scale point, what it looks like
    reason = models.TextField(blank=True, default="")  # why the job demands it
    methods = models.JSONField(default=list, blank=True)  # what measures it, of cases.states.Method
    # Of a criterion that was chosen from the library: which one, and what its interview asks, as
    # `selectors.interview_of` gives it. A copy, so that a later edit there changes nothing here.
    library_key = models.CharField(max_length=60, blank=True, default="", editable=False)
    interview = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["profile", "position"], name="criteria_in_order"),
            models.UniqueConstraint(fields=["profile", "name"], name="one_criterion_per_name"),
            models.CheckConstraint(
                condition=Q(weight__gt=0.0, weight__lte=100.0), name="weight_is_a_percentage"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProfileAnswer(models.Model):
    """A decider's yes to a version of the profile, or what must change. Append-only."""

    profile = models.ForeignKey(
        RequirementProfile, on_delete=models.CASCADE, related_name="answers", editable=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    is_approval = models.BooleanField(editable=False)
    words = models.TextField(blank=True, default="", editable=False)  # what must change
    content_hash = models.CharField(max_length=64, editable=False)  # of the profile, as it was read
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_approval=True) | ~Q(words=""), name="no_objection_without_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} on {self.profile}"


class StandardRule(models.Model):
    """The conclusion rule that a provider's new profiles begin with; the newest one counts.

    Append-only: triggers refuse every change.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="standard_rules", editable=False
    )
    limits = models.JSONField(editable=False)  # all of them, by name
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"standard rule of {self.provider}"
