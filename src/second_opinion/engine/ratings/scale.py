"""The scale that a criterion is rated on."""

from __future__ import annotations

import math
from dataclasses import dataclass

from second_opinion.engine.errors import ArgumentError


@dataclass(frozen=True, slots=True)
class Scale:
    """Lowest and highest score that can be given, in score points.

    Raises
    ------
    ArgumentError : an end is not finite, or the highest is not above the lowest
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise ArgumentError(
                f"A scale needs a finite lowest score below its highest; got {self.low:g} to "
                f"{self.high:g}."
            )

    @property
    def span(self) -> float:
        """Score points from lowest to highest."""
        return self.high - self.low

    @property
    def midpoint(self) -> float:
        return (self.low + self.high) / 2

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g}"
