"""The room's one door to the engine."""

from second_opinion.instruments.analysis.norms import (
    FEWEST_FOR_NORMS,
    Place,
    norm_content,
    norms_in,
    place_of,
    scores_to_count,
)
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
    "FEWEST_FOR_NORMS",
    "Manner",
    "Place",
    "Practice",
    "ScaleScore",
    "StandOut",
    "error_by_validity",
    "halo_of_one_rater",
    "manner_of",
    "norm_content",
    "norms_in",
    "place_of",
    "practice_figures",
    "raters_together",
    "reading_of_test",
    "readings_of",
    "scale_scores",
    "scores_to_count",
    "stand_outs",
    "validity_of",
]
