"""Mails to those who sign in."""

from django.db import models

from second_opinion.accounts.models import Mail, Person
from second_opinion.cases.models.case import Case
from second_opinion.cases.states import LetterKind


class Letter(Mail):
    """A mail to somebody who signs in; `writing.letters` has its words."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=20, choices=LetterKind, editable=False)
    reader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    about = models.UUIDField(editable=False)  # pseudonym of the case, profile, candidacy or report

    class Meta(Mail.Meta):
        indexes = [models.Index(fields=["case", "kind", "about"], name="letter_by_case")]

    def __str__(self) -> str:
        return f"{self.kind} letter {self.pseudonym}"
