from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LinkRole(TextChoices):
    """What a personal link lets its holder be, in one case."""

    CANDIDATE = "candidate", _("candidate")


class MailKind(TextChoices):
    NOTICE = "notice", _("that the notice can be read")
    REMINDER = "reminder", _("reminder")
    LINK = "link", _("new link")
    NEWS = "news", _("that there is something new on the page")


class MailState(TextChoices):
    """How far a mail has come; a mail server that took it can still fail to deliver it."""

    QUEUED = "queued", _("on its way to the mail server")
    DELAYED = "delayed", _("not taken by the mail server yet; it is tried again")
    SENT = "sent", _("taken by the mail server")
    REFUSED = "refused", _("refused: the mail server says that the address does not work")
    PRACTISED = "practised", _("practice: not sent, only shown here")
    DROPPED = "dropped", _("not sent: it was not needed any more")
    RETURNED = "returned", _("came back: it did not reach the candidate")


class HowAcknowledged(TextChoices):
    PAGE = "page", _("on the candidate's page")
    PHONE = "phone", _("by telephone")
    PAPER = "paper", _("on paper")
    MEETING = "meeting", _("at a meeting")


class Purpose(TextChoices):
    """What a meeting with the candidate is for."""

    INTERVIEW = "interview", _("interview")
    FEEDBACK = "feedback", _("talk about the result")


class MaterialKind(TextChoices):
    FILE = "file", _("file")
    LINK = "link", _("link")
    WORDS = "words", _("what I want you to know")


class ReplyKind(TextChoices):
    FACTS = "facts", _("a fact that is wrong")
    COMMENT = "comment", _("a comment")


class FeedbackOutcome(TextChoices):
    HELD = "held", _("held")
    DECLINED = "declined", _("declined")
