"""What can be done with instruments."""

from second_opinion.instruments.services.guides import (
    LONGEST_QUESTION,
    PRACTICE_SCALE,
    SectionChange,
    freeze_guide,
    prepare_guide,
    rate_transcript,
    record_deviation,
    save_guide,
)
from second_opinion.instruments.services.questionnaires import (
    ASKED_ANYWAY,
    answer_statement,
    give_questionnaire,
    send_answers,
)
from second_opinion.instruments.services.references import (
    decline_reference,
    give_reference,
    remind_of_reference,
    review_reference,
)
from second_opinion.instruments.services.results import correct_result, keep_result

__all__ = [
    "ASKED_ANYWAY",
    "LONGEST_QUESTION",
    "PRACTICE_SCALE",
    "SectionChange",
    "answer_statement",
    "correct_result",
    "decline_reference",
    "freeze_guide",
    "give_questionnaire",
    "give_reference",
    "keep_result",
    "prepare_guide",
    "rate_transcript",
    "record_deviation",
    "remind_of_reference",
    "review_reference",
    "save_guide",
    "send_answers",
]
