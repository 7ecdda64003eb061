"""Questionnaires, references and outside tests: readings with a known standard error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """What one instrument reads of one candidate, in points of the criteria's own scale.

    candidate : code in the ratings
    criterion : (m,), codes of the criteria that it speaks of, each once
    value : (m,), score points
    standard_error : (m,), score points, above 0, as the instrument's own manual gives it
    error_correlation : between its readings of one candidate, 0 to 1
    is_hint : it moves estimates by its error, and by itself observes nothing: what it alone reads
        stays unobserved, as is right for a questionnaire, which is no sole source

    Raises
    ------
    ArgumentError : a value is not finite, a standard error not above 0, lengths differ, or a
        criterion stands twice
    """

    name: str
    candidate: int
    criterion: Integers
    value: Floats
    standard_error: Floats
    error_correlation: float = 0.0
    is_hint: bool = False

    def __post_init__(self) -> None:
        if not len(self.criterion) == len(self.value) == len(self.standard_error) > 0:
            raise ArgumentError(
                f"Instrument {self.name!r} needs one value and one standard_error for each of its "
                "criteria, at least one."
            )
        if len(np.unique(self.criterion)) < len(self.criterion):
            raise ArgumentError(f"Instrument {self.name!r} reads one criterion twice.")
        if not np.isfinite(self.value).all():
            raise ArgumentError(f"The value of instrument {self.name!r} must be a finite number.")
        if not (np.isfinite(self.standard_error).all() and (self.standard_error > 0).all()):
            raise ArgumentError(
                f"The standard_error of instrument {self.name!r} must be a finite number above 0."
            )
        if not 0 <= self.error_correlation <= 1:
            raise ArgumentError(
                f"The error_correlation of instrument {self.name!r} must lie between 0 and 1; got "
                f"{self.error_correlation:g}."
            )

    @property
    def error_covariance(self) -> Floats:
        """(m, m), score points squared."""
        m = len(self.value)
        shared = np.full((m, m), self.error_correlation) + (1 - self.error_correlation) * np.eye(m)
        return shared * np.outer(self.standard_error, self.standard_error)
