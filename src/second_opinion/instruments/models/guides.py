import uuid

from django.db import models
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.cases.models import Candidacy, RequirementProfile
from second_opinion.instruments.states import DeviationKind


class Guide(models.Model):
    """The interview guide of one version of a profile: the same for every finalist.

    The first assessor who is shown it freezes it, and a trigger refuses every change from then on:
    an answer never comes to belong to another question. A new version of the profile gets a new
    guide.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    profile = models.OneToOneField(
        RequirementProfile, on_delete=models.CASCADE, related_name="guide", editable=False
    )
    language = models.CharField(max_length=5, editable=False)
    sections = models.JSONField()  # as selectors.sections_of reads them
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    frozen_at = models.DateTimeField(null=True, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(frozen_at__isnull=True, content_hash="")
                | (models.Q(frozen_at__isnull=False) & ~models.Q(content_hash="")),
                name="frozen_guide_has_its_hash",
            )
        ]

    def __str__(self) -> str:
        return f"guide of {self.profile}"

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None


class Deviation(models.Model):
    """Where one interview went another way than the guide, and why. Append-only.

    `because` is encrypted under the case's key. Before the opening its writer alone sees that
    there is one.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="deviations")
    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="deviations")
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=10)  # its number in the guide
    kind = models.CharField(max_length=20, choices=DeviationKind)
    because = models.BinaryField(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=DeviationKind.values), name="deviation_kind_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"deviation from {self.question} of {self.guide}"


class PracticeRating(models.Model):
    """One person's scores on a made-up transcript, before they saw its key: once for each.

    What was rated is told by the hash of its text and key, so that a later edit of either does not
    make an old score say something else. A trigger refuses every change.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="practice_ratings")
    transcript = models.CharField(max_length=60)  # its key in the library
    content_hash = models.CharField(max_length=64, editable=False)
    language = models.CharField(max_length=5, editable=False)
    scores = models.JSONField(editable=False)  # by criterion of the library, 1 to 5
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "transcript"], name="a_transcript_is_rated_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} on {self.transcript}"
