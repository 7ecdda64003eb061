"""How reliable several opinions are together, and how many are needed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.arguments import broadcast, plain, strictly_within, within
from second_opinion.engine.errors import ArgumentError


def spearman_brown(reliability: ArrayLike, k: ArrayLike) -> Floats:
    """Reliability of the mean of k equally reliable opinions.

    Parameters
    ----------
    reliability : of one opinion, 0 to 1
    k : how many, above 0; a fraction is a shortened opinion

    Returns
    -------
    0 to 1

    Raises
    ------
    ArgumentError

    References
    ----------
    Spearman (1910), Brown (1910): ``k r / (1 + (k - 1) r)``.

    >>> round(float(spearman_brown(0.44, 2)), 6)
    0.611111
    """
    r, n = broadcast(
        reliability=within(reliability, name="reliability", low=0, high=1),
        k=strictly_within(k, name="k", low=0),
    )
    # written so that a small reliability and a small k do not cancel
    return plain(n * r / (n * r + 1 - r))


def raters_needed(reliability: ArrayLike, target: ArrayLike) -> Floats:
    """The least whole number of opinions whose mean has at least the target reliability.

    Parameters
    ----------
    reliability : of one opinion, above 0, up to 1
    target : 0 up to, not including, 1; up to and including 1 where reliability is 1

    Returns
    -------
    1 or more

    Raises
    ------
    ArgumentError

    References
    ----------
    Spearman-Brown solved for k: ``t (1 - r) / (r (1 - t))``.
    """
    r, t = broadcast(
        reliability=within(reliability, name="reliability", low=0, high=1),
        target=within(target, name="target", low=0, high=1),
    )
    if (r == 0).any():
        raise ArgumentError("reliability must be above 0: no number of such opinions is reliable.")
    if ((t == 1) & (r < 1)).any():
        raise ArgumentError("target must lie below 1: only perfect opinions have reliability 1.")
    odds_needed = np.where(r == 1, 0.0, t / np.where(t == 1, 1.0, 1 - t) * (1 - r) / r)
    # a target that k opinions meet exactly must not ask for one more through rounding
    return plain(np.maximum(1.0, np.ceil(odds_needed - 1e-9)))


def mean_error_variance(
    error_variance: ArrayLike, k: ArrayLike, *, error_correlation: ArrayLike = 0.0
) -> Floats:
    """Error variance of the mean of k opinions whose errors correlate alike.

    Parameters
    ----------
    error_variance : of one opinion, 0 or more
    k : 1 or more
    error_correlation : between any two, from -1/(k - 1) to 1

    Raises
    ------
    ArgumentError : also for a negative correlation that k opinions cannot all have

    References
    ----------
    ``s^2 (1 + (k - 1) rho) / k``; for two ``s^2 (1 + rho) / 2``.
    """
    s2, n, rho = broadcast(
        error_variance=within(error_variance, name="error_variance", low=0),
        k=within(k, name="k", low=1),
        error_correlation=within(error_correlation, name="error_correlation", low=-1, high=1),
    )
    share = (1 + (n - 1) * rho) / n
    if (share < -1e-12).any():
        raise ArgumentError(
            "error_correlation cannot be that negative: k opinions can correlate -1/(k - 1) at "
            "the least."
        )
    return plain(s2 * np.maximum(share, 0.0))


def effective_opinions(k: ArrayLike, error_correlation: ArrayLike) -> Floats:
    """How many independent opinions k dependent ones are worth: ``k / (1 + (k - 1) rho)``.

    Parameters
    ----------
    k : 1 or more
    error_correlation : between any two, 0 to 1

    Raises
    ------
    ArgumentError
    """
    n, rho = broadcast(
        k=within(k, name="k", low=1),
        error_correlation=within(error_correlation, name="error_correlation", low=0, high=1),
    )
    return plain(n / (1 + (n - 1) * rho))


def reliability_on_same_material(
    candidate_variance: ArrayLike,
    k: ArrayLike,
    *,
    occasion_variance: ArrayLike,
    error_variance: ArrayLike,
) -> Floats:
    """Reliability of the mean of k opinions that all rest on one meeting, file or recording.

    The candidate's good or bad day is in all of them, and no number of assessors averages it out.

    Parameters
    ----------
    candidate_variance, occasion_variance, error_variance : 0 or more, not all 0
    k : 1 or more

    Returns
    -------
    0 to 1

    Raises
    ------
    ArgumentError

    References
    ----------
    ``alpha / (alpha + tau + epsilon / k)``; Cronbach, Gleser, Nanda and Rajaratnam (1972).
    """
    alpha, n, tau, epsilon = _shares(candidate_variance, k, occasion_variance, error_variance)
    return plain(alpha / (alpha + tau + epsilon / n))


def reliability_on_fresh_material(
    candidate_variance: ArrayLike,
    k: ArrayLike,
    *,
    occasion_variance: ArrayLike,
    error_variance: ArrayLike,
) -> Floats:
    """Reliability of the mean of k opinions, each on a meeting of its own.

    Parameters, Returns, Raises : as reliability_on_same_material

    References
    ----------
    ``alpha / (alpha + (tau + epsilon) / k)``.
    """
    alpha, n, tau, epsilon = _shares(candidate_variance, k, occasion_variance, error_variance)
    return plain(alpha / (alpha + (tau + epsilon) / n))


def _shares(
    candidate_variance: ArrayLike,
    k: ArrayLike,
    occasion_variance: ArrayLike,
    error_variance: ArrayLike,
) -> tuple[Floats, ...]:
    alpha, n, tau, epsilon = broadcast(
        candidate_variance=within(candidate_variance, name="candidate_variance", low=0),
        k=within(k, name="k", low=1),
        occasion_variance=within(occasion_variance, name="occasion_variance", low=0),
        error_variance=within(error_variance, name="error_variance", low=0),
    )
    if (alpha + tau + epsilon <= 0).any():
        raise ArgumentError(
            "candidate_variance, occasion_variance and error_variance must not all be 0."
        )
    return alpha, n, tau, epsilon
