"""The tables of this room."""

from second_opinion.instruments.models.guides import Deviation, Guide, PracticeRating
from second_opinion.instruments.models.results import Result

__all__ = ["Deviation", "Guide", "PracticeRating", "Result"]
