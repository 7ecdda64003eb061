"""What a second opinion is worth on given ratings: held-out opinions predicted from one and two."""

from second_opinion.engine.evidence.result import Evidence, EvidenceRow, Figure, Method
from second_opinion.engine.evidence.study import evidence

__all__ = ["Evidence", "EvidenceRow", "Figure", "Method", "evidence"]
