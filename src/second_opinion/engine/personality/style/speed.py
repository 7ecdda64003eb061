"""Answers faster than anybody reads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import AnswersError

FASTEST_READING = 2.0  # seconds for an item of a personality questionnaire


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Seconds for an item, (n_persons,).

    median : over the items that were timed; NaN where none was
    share_fast : of the items, those below two seconds
    is_question : the mean is below two seconds an item
    """

    median: Floats
    share_fast: Floats
    is_question: NDArray[np.bool_]


def speed(seconds: Floats) -> Speed:
    """How fast somebody answered.

    Parameters
    ----------
    seconds : (n_persons, n_items), 0 or more; NaN where it was not measured

    Raises
    ------
    AnswersError : no table, or a negative time

    References
    ----------
    Huang, Curran, Keeney, Poposki and DeShon (2012): two seconds an item. Somebody who answers by
    screen reader at high speed, or again what was answered before, is fast and careful.
    """
    if seconds.ndim != 2:
        raise AnswersError(f"Times are a table of people by items; got shape {seconds.shape}.")
    if (seconds < 0).any():
        raise AnswersError("An answer takes no negative time.")
    is_timed = ~np.isnan(seconds)
    n_timed = is_timed.sum(axis=1)
    median = np.full(len(seconds), np.nan)
    for person in np.flatnonzero(n_timed).tolist():
        median[person] = float(np.median(seconds[person, is_timed[person]]))
    with np.errstate(invalid="ignore", divide="ignore"):
        share = (is_timed & (seconds < FASTEST_READING)).sum(axis=1) / n_timed
        mean = np.where(is_timed, seconds, 0.0).sum(axis=1) / n_timed
    return Speed(median=median, share_fast=share, is_question=mean < FASTEST_READING)
