"""The tables of this room. What was declared, decided or said stays: corrections are new rows."""

from second_opinion.panels.models.proposals import (
    Declaration,
    NeedsVersion,
    Proposal,
    ProposalStep,
)
from second_opinion.panels.models.register import (
    AssessorVersion,
    Confirmation,
    OwnCompetence,
)
from second_opinion.panels.models.ties import Party, Ruling, Tie, TieRule

__all__ = [
    "AssessorVersion",
    "Confirmation",
    "Declaration",
    "NeedsVersion",
    "OwnCompetence",
    "Party",
    "Proposal",
    "ProposalStep",
    "Ruling",
    "Tie",
    "TieRule",
]
