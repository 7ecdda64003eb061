from django.db import models
from django.db.models import Q

from second_opinion.candidates.models.written import Written
from second_opinion.candidates.states import MaterialKind


class Material(Written):
    """What a candidate adds: a file, a link, or what they want the assessors to know.

    `about` is the name and the type of a file, and whether the candidate has said that no picture
    in it shows them. Until the opening the candidate may take a piece
    back; then its content is gone, and only that it was there is left.
    """

    about = models.BinaryField(null=True, editable=False)  # encrypted
    kind = models.CharField(max_length=10, choices=MaterialKind, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(Written.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(about__isnull=True, content=b""),
                name="removed_material_is_gone",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MaterialKind.values), name="material_kind_is_known"
            ),
        ]

    @property
    def about_label(self) -> str:
        return f"about:{self.pseudonym}"
