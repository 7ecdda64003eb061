"""The room's one door to the engine."""

from second_opinion.instruments.analysis.practice import Practice, practice_figures
from second_opinion.instruments.analysis.readings import (
    error_by_validity,
    raters_together,
    reading_of_test,
)

__all__ = [
    "Practice",
    "error_by_validity",
    "practice_figures",
    "raters_together",
    "reading_of_test",
]
