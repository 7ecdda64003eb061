import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.candidates.models.written import Written
from second_opinion.candidates.states import Relation
from second_opinion.cases.models import Candidacy


class Referee(models.Model):
    """Somebody whom a candidate has named. Name, address and language are plain, as a candidate's.

    Nobody writes to them before the candidate releases them. `about` is encrypted: where and when
    they worked together, as the candidate tells it.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="referees")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    relation = models.CharField(max_length=20, choices=Relation)
    about = models.BinaryField(editable=False)
    is_at_present_employer = models.BooleanField(default=False)
    named_at = models.DateTimeField(default=timezone.now, editable=False)
    released_at = models.DateTimeField(null=True, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)  # by the candidate, for good
    # The candidate's own browser opened the link that is the referee's.
    opened_by_candidate_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(relation__in=Relation.values), name="relation_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return f"referee:{self.pseudonym}"

    @property
    def is_released(self) -> bool:
        return self.released_at is not None and self.removed_at is None


class RefereeReview(Written):
    """What a coordinator made of the questions about a referee; the newest counts. Append-only.

    kinds : of the questions that it answers, so that a new one is open again
    """

    referee = models.ForeignKey(Referee, on_delete=models.CASCADE, related_name="reviews")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    kinds = models.JSONField(editable=False)
    counts = models.BooleanField(editable=False)  # false: nobody writes to them on our behalf
