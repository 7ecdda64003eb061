import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.cases.models import Candidacy, Case


class WorkSample(models.Model):
    """The task of a case, one for all its finalists. Once it is given, triggers refuse changes."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="work_sample")
    task = models.TextField()
    minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    criteria = models.JSONField()  # names, in the profile's order; their anchors are the rubric
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return f"work sample of {self.case}"


class WorkSampleAttempt(models.Model):
    """One candidate on the task: when it was shown to them, and what they answered.

    Answer and the name of a file are encrypted under the case's key; answered once.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    work_sample = models.ForeignKey(WorkSample, on_delete=models.CASCADE, related_name="attempts")
    candidacy = models.OneToOneField(
        Candidacy, on_delete=models.CASCADE, related_name="work_sample_attempt"
    )
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    content = models.BinaryField(null=True, editable=False)
    about = models.BinaryField(null=True, editable=False)  # of a file
    counted_alone_at = models.DateTimeField(null=True, editable=False)  # from one rater

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, content__isnull=True)
                | models.Q(answered_at__isnull=False, content__isnull=False),
                name="an_answer_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return f"attempt {self.pseudonym}"

    @property
    def label(self) -> str:
        return f"attempt:{self.pseudonym}"

    @property
    def about_label(self) -> str:
        return f"attempt-file:{self.pseudonym}"


class WorkSampleRating(models.Model):
    """One rater's levels on an answer. Nobody else reads it before the opening; sealed is sealed.

    The content is encrypted under the case's key, drafts too, in one piece.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(
        Candidacy, on_delete=models.CASCADE, related_name="work_sample_ratings"
    )
    rater = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    content = models.BinaryField(null=True, editable=False)
    engaged_at = models.DateTimeField(default=timezone.now, editable=False)
    sealed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "rater"], name="a_rater_rates_an_answer_once"
            ),
            models.CheckConstraint(
                condition=models.Q(sealed_at__isnull=True) | models.Q(content__isnull=False),
                name="a_sealed_rating_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"rating {self.pseudonym}"

    @property
    def label(self) -> str:
        return f"work-sample-rating:{self.pseudonym}"
