import uuid

from django.db import models
from django.utils import timezone

from second_opinion.accounts.models import Organisation, Person


class CompetenceImport(models.Model):
    """That chosen entries of a published vocabulary were read into a provider's own. Append-only.

    `fingerprint` is the SHA-256 of the files. No author: an operator, at the command line.
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", editable=False
    )
    source = models.CharField(max_length=20, editable=False)
    release = models.CharField(max_length=20, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    author = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.source} {self.release}"


class ImportedCompetence(models.Model):
    """One entry as it was published, under the identifier it has there. Append-only.

    What a later release words otherwise is a new row; the newest of an identifier counts.
    """

    read_in = models.ForeignKey(
        CompetenceImport, on_delete=models.PROTECT, related_name="entries", editable=False
    )
    identifier = models.CharField(max_length=150, editable=False)
    sv = models.CharField(max_length=300, editable=False)
    en = models.CharField(max_length=300, editable=False)
    also_sv = models.TextField(blank=True, default="", editable=False)  # one a line
    also_en = models.TextField(blank=True, default="", editable=False)
    means_sv = models.TextField(blank=True, default="", editable=False)
    means_en = models.TextField(blank=True, default="", editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["read_in", "identifier"], name="one_entry_per_identifier_and_import"
            )
        ]
        indexes = [models.Index(fields=["identifier"])]

    def __str__(self) -> str:
        return self.en

    @property
    def key(self) -> str:
        """Of the vocabulary: the same at every provider and in every release."""
        return key_of(self.identifier)


class VocabularyIndex(models.Model):
    """How alike a text is written to a vocabulary's entries, worked out ahead: of no say itself.

    It is made of the library and of all that was read in, and made anew where either has changed.

    made_of : SHA-256 of the library's words and of the last import, so that an old one is told
    """

    provider = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="+", editable=False
    )
    made_of = models.CharField(max_length=64, editable=False)
    content = models.BinaryField(editable=False)

    class Meta:
        verbose_name_plural = "vocabulary indexes"

    def __str__(self) -> str:
        return f"index of {self.provider}"


def key_of(identifier: str) -> str:
    return f"esco:{identifier.rpartition('/esco/')[2]}"
