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

    class Meta:
        ordering = ["due_on", "pk"]
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


class OpenQuestion(models.Model):
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="open_questions")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="open_questions_in_order")
        ]

    def __str__(self) -> str:
        return self.text


class RequirementProfile(models.Model):
    """A version of the criteria. Once locked, triggers refuse every change to it."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="profiles")
    version = models.PositiveSmallIntegerField(default=1)
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
        return self.name

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


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
