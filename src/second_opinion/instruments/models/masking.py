import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.candidates.models import Material
from second_opinion.cases.models import Candidacy, Case
from second_opinion.instruments.states import DocumentKind


class MaskingChoice(models.Model):
    """Whether those who only read documents get them masked in a case; the newest one counts."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="masking_choices", editable=False
    )
    is_masked = models.BooleanField(editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"masking of {self.case}"


class MaskedDocument(models.Model):
    """One document of a candidate as those who only read get it. Once released, it stays.

    content : the masked text, encrypted under the case's key
    map : the original, what stands for what, and why a person changed it; under the candidacy's
        own key, so that whoever reads the masked text cannot put it back
    commitment : to the text that was released, in hexadecimal; empty before
    """

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(
        Candidacy, on_delete=models.CASCADE, related_name="masked_documents"
    )
    kind = models.CharField(max_length=10, choices=DocumentKind, editable=False)
    material = models.OneToOneField(
        Material, on_delete=models.CASCADE, related_name="masked", null=True, editable=False
    )
    content = models.BinaryField(editable=False)
    map = models.BinaryField(editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    released_at = models.DateTimeField(null=True, editable=False)
    released_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    commitment = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "kind"],
                condition=Q(material__isnull=True),
                name="one_masked_document_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind=DocumentKind.MATERIAL, material__isnull=False)
                | Q(kind__in=[DocumentKind.ANSWER, DocumentKind.SHEET], material__isnull=True),
                name="masked_material_is_some",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True, commitment="")
                | (Q(released_at__isnull=False, released_by__isnull=False) & ~Q(commitment="")),
                name="a_release_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return f"masked {self.kind} {self.pseudonym}"

    @property
    def label(self) -> str:
        return f"masked:{self.pseudonym}"

    @property
    def map_label(self) -> str:
        return f"masked-map:{self.pseudonym}"


class OriginalLook(models.Model):
    """That somebody opened the unmasked text and its map, and until when they may read it."""

    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(
        MaskedDocument, on_delete=models.CASCADE, related_name="looks", editable=False
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    ends_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"look {self.pseudonym}"
