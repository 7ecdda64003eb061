import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from second_opinion.accounts.models import Link, Mail, MailedCode, Person
from second_opinion.cases.models import Candidacy, Case
from second_opinion.reports.states import Answer, ShareMailKind


class ReportVersion(models.Model):
    """What one report was made from. The document is computed anew from it, always the same.

    Input and addendum are encrypted under the case's key; `selectors` reads them. Triggers refuse
    to change them and the method, to take a release back, and to let the client read a version
    before the candidates.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="report_versions")
    number = models.PositiveSmallIntegerField()
    input = models.BinaryField(editable=False)  # the case file, ingest.case_file.as_dict
    input_hash = models.CharField(max_length=64, editable=False)  # SHA-256, canonical JSON
    # What came after the opening and stands beside the combination; selectors.Addendum.
    addendum = models.BinaryField(default=bytes, editable=False)
    addendum_hash = models.CharField(max_length=64, blank=True, default="", editable=False)
    method = models.JSONField(default=dict, editable=False)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    to_candidates_at = models.DateTimeField(null=True, blank=True, editable=False)
    released_at = models.DateTimeField(null=True, blank=True, editable=False)  # to the client
    # Advice on getting started has a purpose of its own, and its own release to the client.
    started_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["case_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_report_per_number"),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True)
                | Q(to_candidates_at__isnull=False, to_candidates_at__lte=F("released_at")),
                name="candidates_read_no_later_than_the_client",
            ),
            models.CheckConstraint(
                condition=Q(started_at__isnull=True)
                | Q(released_at__isnull=False, released_at__lte=F("started_at")),
                name="advice_is_given_no_earlier_than_the_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}, version {self.number}"


class DraftSave(models.Model):
    """All that was written of a case's candidates when its author pressed save. Append-only.

    Encrypted under the case's key; `selectors.written_in` reads it.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="draft_saves", editable=False
    )
    number = models.PositiveIntegerField(editable=False)  # within the case, from 1
    content = models.BinaryField(editable=False)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["case_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_draft_save_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.case}, draft {self.number}"


class AuthorNaming(models.Model):
    """Who writes and signs a case's report from then on. Append-only; the newest holds.

    author : null where a coordinator does, as where nobody was named
    """

    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="author_namings", editable=False
    )
    author = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"author of {self.case}"


class QuickAnswer(models.Model):
    """What a decider would have done before reading the report. Append-only, one for each."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(
        Candidacy, on_delete=models.CASCADE, related_name="quick_answers", editable=False
    )
    decider = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    answer = models.CharField(max_length=20, choices=Answer, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["candidacy__position", "decider__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "decider"], name="one_quick_answer_per_decider"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=Answer.values), name="quick_answer_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decider} on {self.candidacy}: {self.answer}"


class ClientDecision(models.Model):
    """The client's own decision, with its reasons encrypted under the case's key. Append-only."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, related_name="decision", editable=False
    )
    hired = models.ForeignKey(  # null: none of the candidates
        Candidacy, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    is_against_report = models.BooleanField(default=False, editable=False)
    words = models.BinaryField(editable=False)
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"decision on {self.case}"


class Share(Link):
    """Lets whoever reads a mailbox at the client read one released version, for a while."""

    version = models.ForeignKey(
        ReportVersion, on_delete=models.CASCADE, related_name="shares", editable=False
    )
    email = models.EmailField(editable=False)  # plain, as addresses are; deleted at erasure
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)

    def __str__(self) -> str:
        return f"share {self.pseudonym}"


class ShareMail(Mail):
    """A mail to the address that a report is shared with."""

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=20, choices=ShareMailKind, editable=False)

    def __str__(self) -> str:
        return f"{self.kind} mail {self.pseudonym}"


class ShareCode(MailedCode):
    """A code that was mailed before a shared report is shown."""

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="codes")


class ShareOpening(models.Model):
    """That a shared report was opened, each time anew with a code of its own. Append-only."""

    share = models.ForeignKey(
        Share, on_delete=models.CASCADE, related_name="openings", editable=False
    )
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"opening of {self.share}"
