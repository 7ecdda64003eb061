from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LinkRole(TextChoices):
    """What a personal link lets its holder be, in one case."""

    CANDIDATE = "candidate", _("candidate")
    REFEREE = "referee", _("referee")


class MailKind(TextChoices):
    NOTICE = "notice", _("that the notice can be read")
    REMINDER = "reminder", _("reminder")
    LINK = "link", _("new link")
    NEWS = "news", _("that there is something new on the page")
    CODE = "code", _("code before the report")
    REFERENCE = "reference", _("that a reference is asked for")
    REFERENCE_REMINDER = "reference_reminder", _("reminder of a reference")
    REFERENCE_LINK = "reference_link", _("new link for a reference")
    ANSWERS_REMINDER = "answers_reminder", _("reminder of a questionnaire")


# Of these one too few is better than one too many.
REMINDERS = frozenset({MailKind.REMINDER, MailKind.REFERENCE_REMINDER, MailKind.ANSWERS_REMINDER})


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


class Relation(TextChoices):
    """What a referee was to the candidate."""

    MANAGER = "manager", _("my manager")
    COLLEAGUE = "colleague", _("a colleague")
    REPORT = "report", _("somebody I led")
    CUSTOMER = "customer", _("a customer or partner")
    OTHER = "other", _("something else")


class RefereeQuestion(TextChoices):
    """What a person looks at before, or beside, a reference; none of it decides anything."""

    PRESENT_EMPLOYER = "present_employer", _("works where the candidate works now")
    AT_CLIENT = "at_client", _("has an address at the client")
    SHARED_ADDRESS = "shared_address", _("has the same address as another referee")
    CANDIDATES_HOUSE = "candidates_house", _("has an address in the candidate’s own mail domain")
    OPENED_BY_CANDIDATE = "opened_by_candidate", _("the candidate’s browser opened their link")
    OTHER_DATES = "other_dates", _("they and the candidate give different dates")
