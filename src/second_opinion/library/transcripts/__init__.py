"""Made-up interviews with a known key, for practice in rating.

People, workplaces and words are our own. The key was set by reading each answer against the anchors
of its criterion, in `library.criteria`, for own work or one unit.
"""

from second_opinion.library.transcripts.reader import TRANSCRIPTS, KeyRating, Transcript

__all__ = ["TRANSCRIPTS", "KeyRating", "Transcript"]
