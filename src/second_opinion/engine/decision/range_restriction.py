"""What selection beforehand takes from a correlation: people alike are hard to tell apart.

``sd_ratio`` is the standard deviation in the group at hand over that in the unselected group:
below 1 among finalists. Direct: they were chosen on the very score. Indirect: they were chosen
on something else that goes with the true standing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.arguments import broadcast, plain, strictly_within, within
from second_opinion.engine.errors import ArgumentError


def range_restricted(validity: ArrayLike, sd_ratio: ArrayLike) -> Floats:
    """A correlation among people selected directly on the predictor.

    With an sd_ratio above 1 it is the correction the other way, from the selected to the
    unselected: ``range_restricted(range_restricted(r, u), 1 / u)`` is r.

    Parameters
    ----------
    validity : among the unselected, -1 to 1
    sd_ratio : selected over unselected, above 0

    Returns
    -------
    -1 to 1

    Raises
    ------
    ArgumentError

    References
    ----------
    Thorndike (1949), case II: ``r u / sqrt(1 - r^2 + r^2 u^2)``.

    >>> round(float(range_restricted(0.42, 0.7)), 2)
    0.31
    """
    r, u = broadcast(
        validity=within(validity, name="validity", low=-1, high=1),
        sd_ratio=strictly_within(sd_ratio, name="sd_ratio", low=0),
    )
    return plain(r * u / np.sqrt((1 - r) * (1 + r) + (r * u) ** 2))


def reliability_range_restricted(reliability: ArrayLike, sd_ratio: ArrayLike) -> Floats:
    """Reliability where the observed scores vary less and the error as much as ever.

    Parameters
    ----------
    reliability : among the unselected, 0 to 1
    sd_ratio : of observed scores, at least ``sqrt(1 - reliability)``: error alone varies so much

    Returns
    -------
    0 to 1

    Raises
    ------
    ArgumentError : also where the scores would vary less than their error

    References
    ----------
    Gulliksen (1950), ch. 10: ``1 - (1 - r) / u^2``.
    """
    r, u = broadcast(
        reliability=within(reliability, name="reliability", low=0, high=1),
        sd_ratio=strictly_within(sd_ratio, name="sd_ratio", low=0),
    )
    left = 1 - (1 - r) / u**2
    if (left < -1e-12).any():
        raise ArgumentError(
            "sd_ratio must be at least the square root of 1 - reliability: scores cannot vary "
            "less than their error does."
        )
    return plain(np.maximum(left, 0.0))


def true_sd_ratio(sd_ratio: ArrayLike, *, reliability: ArrayLike) -> Floats:
    """The ratio for true standings that a ratio for observed scores implies.

    Parameters
    ----------
    sd_ratio : of observed scores
    reliability : among the unselected, above 0

    Raises
    ------
    ArgumentError : as reliability_range_restricted

    References
    ----------
    Hunter, Schmidt and Le (2006), eq. 22: ``u_T^2 = (u^2 - (1 - r)) / r``.
    """
    r, u = broadcast(
        reliability=strictly_within(reliability, name="reliability", low=0, high=1 + 1e-12),
        sd_ratio=strictly_within(sd_ratio, name="sd_ratio", low=0),
    )
    squared = (u**2 - (1 - r)) / r
    if (squared < -1e-12).any():
        raise ArgumentError(
            "sd_ratio must be at least the square root of 1 - reliability: scores cannot vary "
            "less than their error does."
        )
    return plain(np.sqrt(np.maximum(squared, 0.0)))


def reliability_indirectly_restricted(reliability: ArrayLike, true_ratio: ArrayLike) -> Floats:
    """Reliability where true standings vary less and the error as much as ever.

    Parameters
    ----------
    reliability : among the unselected, 0 to 1
    true_ratio : standard deviation of true standings, selected over unselected, above 0

    Returns
    -------
    0 to 1

    Raises
    ------
    ArgumentError

    References
    ----------
    Hunter, Schmidt and Le (2006): ``r u_T^2 / (r u_T^2 + 1 - r)``.
    """
    r, u = broadcast(
        reliability=within(reliability, name="reliability", low=0, high=1),
        true_ratio=strictly_within(true_ratio, name="true_ratio", low=0),
    )
    return plain(r * u**2 / (r * u**2 + 1 - r))


def indirectly_restricted(
    validity: ArrayLike, true_ratio: ArrayLike, *, reliability: ArrayLike
) -> Floats:
    """Validity among people selected on something that goes with the true standing.

    The true standing's own correlation with performance is restricted as in case II, and the
    reliability falls too.

    Parameters
    ----------
    validity : of the observed score among the unselected, at most the root of its reliability
    true_ratio : standard deviation of true standings, selected over unselected, above 0
    reliability : among the unselected, above 0, up to 1

    Returns
    -------
    -1 to 1

    Raises
    ------
    ArgumentError

    References
    ----------
    Thorndike (1949), case III in the form of Hunter, Schmidt and Le (2006), their case IV.
    """
    v, u, r = broadcast(
        validity=within(validity, name="validity", low=-1, high=1),
        true_ratio=strictly_within(true_ratio, name="true_ratio", low=0),
        reliability=strictly_within(reliability, name="reliability", low=0, high=1 + 1e-12),
    )
    if (v * v > r + 1e-12).any():
        raise ArgumentError("validity cannot be above the square root of reliability.")
    true = np.clip(v / np.sqrt(r), -1.0, 1.0)
    left = range_restricted(true, u)
    return plain(left * np.sqrt(reliability_indirectly_restricted(r, u)))
