from django.db import models

from second_opinion.accounts.models import Person
from second_opinion.candidates.models.written import Written


class Question(Written):
    """Asked by the candidate, answered by a coordinator."""


class Answer(Written):
    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="answer")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)


class Adjustment(Written):
    """What the candidate needs, and why: for the coordinators alone. The client learns nothing."""


class Arrangement(Written):
    """How an adjustment is carried out: all that an assessor learns of it. The newest counts."""

    adjustment = models.ForeignKey(
        Adjustment, on_delete=models.CASCADE, related_name="arrangements"
    )
    is_granted = models.BooleanField(editable=False)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
