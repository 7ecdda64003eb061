import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.cases.models import Candidacy, Case
from second_opinion.panels.states import StepKind


class NeedsVersion(models.Model):
    """What a case needs to have judged, as a person confirmed it. Append-only.

    Each need names an entry of the vocabulary and the words of the order it was mapped from.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", editable=False)
    number = models.PositiveIntegerField(editable=False)
    needs = models.JSONField(editable=False)  # as selectors.needs_of reads them
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_needs_version_per_number")
        ]

    def __str__(self) -> str:
        return f"needs of {self.case}, version {self.number}"


class Proposal(models.Model):
    """That somebody is asked to assess in a case, before they see its file. Append-only.

    `reason` says why they were picked over others on the shortlist; encrypted, null for the first.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="proposals", editable=False
    )
    assessor = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="proposals", editable=False
    )
    reason = models.BinaryField(null=True, editable=False)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"proposal {self.pseudonym}"

    @property
    def label(self) -> str:
        return f"proposal:{self.pseudonym}"


class ProposalStep(models.Model):
    """What happened to a proposal: an answer, a challenge, a decision on it. Append-only.

    `words` are encrypted under the case's key. A candidate's own step has no author.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="steps", editable=False
    )
    kind = models.CharField(max_length=20, choices=StepKind, editable=False)
    author = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    candidacy = models.ForeignKey(
        Candidacy, on_delete=models.CASCADE, related_name="+", null=True, editable=False
    )
    words = models.BinaryField(null=True, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=StepKind.values), name="proposal_step_is_known"
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=False) | Q(candidacy__isnull=False),
                name="proposal_step_is_somebodys",
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(kind__in=[StepKind.ACCEPTED, StepKind.DECLINED]),
                name="a_proposal_is_answered_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.proposal}"

    @property
    def label(self) -> str:
        return f"proposal-step:{self.pseudonym}"


class Declaration(models.Model):
    """That somebody has declared every tie to a case that they know of. Append-only.

    It is made when they accept, or before they are shown the file where they were not asked first.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="declarations", editable=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="one_declaration_each")
        ]

    def __str__(self) -> str:
        return f"declaration {self.pseudonym}"
