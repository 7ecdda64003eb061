"""The tables of this room."""

from second_opinion.cases.models.candidacy import Belief, Candidacy
from second_opinion.cases.models.case import Case, CaseTransition
from second_opinion.cases.models.letters import Letter
from second_opinion.cases.models.order import Decider, FirstOpinionWaiver, OpenQuestion, Order
from second_opinion.cases.models.profile import (
    Criterion,
    ProfileAnswer,
    RequirementProfile,
    StandardRule,
)

__all__ = [
    "Belief",
    "Candidacy",
    "Case",
    "CaseTransition",
    "Criterion",
    "Decider",
    "FirstOpinionWaiver",
    "Letter",
    "OpenQuestion",
    "Order",
    "ProfileAnswer",
    "RequirementProfile",
    "StandardRule",
]
