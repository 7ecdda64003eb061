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
    CODE = "code", _("code before the report")


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
