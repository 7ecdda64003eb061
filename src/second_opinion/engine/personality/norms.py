"""An installation's own norms: aggregated, of everybody together, and never of a few."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import ArgumentError, NotEnoughAnswersError

FEWEST_FOR_NORMS = 300  # people; the standard error of a middle percentile is then below 3 points
_PERCENTS = np.arange(1, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Norms:
    """How scores are spread among all who agreed to be counted; nobody's own score is in it.

    n : people
    mean, deviation : of the scores
    percentile : (99,), the scores below which 1, 2, ... 99 % lie
    """

    n: int
    mean: float
    deviation: float
    percentile: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a score stands among others, 1 to 99 % who lie below it.

    low, high : the same at the ends of the score's interval
    """

    percent: float
    low: float
    high: float


def norms_of(scores: Floats) -> Norms:
    """The norms of a group of scores; NaN is left out.

    There are none by sex, age or any other ground: the same score means the same for everybody.

    Raises
    ------
    NotEnoughAnswersError : fewer than 300 scores, or all alike
    """
    known = scores[~np.isnan(scores)]
    if len(known) < FEWEST_FOR_NORMS:
        raise NotEnoughAnswersError(
            f"Norms need at least {FEWEST_FOR_NORMS} people who agreed to be counted; there are "
            f"{len(known)}."
        )
    deviation = float(known.std(ddof=1))
    if not deviation > 0:
        raise NotEnoughAnswersError("All scores are alike, so nobody stands above anybody.")
    return Norms(
        n=len(known),
        mean=float(known.mean()),
        deviation=deviation,
        percentile=np.quantile(known, _PERCENTS / 100),
    )


def standing(norms: Norms, score: float, standard_error: float, *, level: float = 0.9) -> Standing:
    """How many in a hundred lie below a score, and below the ends of its interval.

    Raises
    ------
    ArgumentError : a score that is no number, an error that is not positive, or a level outside 0
        to 1
    """
    if not (np.isfinite(score) and standard_error > 0 and 0 < level < 1):
        raise ArgumentError(
            "A standing needs a score, a positive standard error and a level between 0 and 1; got "
            f"{score:g}, {standard_error:g} and {level:g}."
        )
    reach = float(ndtri(0.5 + level / 2)) * standard_error
    below = [_percent(norms, one) for one in (score, score - reach, score + reach)]
    return Standing(percent=below[0], low=below[1], high=below[2])


def _percent(norms: Norms, score: float) -> float:
    """Between two percentiles in proportion; scores alike share the middle of what they take."""
    left = float(np.searchsorted(norms.percentile, score, side="left"))
    right = float(np.searchsorted(norms.percentile, score, side="right"))
    if right > left:
        return min(max((left + right + 1) / 2, 1.0), 99.0)
    if left in (0, len(_PERCENTS)):
        return 1.0 if left == 0 else 99.0
    low, high = norms.percentile[int(left) - 1], norms.percentile[int(left)]
    return left + float((score - low) / (high - low))
