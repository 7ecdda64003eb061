"""What one more opinion is worth to whoever orders it, and what to do instead."""

from second_opinion.engine.decision.worth.answer import (
    Advice,
    AdviceKind,
    CandidatePrior,
    OptionWorth,
    Swing,
    Worth,
)
from second_opinion.engine.decision.worth.order import Between, Option, OptionKind, Order
from second_opinion.engine.decision.worth.scenarios import Figure
from second_opinion.engine.decision.worth.sureness import (
    SPREAD_OF_SURENESS,
    TYPICAL_SURENESS,
    standing_from_sureness,
)
from second_opinion.engine.decision.worth.valuation import worth_of_opinions

__all__ = [
    "SPREAD_OF_SURENESS",
    "TYPICAL_SURENESS",
    "Advice",
    "AdviceKind",
    "Between",
    "CandidatePrior",
    "Figure",
    "Option",
    "OptionKind",
    "OptionWorth",
    "Order",
    "Swing",
    "Worth",
    "standing_from_sureness",
    "worth_of_opinions",
]
