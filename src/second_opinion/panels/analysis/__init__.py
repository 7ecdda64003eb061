"""The room's door to the engine: conflicts of interest, the vocabulary, and the shortlist."""

from second_opinion.panels.analysis.batch import ToMatch, batch_files
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
from second_opinion.panels.analysis.mapping import (
    MOST_PHRASES,
    Suggestion,
    phrases_left_out,
    suggestions_for,
)
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
    "MOST_PHRASES",
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
    "ToMatch",
    "batch_files",
    "conflicts_of",
    "phrases_left_out",
    "shortlist_for",
    "suggestions_for",
    "unresolved_in",
]
