"""The room's door to the engine: conflicts of interest, the vocabulary, and the shortlist."""

from second_opinion.panels.analysis.conflicts import (
    CONFLICT,
    QUESTION,
    UNDATED,
    Around,
    Asking,
    Conflict,
    Step,
    conflicts_of,
    unresolved_in,
)
from second_opinion.panels.analysis.mapping import Suggestion, suggestions_for
from second_opinion.panels.analysis.matching import (
    Gate,
    LeftOut,
    Listed,
    NeedShown,
    Shortlist,
    shortlist_for,
)

__all__ = [
    "CONFLICT",
    "QUESTION",
    "UNDATED",
    "Around",
    "Asking",
    "Conflict",
    "Gate",
    "LeftOut",
    "Listed",
    "NeedShown",
    "Shortlist",
    "Step",
    "Suggestion",
    "conflicts_of",
    "shortlist_for",
    "suggestions_for",
    "unresolved_in",
]
