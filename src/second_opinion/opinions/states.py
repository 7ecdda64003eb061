from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OpinionKind(TextChoices):
    """Whose opinion it is: the client's own, the provider's, or a further assessor's."""

    FIRST = "first", _("first opinion")
    SECOND = "second", _("second opinion")
    THIRD = "third", _("third opinion")
