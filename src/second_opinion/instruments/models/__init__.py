"""The tables of this room."""

from second_opinion.instruments.models.guides import Deviation, Guide, PracticeRating

__all__ = ["Deviation", "Guide", "PracticeRating"]
