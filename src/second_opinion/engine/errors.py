"""What the engine refuses, and how it says so.

EngineError
├── ArgumentError                 an argument outside what it can mean
├── RatingsError                  a table of ratings that cannot be read
│   ├── NothingRatedError
│   ├── ScoreOutsideScaleError
│   ├── WeightError
│   ├── DuplicateRatingError
│   ├── UnknownNameError
│   ├── ScatteredCandidateError
│   └── DisconnectedDesignError
├── NotEnoughRatingsError         too little to estimate from; planning defaults must serve
├── AnswersError                  answers or items of a questionnaire that cannot be used
└── NotEnoughAnswersError         too few answers, or too alike, to estimate items from
"""

from __future__ import annotations


class EngineError(ValueError):
    """Base of everything the engine refuses."""


class ArgumentError(EngineError):
    """An argument is outside what it can mean; the message names it."""


class RatingsError(EngineError):
    """The ratings cannot be read as candidates rated by assessors on criteria."""


class NothingRatedError(RatingsError):
    """There is not a single rating."""


class ScoreOutsideScaleError(RatingsError):
    """A score lies outside its criterion's scale, or is no number."""

    def __init__(self, message: str, *, rows: tuple[int, ...]) -> None:
        super().__init__(message)
        self.rows = rows


class WeightError(RatingsError):
    """A rating's weight is no positive, finite number."""

    def __init__(self, message: str, *, rows: tuple[int, ...]) -> None:
        super().__init__(message)
        self.rows = rows


class DuplicateRatingError(RatingsError):
    """Two ratings agree in every facet: one assessor, one candidate, one criterion."""

    def __init__(self, message: str, *, rows: tuple[int, ...]) -> None:
        super().__init__(message)
        self.rows = rows


class UnknownNameError(RatingsError):
    """A name is used that the table does not hold."""


class ScatteredCandidateError(RatingsError):
    """Ratings that come in parts have one candidate in two of them."""


class DisconnectedDesignError(RatingsError):
    """The ratings fall into groups without a shared candidate or assessor.

    links : the fewest further ratings that would connect them, as (assessor, candidate)
    """

    def __init__(self, message: str, *, links: tuple[tuple[str, str], ...]) -> None:
        super().__init__(message)
        self.links = links


class NotEnoughRatingsError(EngineError):
    """Too few ratings, or of too simple a design, to estimate what was asked for."""


class AnswersError(EngineError):
    """Answers or items of a questionnaire are outside what they can mean."""


class NotEnoughAnswersError(EngineError):
    """Too few answers, or answers too alike, to estimate what was asked for."""
