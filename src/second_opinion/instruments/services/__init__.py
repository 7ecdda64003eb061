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
from second_opinion.instruments.services.results import correct_result, keep_result

__all__ = [
    "LONGEST_QUESTION",
    "PRACTICE_SCALE",
    "SectionChange",
    "correct_result",
    "freeze_guide",
    "keep_result",
    "prepare_guide",
    "rate_transcript",
    "record_deviation",
    "save_guide",
]
