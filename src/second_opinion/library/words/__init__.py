"""Words that a profile, an open question or the notes to a score should do without, and why."""

from second_opinion.library.words.reader import (
    WordKind,
    other_language_found,
    question_faults,
    words_found,
)

__all__ = ["WordKind", "other_language_found", "question_faults", "words_found"]
