import uuid

from django.db import models
from django.utils import timezone

from second_opinion.accounts.models import Link, Person
from second_opinion.candidates.models.notice import Notice
from second_opinion.candidates.states import LinkRole, MailKind
from second_opinion.cases.models import Candidacy


class PersonalLink(Link):
    """Lets its holder into one candidacy in one role."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="links")
    role = models.CharField(max_length=20, choices=LinkRole, default=LinkRole.CANDIDATE)

    def __str__(self) -> str:
        return f"{self.role} link {self.pseudonym}"


class Mailing(models.Model):
    """A mail to a candidate, from the moment it was asked for; the outbox row carries it out."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="mailings")
    kind = models.CharField(max_length=20, choices=MailKind, editable=False)
    notice = models.ForeignKey(
        Notice, on_delete=models.CASCADE, related_name="mailings", null=True, editable=False
    )
    address = models.EmailField(editable=False)  # plain, as names are; deleted at erasure
    author = models.ForeignKey(  # null: the system itself, or the candidate who asked for a link
        Person, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    queued_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    refused_at = models.DateTimeField(null=True, blank=True, editable=False)
    returned_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} mail {self.pseudonym}"
