"""From a case to its figures: the one place where reports meets the engine."""

from second_opinion.engine.combination import (
    LEAST_CANDIDATES,
    LEAST_LINKED_CASES,
    DeclaredFact,
    DisagreementType,
    Fact,
    LeftOut,
    Population,
    Remedy,
    Source,
)
from second_opinion.engine.decision import Conclusion, ConclusionRule, rule_of
from second_opinion.reports.analysis.case import STANDARD_RULE, analyse, opinions_on, rule_for
from second_opinion.reports.analysis.results import (
    CandidateAnalysis,
    CaseAnalysis,
    CriterionAnalysis,
    Difference,
    Disagreement,
    Estimate,
    Finalists,
    History,
    Outlook,
    Reason,
    SecondLower,
    Whole,
)
from second_opinion.reports.analysis.stored import analyse_stored, method_of

__all__ = [
    "LEAST_CANDIDATES",
    "LEAST_LINKED_CASES",
    "STANDARD_RULE",
    "CandidateAnalysis",
    "CaseAnalysis",
    "Conclusion",
    "ConclusionRule",
    "CriterionAnalysis",
    "DeclaredFact",
    "Difference",
    "Disagreement",
    "DisagreementType",
    "Estimate",
    "Fact",
    "Finalists",
    "History",
    "LeftOut",
    "Outlook",
    "Population",
    "Reason",
    "Remedy",
    "SecondLower",
    "Source",
    "Whole",
    "analyse",
    "analyse_stored",
    "method_of",
    "opinions_on",
    "rule_for",
    "rule_of",
]
