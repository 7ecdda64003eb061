"""What stands out within one person: differences between scales, with their standard error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import ArgumentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """A difference between scales of one person, in the scores' unit.

    low, high : ends of the interval
    above_zero : probability that the difference is above 0
    """

    estimate: float
    standard_error: float
    low: float
    high: float
    above_zero: float


def contrast(
    score: ArrayLike, standard_error: ArrayLike, weight: ArrayLike, *, level: float = 0.9
) -> Contrast:
    """A weighted difference between scales; its error is that of all scales it is made of.

    Parameters
    ----------
    score, standard_error : (n_scales,), on one ruler, such as standard deviations of a population
    weight : (n_scales,), summing to 0, as 1 and -1 for one scale less another

    Raises
    ------
    ArgumentError : shapes that do not fit, weights that do not sum to 0, errors that are not
        positive, or a level outside 0 to 1

    References
    ----------
    Lord and Novick (1968), section 3.6: errors of measurement of different scales are independent.
    """
    scores, errors, weights = (
        np.asarray(one, dtype=np.float64) for one in (score, standard_error, weight)
    )
    if scores.ndim != 1 or not scores.shape == errors.shape == weights.shape:
        raise ArgumentError("A contrast needs a score, an error and a weight for each scale.")
    if not (np.isfinite(scores).all() and (errors > 0).all() and np.isfinite(errors).all()):
        raise ArgumentError("Each scale of a contrast needs a score with a positive error.")
    if abs(float(weights.sum())) > 1e-9 * float(np.abs(weights).sum()) or not weights.any():
        raise ArgumentError("The weights of a contrast sum to 0, and are not all 0.")
    if not 0 < level < 1:
        raise ArgumentError(f"level must be between 0 and 1; got {level:g}.")
    estimate = float(weights @ scores)
    error = float(np.sqrt(weights**2 @ errors**2))
    reach = float(ndtri(0.5 + level / 2)) * error
    return Contrast(
        estimate=estimate,
        standard_error=error,
        low=estimate - reach,
        high=estimate + reach,
        above_zero=float(ndtr(estimate / error)),
    )


def against_others(
    score: ArrayLike, standard_error: ArrayLike, *, level: float = 0.9
) -> tuple[Contrast, ...]:
    """Each scale less the mean of the person's other scales.

    Of as many contrasts as there are scales one or another lies beyond its interval by chance; the
    level is therefore that of all of them together (Bonferroni).

    Raises
    ------
    ArgumentError : fewer than two scales, or as contrast
    """
    n_scales = len(np.asarray(score))
    if n_scales < 2:
        raise ArgumentError("To stand out needs at least two scales.")
    each = 1 - (1 - level) / n_scales
    weights: Floats = np.where(np.eye(n_scales) > 0, 1.0, -1.0 / (n_scales - 1))
    return tuple(contrast(score, standard_error, row, level=each) for row in weights)
