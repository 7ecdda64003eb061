from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OpinionKind(TextChoices):
    """Whose opinion it is: the client's own, the provider's, or a further assessor's."""

    FIRST = "first", _("first opinion")
    SECOND = "second", _("second opinion")
    THIRD = "third", _("third opinion")


class EarlyGround(TextChoices):
    """Why a sealed opinion is read before the opening: a choice, so that it gives nothing away."""

    LAW = "law", _("a court or an authority demands it")
    DANGER = "danger", _("somebody may be in danger")
    COMPLAINT = "complaint", _("somebody complains of how an opinion came about")
    FAULT = "fault", _("a technical fault must be found")
