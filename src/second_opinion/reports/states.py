from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Answer(TextChoices):
    """What a decider would do today, said in one click before the report opens."""

    HIRE = "hire", _("hire")
    WITH_CONDITIONS = "with_conditions", _("hire with conditions")
    NO = "no", _("not hire")
    DO_NOT_KNOW = "do_not_know", _("I do not know")


class ShareMailKind(TextChoices):
    """What is mailed to whom a report is shared with."""

    LINK = "share_link", _("link to a shared report")
    CODE = "share_code", _("code before a shared report")


class WaitsFor(TextChoices):
    """Whom a case waits for, as the list of cases can be asked."""

    ME = "me", _("me")
    COORDINATOR = "coordinator", _("the coordinator")
    ASSESSORS = "assessors", _("the assessors")
    CLIENT = "client", _("the client")


class Due(TextChoices):
    LATE = "late", _("late")
    WEEK = "week", _("within seven days")


class SortedBy(TextChoices):
    WAITING = "waiting", _("longest wait")
    DUE = "due", _("due date")
