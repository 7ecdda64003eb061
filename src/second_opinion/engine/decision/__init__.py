"""What follows from the combination: bar, conclusion, and later risk and worth."""

from second_opinion.engine.decision.conclusion import Conclusion, ConclusionRule, conclude

__all__ = ["Conclusion", "ConclusionRule", "conclude"]
