import uuid

from django.db import models
from django.utils import timezone

from second_opinion.accounts.models import Organisation, Person


class OwnCompetence(models.Model):
    """A competence that a provider's people have and the library does not hold. Append-only.

    What an assessor has proposed counts for nobody else before a coordinator has confirmed it.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="own_competences", editable=False
    )
    sv = models.CharField(max_length=100, editable=False)
    en = models.CharField(max_length=100, editable=False)
    means = models.CharField(max_length=300, blank=True, default="", editable=False)
    also = models.TextField(blank=True, default="", editable=False)  # one a line, in any language
    is_proposed = models.BooleanField(default=False, editable=False)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.en

    @property
    def key(self) -> str:
        return f"own:{self.pseudonym}"


class CompetenceConfirmation(models.Model):
    """That a coordinator has taken a proposed entry into the provider's vocabulary. Append-only."""

    competence = models.OneToOneField(
        OwnCompetence, on_delete=models.PROTECT, related_name="confirmation", editable=False
    )
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"confirmation of {self.competence}"


class AssessorVersion(models.Model):
    """What an assessor says of themselves at one provider; every change is a version. Append-only.

    `content` is as `selectors.Shown` and its like read it. The log holds a commitment to it under
    `nonce`: a short profile could be guessed from a bare hash. Null where the log has that still.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", editable=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="assessor_versions", editable=False
    )
    number = models.PositiveIntegerField(editable=False)
    content = models.JSONField(editable=False)
    nonce = models.BinaryField(null=True, editable=False)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "person", "number"], name="one_assessor_version_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, version {self.number}"


class RequiredCertificate(models.Model):
    """That an instrument takes a certificate at a provider, or not any more. Append-only.

    The newest of an instrument's counts. `certificate` says in the provider's words which one.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", editable=False
    )
    instrument = models.CharField(max_length=200, editable=False)
    certificate = models.CharField(max_length=200, editable=False)
    is_required = models.BooleanField(default=True, editable=False)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.instrument}: {self.certificate}"


class Confirmation(models.Model):
    """That a coordinator has looked at a version and its proofs: matching uses no other."""

    version = models.OneToOneField(
        AssessorVersion, on_delete=models.PROTECT, related_name="confirmation", editable=False
    )
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"confirmation of {self.version}"
