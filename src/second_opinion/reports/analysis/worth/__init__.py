"""What a second opinion is worth: from an order to its figures, with every assumption named."""

from second_opinion.engine.decision.worth import (
    AdviceKind,
    Figure,
    OptionKind,
    OptionWorth,
    Swing,
    Worth,
)
from second_opinion.reports.analysis.worth.assumptions import (
    VALIDITY_NAMES,
    Assumed,
    Assumption,
    Source,
    assumptions_of,
)
from second_opinion.reports.analysis.worth.order import WorthAnalysis, worth_of_order

__all__ = [
    "VALIDITY_NAMES",
    "AdviceKind",
    "Assumed",
    "Assumption",
    "Figure",
    "OptionKind",
    "OptionWorth",
    "Source",
    "Swing",
    "Worth",
    "WorthAnalysis",
    "assumptions_of",
    "worth_of_order",
]
