"""Questionnaires: items, where people stand, how sure that is, and what to ask next."""

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
from second_opinion.engine.personality.graded.estimation import GradedFit, fit_graded
from second_opinion.engine.personality.graded.items import GradedItems
from second_opinion.engine.personality.graded.scoring import (
    Abilities,
    expected_abilities,
    likeliest_abilities,
)
from second_opinion.engine.personality.moments import Moments, moments_of

__all__ = [
    "MISSING",
    "MOST_CATEGORIES",
    "Abilities",
    "Answers",
    "ClassicalScores",
    "GradedFit",
    "GradedItems",
    "ItemStatistics",
    "Moments",
    "OneFactor",
    "Reliability",
    "classical_scores",
    "cronbach_alpha",
    "error_of_measurement",
    "expected_abilities",
    "fit_graded",
    "item_statistics",
    "likeliest_abilities",
    "moments_of",
    "one_factor",
]
