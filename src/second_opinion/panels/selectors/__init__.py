"""What a provider's register knows of ties, and what was decided of those that were found."""

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
    rulings_of,
    tie_of,
    tie_rule_of,
    ties_told_of,
)

__all__ = [
    "Entry",
    "Known",
    "KnownTie",
    "known_of",
    "own_ties",
    "reason_of",
    "rulings_of",
    "sides_of",
    "tie_of",
    "tie_rule_of",
    "ties_told_of",
]
