"""From a case to its figures: the one place where reports meets the engine."""

from second_opinion.engine.combination import Population, Source
from second_opinion.engine.decision import Conclusion, ConclusionRule
from second_opinion.reports.analysis.case import STANDARD_RULE, analyse, opinions_on
from second_opinion.reports.analysis.results import (
    CandidateAnalysis,
    CaseAnalysis,
    CriterionAnalysis,
    Difference,
    Estimate,
    Reason,
    Whole,
)

__all__ = [
    "STANDARD_RULE",
    "CandidateAnalysis",
    "CaseAnalysis",
    "Conclusion",
    "ConclusionRule",
    "CriterionAnalysis",
    "Difference",
    "Estimate",
    "Population",
    "Reason",
    "Source",
    "Whole",
    "analyse",
    "opinions_on",
]
