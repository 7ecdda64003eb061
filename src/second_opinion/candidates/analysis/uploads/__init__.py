"""Files from outside: known by their content, refused with a reason, and kept without metadata."""

from second_opinion.candidates.analysis.uploads.cleaning import Cleaned, cleaned
from second_opinion.candidates.analysis.uploads.names import plain_name

__all__ = ["Cleaned", "cleaned", "plain_name"]
