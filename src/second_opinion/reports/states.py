from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Answer(TextChoices):
    """What a decider would do today, said in one click before the report opens."""

    HIRE = "hire", _("hire")
    WITH_CONDITIONS = "with_conditions", _("hire with conditions")
    NO = "no", _("not hire")
    DO_NOT_KNOW = "do_not_know", _("I do not know")
