"""The room's one door to the engine."""

from second_opinion.instruments.analysis.practice import Practice, practice_figures
from second_opinion.instruments.analysis.questionnaires import (
    Manner,
    ScaleScore,
    StandOut,
    manner_of,
    readings_of,
    scale_scores,
    stand_outs,
    validity_of,
)
from second_opinion.instruments.analysis.readings import (
    error_by_validity,
    halo_of_one_rater,
    raters_together,
    reading_of_test,
)

__all__ = [
    "Manner",
    "Practice",
    "ScaleScore",
    "StandOut",
    "error_by_validity",
    "halo_of_one_rater",
    "manner_of",
    "practice_figures",
    "raters_together",
    "reading_of_test",
    "readings_of",
    "scale_scores",
    "stand_outs",
    "validity_of",
]
