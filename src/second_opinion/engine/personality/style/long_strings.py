"""Runs of the same answer, as they come of answering without reading."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import AnswersError


@dataclass(frozen=True, slots=True, kw_only=True)
class LongStrings:
    """Runs of one and the same answer, (n_persons,).

    longest : items in the longest run
    mean : items in a run, over all runs; NaN for who answered nothing
    is_question : the longest run is longer than half of what was answered
    """

    longest: Integers
    mean: Floats
    is_question: NDArray[np.bool_]


def long_strings(scores: Floats) -> LongStrings:
    """Runs among answers as they were given and in the order they were asked.

    Parameters
    ----------
    scores : (n_persons, n_items), not turned round; NaN where missing, which is passed over

    Raises
    ------
    AnswersError : no table

    References
    ----------
    Johnson (2005) for the figure; Curran (2016) for half of the questionnaire as the limit. Items
    that are keyed the same way make honest runs longer: look at what the run is about.
    """
    if scores.ndim != 2:
        raise AnswersError(f"Answers are a table of people by items; got shape {scores.shape}.")
    longest = np.zeros(len(scores), dtype=np.int64)
    mean = np.full(len(scores), np.nan)
    answered = np.zeros(len(scores), dtype=np.int64)
    for person, row in enumerate(scores):
        given = row[~np.isnan(row)]
        answered[person] = len(given)
        if len(given):
            ends = np.flatnonzero(np.append(given[1:] != given[:-1], True))
            runs = np.diff(ends, prepend=-1)
            longest[person], mean[person] = int(runs.max()), float(runs.mean())
    return LongStrings(
        longest=longest, mean=mean, is_question=longest > np.maximum(answered / 2, 1)
    )
