"""How somebody answered, apart from what: figures that are questions to a person, no verdicts."""

from second_opinion.engine.personality.style.acquiescence import Acquiescence, acquiescence
from second_opinion.engine.personality.style.inconsistency import (
    Inconsistency,
    inconsistency,
    similar_pairs,
)
from second_opinion.engine.personality.style.long_strings import LongStrings, long_strings
from second_opinion.engine.personality.style.speed import Speed, speed

__all__ = [
    "Acquiescence",
    "Inconsistency",
    "LongStrings",
    "Speed",
    "acquiescence",
    "inconsistency",
    "long_strings",
    "similar_pairs",
    "speed",
]
