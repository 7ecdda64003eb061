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

__all__ = [
    "LONGEST_QUESTION",
    "PRACTICE_SCALE",
    "SectionChange",
    "freeze_guide",
    "prepare_guide",
    "rate_transcript",
    "record_deviation",
    "save_guide",
]
