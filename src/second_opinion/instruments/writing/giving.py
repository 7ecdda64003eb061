"""What a candidate is told of the questionnaires that they are asked to answer."""

from __future__ import annotations

from second_opinion.candidates.writing.notice import ToAnswer
from second_opinion.cases.models import Candidacy
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
