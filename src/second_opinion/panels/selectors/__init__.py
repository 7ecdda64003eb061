"""What a provider's register knows of people and ties, and what was decided and asked."""

from second_opinion.panels.selectors import assessors as assessors
from second_opinion.panels.selectors import proposals as proposals
from second_opinion.panels.selectors.register import (
    Entry,
    Known,
    KnownTie,
    known_of,
    sides_of,
)
from second_opinion.panels.selectors.ties import (
    own_ties,
    reason_of,
    ruled_out_in,
    rulings_of,
    tie_of,
    tie_rule_of,
    ties_about,
    ties_told_by,
    ties_told_of,
)

__all__ = [
    "Entry",
    "Known",
    "KnownTie",
    "assessors",
    "known_of",
    "own_ties",
    "proposals",
    "reason_of",
    "ruled_out_in",
    "rulings_of",
    "sides_of",
    "tie_of",
    "tie_rule_of",
    "ties_about",
    "ties_told_by",
    "ties_told_of",
]
