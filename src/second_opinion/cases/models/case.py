"""A case, and the steps of its journey."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from second_opinion.accounts.models import Organisation, Person, default_language
from second_opinion.cases.states import CaseState


class Case(models.Model):
    """One order about one role. `state` is written by this room's services alone."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=60)
    role = models.CharField(max_length=200)
    client = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ordered_cases")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="run_cases")
    orderer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ordered_cases")
    coordinator = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="run_cases")
    state = models.CharField(
        max_length=20, choices=CaseState, default=CaseState.ORDERED, editable=False
    )
    # Written with `state`; null, so that SQLite remakes no table and keeps its triggers.
    state_since = models.DateTimeField(null=True, editable=False)
    ordered_at = models.DateTimeField(default=timezone.now, editable=False)
    due_on = models.DateField()  # ends at 24:00 in the provider's time zone
    scale_low = models.FloatField(default=1.0)
    scale_high = models.FloatField(default=5.0)
    bar = models.FloatField(default=3.0)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default=default_language)
    # What the order says of its stakes; empty where it says nothing. Kronor, and people of ten.
    price = models.FloatField(null=True, blank=True, validators=[MinValueValidator(0.0)])
    yearly_pay = models.FloatField(null=True, blank=True, validators=[MinValueValidator(0.0)])
    worked_out = models.FloatField(
        null=True, blank=True, validators=[MinValueValidator(1.0), MaxValueValidator(9.0)]
    )

    cost_of_wrong_hire = models.FloatField(
        null=True, blank=True, validators=[MinValueValidator(0.0)]
    )

    # A practice case belongs to one person, is made up, and is no part of anything that counts.
    practised_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    # Practice that was put away, or a real case whose content was erased at its date.
    removed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["provider", "state", "state_since"], name="case_by_provider"),
            models.Index(fields=["client", "state"], name="case_by_client"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "reference"], name="one_reference_per_provider"
            ),
            models.CheckConstraint(
                condition=Q(scale_low__lt=F("scale_high")), name="scale_goes_upwards"
            ),
            models.CheckConstraint(
                condition=Q(bar__gte=F("scale_low"), bar__lte=F("scale_high")),
                name="bar_lies_on_the_scale",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CaseState.values), name="case_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.role}"

    @property
    def is_practice(self) -> bool:
        return self.practised_by_id is not None


class CaseTransition(models.Model):
    """A step of the journey. Append-only: triggers refuse every change."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="transitions")
    source = models.CharField(max_length=20, blank=True, editable=False)  # empty: the order itself
    target = models.CharField(max_length=20, choices=CaseState, editable=False)
    actor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    reason = models.TextField(blank=True, default="", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case}: {self.source} to {self.target}"
