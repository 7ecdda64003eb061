from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DeviationKind(TextChoices):
    """How an interview went another way than its guide."""

    ASKED_DIFFERENTLY = "asked_differently", _("asked differently")
    LEFT_OUT = "left_out", _("left out")
    ADDED = "added", _("asked besides")


class ResultKind(TextChoices):
    """What a result comes from; the values are those of a case file's instruments."""

    QUESTIONNAIRE = "questionnaire", _("questionnaire")
    REFERENCE = "reference", _("reference")
    WORK_SAMPLE = "work sample", _("work sample")
    TEST = "test", _("test")


class DocumentKind(TextChoices):
    """What those who only read documents may be given, masked."""

    ANSWER = "answer", _("the answer to the work sample")
    SHEET = "sheet", _("facts on the standard sheet")
    MATERIAL = "material", _("what the candidate added")


class Measured(TextChoices):
    """What an outside test is about; results of what changes with time grow old."""

    ABILITY = "ability", _("general ability")
    PERSONALITY = "personality", _("personality")
    MOTIVATION = "motivation", _("motivation")
    KNOWLEDGE = "knowledge", _("knowledge or skill")
