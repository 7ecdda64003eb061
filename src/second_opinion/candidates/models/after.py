import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from second_opinion.accounts.models import MailedCode, Person
from second_opinion.candidates.models.links import PersonalLink
from second_opinion.candidates.models.written import Written
from second_opinion.candidates.states import FeedbackOutcome, ReplyKind
from second_opinion.cases.models import Candidacy


class Reply(Written):
    """The candidate's word on the report: a fact that is wrong, or a comment that goes along."""

    kind = models.CharField(max_length=10, choices=ReplyKind, editable=False)

    class Meta(Written.Meta):
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ReplyKind.values), name="reply_kind_is_known"
            )
        ]


class Correction(Written):
    """The coordinator's answer to a fact that a candidate says is wrong.

    The content says why, and where it is accepted what stood and how it is. Findings stay.
    """

    reply = models.OneToOneField(Reply, on_delete=models.CASCADE, related_name="correction")
    is_accepted = models.BooleanField(editable=False)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)


class FeedbackNote(models.Model):
    """That the talk about the result was held, or that the candidate wants none. Append-only."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(
        Candidacy, on_delete=models.CASCADE, related_name="feedback_notes"
    )
    outcome = models.CharField(max_length=10, choices=FeedbackOutcome, editable=False)
    noted_by = models.ForeignKey(  # null: the candidate
        Person, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"feedback {self.outcome} {self.pseudonym}"


class Experience(Written):
    """How the candidate was treated, in ten answers. Kept apart where the decision was known."""

    knew_decision = models.BooleanField(editable=False)

    class Meta(Written.Meta):
        constraints = [
            models.UniqueConstraint(fields=["candidacy"], name="one_experience_for_each_candidacy")
        ]


class ReportCode(MailedCode):
    """A code that was mailed to a candidate before a report is shown."""

    link = models.ForeignKey(PersonalLink, on_delete=models.CASCADE, related_name="codes")
