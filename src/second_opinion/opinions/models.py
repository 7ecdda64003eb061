import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.cases.models import Candidacy, Case, Criterion
from second_opinion.opinions.states import EarlyGround, OpinionKind


class Opinion(models.Model):
    """All of one assessor's ratings on one candidate. Once sealed, triggers refuse any change.

    Content and nonce are encrypted under the case's key, drafts too, in one piece each: the
    database shows nobody how many criteria are rated. `selectors.content_of` reads them.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="opinions")
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="opinions")
    kind = models.CharField(max_length=10, choices=OpinionKind)
    content = models.BinaryField(null=True, editable=False)  # null: nothing is recorded yet
    nonce = models.BinaryField(null=True, editable=False)
    commitment = models.CharField(max_length=64, blank=True, default="", editable=False)
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
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True, nonce__isnull=True, commitment="")
                | (
                    Q(sealed_at__isnull=False, content__isnull=False, nonce__isnull=False)
                    & ~Q(commitment="")
                ),
                name="sealed_opinion_is_committed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} opinion {self.pseudonym}"

    @property
    def is_sealed(self) -> bool:
        return self.sealed_at is not None


class Opening(models.Model):
    """That a case's opinions were opened together. Append-only; no case is open without it."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="opening")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    # Null: it opened by itself, because who runs the case has given an opinion in it.
    actor = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    is_at_deadline = models.BooleanField(default=False, editable=False)
    reason = models.TextField(blank=True, default="", editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_at_deadline=False) | (~Q(reason="") & Q(actor__isnull=False)),
                name="early_opening_has_its_reason",
            )
        ]

    def __str__(self) -> str:
        return f"opening of {self.case}"


class Revision(models.Model):
    """A rating as its assessor sees it after the opening, with the reason. Append-only.

    The sealed opinion stays what it was; content and nonce are encrypted as an opinion's are, and
    `commitment` stands in the log. `selectors.revised_of` reads it.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="revisions")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(editable=False)  # within the opinion, from 1
    content = models.BinaryField(editable=False)
    nonce = models.BinaryField(editable=False)
    commitment = models.CharField(max_length=64, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["opinion", "number"], name="one_revision_per_number")
        ]

    def __str__(self) -> str:
        return f"revision {self.number} of {self.opinion}"


class Remark(models.Model):
    """What somebody said of a criterion and a candidate after the opening. Append-only."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="remarks")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    content = models.BinaryField(editable=False)  # encrypted under the case's key
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"remark {self.pseudonym}"


class EarlyReading(models.Model):
    """Who runs a case asks to read one sealed opinion before the opening. Append-only.

    The ground is what every party is told; the words are for the provider's coordinators, and are
    encrypted under the case's key.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="early_readings")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    ground = models.CharField(max_length=20, choices=EarlyGround, editable=False)
    words = models.BinaryField(editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"early reading {self.pseudonym}"

    @property
    def label(self) -> str:
        return f"early-reading:{self.pseudonym}"


class EarlyAnswer(models.Model):
    """Yes or no to an early reading, from a second person. Append-only.

    Triggers let nobody answer yes to their own, but where nobody else runs the provider's cases.
    """

    reading = models.OneToOneField(EarlyReading, on_delete=models.CASCADE, related_name="answer")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    is_granted = models.BooleanField(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    ends_at = models.DateTimeField(editable=False)  # from then on nothing is shown

    def __str__(self) -> str:
        return f"answer to {self.reading}"


class EarlyLook(models.Model):
    """That the sealed words were shown once: the mark that every party sees. Append-only."""

    reading = models.ForeignKey(EarlyReading, on_delete=models.CASCADE, related_name="looks")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"look of {self.reading}"
