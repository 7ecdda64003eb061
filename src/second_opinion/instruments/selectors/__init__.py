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
from second_opinion.instruments.selectors.outside import OutsideTest, test_in
from second_opinion.instruments.selectors.results import (
    KeptResult,
    ResultEntry,
    result_label,
    results_of,
    versions_of,
    written_in,
)

__all__ = [
    "GuideQuestion",
    "GuideSection",
    "KeptResult",
    "LoggedDeviation",
    "OutsideTest",
    "PracticeLink",
    "ResultEntry",
    "deviation_label",
    "guide_of",
    "minutes_of",
    "own_deviations",
    "practice_links",
    "practice_of",
    "result_label",
    "results_of",
    "sections_of",
    "test_in",
    "versions_of",
    "written_in",
]
