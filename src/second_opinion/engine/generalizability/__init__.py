"""Variance components of crossed and nested designs, and how many assessors are enough."""

from second_opinion.engine.generalizability.components import (
    Component,
    Study,
    study_ratings,
    variance_components,
)
from second_opinion.engine.generalizability.decision import (
    Dependability,
    decision_study,
    dependability,
)
from second_opinion.engine.generalizability.design import Design, Effect, parse_design
from second_opinion.engine.generalizability.enough import Enough, enough

__all__ = [
    "Component",
    "Dependability",
    "Design",
    "Effect",
    "Enough",
    "Study",
    "decision_study",
    "dependability",
    "enough",
    "parse_design",
    "study_ratings",
    "variance_components",
]
