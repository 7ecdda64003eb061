"""What one more opinion is worth to whoever orders it, and what to do instead."""

from second_opinion.engine.decision.worth.answer import (
    Advice,
    AdviceKind,
    CandidatePrior,
    OptionWorth,
    Swing,
    Worth,
)
from second_opinion.engine.decision.worth.further import (
    DesignFacts,
    design_facts,
    worth_of_further_opinions,
)
from second_opinion.engine.decision.worth.order import Between, Option, OptionKind, Order
from second_opinion.engine.decision.worth.scenarios import Figure
from second_opinion.engine.decision.worth.sureness import (
    SPREAD_OF_SURENESS,
    TYPICAL_SURENESS,
    Known,
    known_with_belief,
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
    "DesignFacts",
    "Figure",
    "Known",
    "Option",
    "OptionKind",
    "OptionWorth",
    "Order",
    "Swing",
    "Worth",
    "design_facts",
    "known_with_belief",
    "standing_from_sureness",
    "worth_of_further_opinions",
    "worth_of_opinions",
]
