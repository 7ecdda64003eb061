"""What the client says when it orders, who takes part in its decision, and what it asks."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.cases.models.case import Case
from second_opinion.cases.states import ReportOrder


class Order(models.Model):
    """What the client says when ordering, besides the case's own facts.

    `why` is read by the candidates in the orderer's own words, and so carries a signature; a
    trigger refuses other words under it.
    """

    LONGEST_MINUTES = 600

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="order")
    role_preview = models.TextField(blank=True, default="")
    why = models.TextField(blank=True, default="")
    signed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, editable=False)
    competence_lacking = models.TextField(blank=True, default="")  # what the client cannot judge
    how_chosen = models.TextField(blank=True, default="")  # how finalists were found and chosen
    minutes_allowed = models.PositiveSmallIntegerField(
        default=240, validators=[MinValueValidator(30), MaxValueValidator(LONGEST_MINUTES)]
    )  # of each candidate's time
    report_order = models.CharField(
        max_length=20, choices=ReportOrder, default=ReportOrder.CANDIDATE_FIRST
    )
    further_readers = models.TextField(blank=True, default="")  # one on each line, at the client

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="a_signature_has_its_person",
            ),
            models.CheckConstraint(
                condition=Q(report_order__in=ReportOrder.values), name="report_order_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"order of {self.case}"


class Decider(models.Model):
    """A person at the client who takes part in the decision, and must approve the profile."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deciders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decides_in")

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="one_decider_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.case}"


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


class FirstOpinionWaiver(models.Model):
    """The client wants no opinion of its own first; every later report says so. Append-only."""

    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, related_name="first_opinion_waiver", editable=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    reason = models.TextField(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"no first opinion in {self.case}"
