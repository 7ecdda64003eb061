"""What a candidate is told of the questionnaires that they are asked to answer."""

from __future__ import annotations

from second_opinion.candidates.writing import notice
from second_opinion.candidates.writing.notice import ToAnswer
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.selectors import is_without_interview
from second_opinion.instruments.selectors import given_to


def to_answer(candidacy: Candidacy) -> tuple[ToAnswer, ...]:
    """For the notice, in the candidate's language."""
    language = candidacy.language
    return tuple(
        ToAnswer(
            name=state.questionnaire.name.in_language(language),
            minutes=state.questionnaire.minutes,
            measures=[scale.measures.in_language(language) for scale in state.questionnaire.scale],
        )
        for state in given_to(candidacy)
        if state.sent_at is None
    )


def asked_anyway(case: Case) -> int:
    """Minutes of a candidate's time without any questionnaire, as the notice counts them."""
    without = notice.READ + notice.REPORT + notice.FEEDBACK + notice.EXPERIENCE
    return without + (0 if is_without_interview(case) else notice.INTERVIEW)
