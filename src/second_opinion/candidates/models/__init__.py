"""The tables of this room. What the candidate or about the candidate was written is encrypted."""

from second_opinion.candidates.models.links import Mailing, PersonalLink
from second_opinion.candidates.models.notice import Acknowledgement, Notice

__all__ = ["Acknowledgement", "Mailing", "Notice", "PersonalLink"]
