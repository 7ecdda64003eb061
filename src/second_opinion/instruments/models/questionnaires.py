import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.cases.models import Candidacy


class QuestionnaireForm(models.Model):
    """A questionnaire as it was when it was first given to somebody, kept once. Append-only.

    What is installed anew afterwards changes nothing of what was asked.
    """

    key = models.CharField(max_length=60, editable=False)
    content_hash = models.CharField(max_length=64, unique=True, editable=False)
    content = models.JSONField(editable=False)  # as library.questionnaires reads it
    at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"{self.key}, {self.content_hash[:12]}"


class GivenQuestionnaire(models.Model):
    """A questionnaire that one candidate is asked to answer.

    `bears_on` was fixed before any answer: which scale speaks of which criterion of the case.
    Triggers refuse every change but one: it is taken back, once, before it is sent in.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(
        Candidacy, on_delete=models.CASCADE, related_name="given_questionnaires"
    )
    form = models.ForeignKey(QuestionnaireForm, on_delete=models.PROTECT, related_name="given")
    bears_on = models.JSONField(default=dict, editable=False)  # criterion to key of the scale
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    taken_back_at = models.DateTimeField(null=True, editable=False)
    taken_back_because = models.BinaryField(null=True, editable=False)  # encrypted

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "form"],
                condition=models.Q(taken_back_at__isnull=True),
                name="a_form_is_given_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"given questionnaire {self.pseudonym}"

    @property
    def reason_label(self) -> str:
        return f"taken-back:{self.pseudonym}"


class StatementAnswer(models.Model):
    """What a candidate answered to one statement; the newest counts. Append-only, encrypted."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    given = models.ForeignKey(GivenQuestionnaire, on_delete=models.CASCADE, related_name="answers")
    place = models.PositiveSmallIntegerField(editable=False)  # from 1, in the order of asking
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, editable=False)
    content = models.BinaryField(editable=False)  # `selectors.answers_to` reads it
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"answer {self.pseudonym}"


class SentQuestionnaire(models.Model):
    """That a candidate has sent in all their answers: from then on they stay. Append-only."""

    given = models.OneToOneField(GivenQuestionnaire, on_delete=models.CASCADE, related_name="sent")
    at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"sent {self.given}"
