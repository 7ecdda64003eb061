"""Cronbach's alpha, with its interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import fdtri

from second_opinion.engine.arrays import Floats
from second_opinion.engine.errors import ArgumentError, NotEnoughAnswersError
from second_opinion.engine.personality.moments import Moments


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """A reliability, at most 1, with its interval; NaN for both ends where there is none."""

    estimate: float
    low: float
    high: float


def cronbach_alpha(moments: Moments, *, level: float = 0.95) -> Reliability:
    """Alpha of the sum of the items, from covariances over pairs of answers.

    The interval is exact for parallel items with normal scores; with gaps it counts as many people
    as the rarest pair of items has.

    Raises
    ------
    ArgumentError : level is not between 0 and 1
    NotEnoughAnswersError : fewer than two items, or nothing varies

    References
    ----------
    Cronbach (1951); Feldt (1965) for the interval.
    """
    if not 0 < level < 1:
        raise ArgumentError(f"level must be between 0 and 1; got {level:g}.")
    covariance = usable_covariance(moments)
    estimate = alpha_of(covariance)
    n_people, n_items = int(moments.n_both.min()), len(covariance)
    outside = (1 - level) / 2
    freedom = n_people - 1.0, (n_people - 1.0) * (n_items - 1)
    return Reliability(
        estimate=estimate,
        low=1 - (1 - estimate) * float(fdtri(*freedom, 1 - outside)),
        high=1 - (1 - estimate) * float(fdtri(*freedom, outside)),
    )


def alpha_of(covariance: Floats) -> float:
    """Alpha from a covariance matrix of two items or more."""
    n_items = len(covariance)
    return float(n_items / (n_items - 1) * (1 - np.trace(covariance) / covariance.sum()))


def usable_covariance(moments: Moments) -> Floats:
    """The covariance over pairs.

    Raises
    ------
    NotEnoughAnswersError : fewer than two items, too few people, or a sum that does not vary
    """
    covariance = moments.covariance
    if len(covariance) < 2:
        raise NotEnoughAnswersError("Reliability needs at least two items.")
    if np.isnan(covariance).any():
        raise NotEnoughAnswersError("Two of the items share fewer than two people who answered.")
    if not covariance.sum() > 0:
        raise NotEnoughAnswersError("The sum of the items does not vary between people.")
    return covariance
