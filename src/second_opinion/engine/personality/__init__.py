"""Questionnaires: items, where people stand, how sure that is, and how they answered.

What to ask next is in `adaptive`, which loads compiled loops and is imported by itself.
"""

from second_opinion.engine.personality.answers import MISSING, MOST_CATEGORIES, Answers
from second_opinion.engine.personality.classical.alpha import Reliability, cronbach_alpha
from second_opinion.engine.personality.classical.items import (
    ClassicalScores,
    ItemStatistics,
    classical_scores,
    error_of_measurement,
    item_statistics,
)
from second_opinion.engine.personality.classical.omega import OneFactor, one_factor
from second_opinion.engine.personality.contrasts import Contrast, against_others, contrast
from second_opinion.engine.personality.graded.estimation import GradedFit, fit_graded
from second_opinion.engine.personality.graded.items import GradedItems
from second_opinion.engine.personality.graded.scoring import (
    Abilities,
    expected_abilities,
    likeliest_abilities,
)
from second_opinion.engine.personality.moments import Moments, moments_of
from second_opinion.engine.personality.norms import (
    FEWEST_FOR_NORMS,
    Norms,
    Standing,
    norms_of,
    standing,
)
from second_opinion.engine.personality.style import (
    Acquiescence,
    Inconsistency,
    LongStrings,
    Speed,
    acquiescence,
    inconsistency,
    long_strings,
    similar_pairs,
    speed,
)

__all__ = [
    "FEWEST_FOR_NORMS",
    "MISSING",
    "MOST_CATEGORIES",
    "Abilities",
    "Acquiescence",
    "Answers",
    "ClassicalScores",
    "Contrast",
    "GradedFit",
    "GradedItems",
    "Inconsistency",
    "ItemStatistics",
    "LongStrings",
    "Moments",
    "Norms",
    "OneFactor",
    "Reliability",
    "Speed",
    "Standing",
    "acquiescence",
    "against_others",
    "classical_scores",
    "contrast",
    "cronbach_alpha",
    "error_of_measurement",
    "expected_abilities",
    "fit_graded",
    "inconsistency",
    "item_statistics",
    "likeliest_abilities",
    "long_strings",
    "moments_of",
    "norms_of",
    "one_factor",
    "similar_pairs",
    "speed",
    "standing",
]
