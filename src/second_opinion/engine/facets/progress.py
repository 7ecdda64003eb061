"""Telling whoever waits how far a fit has come."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import ParamSpec

from second_opinion.engine.facets.statistics import Statistics

# Told after each pass over the ratings: its number from 1, and the log-likelihood that it found.
Progress = Callable[[int, float], None]

P = ParamSpec("P")


def nobody(number: int, log_likelihood: float) -> None:
    """Nobody waits."""


def telling(pass_over: Callable[P, Statistics], progress: Progress) -> Callable[P, Statistics]:
    """The same pass, told after each call."""
    numbers = count(1)

    def told(*arguments: P.args, **options: P.kwargs) -> Statistics:
        found = pass_over(*arguments, **options)
        progress(next(numbers), found.log_likelihood)
        return found

    return told
