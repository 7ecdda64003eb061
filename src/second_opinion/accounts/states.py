from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person does for an organisation. One person can hold several."""

    ORDERER = "orderer", _("orderer")
    DECIDER = "decider", _("decider")
    COORDINATOR = "coordinator", _("coordinator")
    ASSESSOR = "assessor", _("assessor")
    ANALYST = "analyst", _("analyst")
    ADMINISTRATOR = "administrator", _("administrator")
