"""What a person may see of instruments."""

from second_opinion.instruments.selectors.guides import (
    GuideQuestion,
    GuideSection,
    LoggedDeviation,
    PracticeLink,
    deviation_label,
    guide_of,
    minutes_of,
    own_deviations,
    practice_links,
    practice_of,
    sections_of,
)

__all__ = [
    "GuideQuestion",
    "GuideSection",
    "LoggedDeviation",
    "PracticeLink",
    "deviation_label",
    "guide_of",
    "minutes_of",
    "own_deviations",
    "practice_links",
    "practice_of",
    "sections_of",
]
