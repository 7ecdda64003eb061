"""The room's one door to the engine."""

from second_opinion.instruments.analysis.practice import Practice, practice_figures

__all__ = ["Practice", "practice_figures"]
