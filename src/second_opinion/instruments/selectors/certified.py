"""What an instrument is called where the register says who is certified on it."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from second_opinion.cases.models import Case
from second_opinion.cases.selectors import is_without_interview
from second_opinion.instruments.models import QuestionnaireForm
from second_opinion.instruments.selectors.questionnaires import questionnaire_in
from second_opinion.library.questionnaires import Questionnaire
from second_opinion.panels.selectors.certificates import Instrument

INTERVIEW_NAMES = frozenset(
    {
        "structured interview",
        "strukturerad intervju",
        "interview guide",
        "intervjuguide",
        "interview",
        "intervju",
    }
)


def guided_interview() -> Instrument:
    return Instrument(_("structured interview"), INTERVIEW_NAMES)


def certified_as(questionnaire: Questionnaire) -> Instrument:
    """By its names in both languages, and its key."""
    names = frozenset(questionnaire.name.in_language(language) for language in ("sv", "en"))
    shown = questionnaire.name.in_language(get_language() or "en")
    return Instrument(shown, names | {questionnaire.key})


def instruments_of(case: Case) -> tuple[Instrument, ...]:
    """What its assessors work with: the interview, where there is one, and what was given."""
    interview = () if is_without_interview(case) else (guided_interview(),)
    given = QuestionnaireForm.objects.filter(
        given__candidacy__case=case, given__taken_back_at__isnull=True
    ).distinct()
    return (*interview, *(certified_as(questionnaire_in(form)) for form in given.order_by("pk")))
