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


class MailState(TextChoices):
    """How far a mail has come; a mail server that took it can still fail to deliver it."""

    QUEUED = "queued", _("on its way to the mail server")
    DELAYED = "delayed", _("not taken by the mail server yet; it is tried again")
    SENT = "sent", _("taken by the mail server")
    REFUSED = "refused", _("refused: the mail server says that the address does not work")
    PRACTISED = "practised", _("practice: not sent, only shown here")
    DROPPED = "dropped", _("not sent: it was not needed any more")
    RETURNED = "returned", _("came back: it did not reach its reader")
