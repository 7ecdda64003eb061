"""What the worker does for this room."""

from uuid import UUID

from second_opinion.candidates.models import Mailing
from second_opinion.instruments import services
from second_opinion.instruments.models import GivenQuestionnaire


def remind_of_reference(pseudonym: UUID) -> None:
    """Remind a referee of whom nothing has been heard."""
    mailing = Mailing.objects.select_related(
        "referee__candidacy__case", "candidacy__case__provider", "candidacy__case__coordinator"
    ).get(pseudonym=pseudonym)
    services.remind_of_reference(mailing=mailing)


def remind_of_questionnaire(pseudonym: UUID) -> None:
    """Remind a candidate who has not sent in their answers."""
    given = GivenQuestionnaire.objects.get(pseudonym=pseudonym)
    services.remind_of_questionnaire(given=given)


def forget_taken_back() -> None:
    """Remove what was masked of material that its candidate took back."""
    services.forget_taken_back()
