"""From a standing to the probability of success, and what a procedure is worth across hires.

Performance among those who reach this point is standard normal; success is performance above the
level that the base rate gives. The whole that the assessments aim at goes with performance by
``true_validity``, its own uncertainty averaged over. A probability before averages to the base
rate over the reference group, whatever the validity.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import log_ndtr, ndtr, ndtri

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.arguments import (
    broadcast,
    plain,
    strictly_within,
    whole,
    within,
)
from second_opinion.engine.decision.normal import density
from second_opinion.engine.decision.quadrature import legendre

BASE_RATE, LOWEST_BASE_RATE, HIGHEST_BASE_RATE = 0.6, 0.5, 0.8
"""Share of hires that work out when nobody was asked: six of ten, five to eight.

Planning assumption after consultants' counts of failed senior hires (27 to 46 %, loosely defined).
"""

GREATEST_TRUE_VALIDITY = 0.95
_VALIDITY_NODES = 15
_VALIDITY_REACH = 4.0  # standard deviations of validity that are averaged over
_HIRE_NODES = 160
_HIRE_REACH = 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AcrossHires:
    """What the procedure does over many hires, not for anybody named.

    share_hired : of the times it is used, somebody is hired
    disappoint_of_100 : of a hundred hires made this way
    disappoint_of_100_before : of a hundred hires made without it
    """

    share_hired: float
    disappoint_of_100: float
    disappoint_of_100_before: float


def break_even(base_rate: ArrayLike) -> Floats:
    """Performance above which a hire works out: ``Phi^-1(1 - base rate)``.

    A wrong hire is one that should not have been made, so this is also the level at which hiring
    is as good as not.

    Parameters
    ----------
    base_rate : between 0 and 1

    Raises
    ------
    ArgumentError
    """
    return plain(-ndtri(strictly_within(base_rate, name="base_rate", low=0, high=1)) + 0.0)


def mean_shortfall(base_rate: ArrayLike) -> Floats:
    """How far below break-even a wrong hire lies on average, standard deviations of performance.

    Parameters
    ----------
    base_rate : between 0 and 1

    Raises
    ------
    ArgumentError

    References
    ----------
    Johnson, Kotz and Balakrishnan (1994), ch. 13, of a truncated normal: ``t + phi(t) / Phi(t)``.
    """
    t = np.asarray(break_even(base_rate))
    return plain(t + density(t) / ndtr(t))


def slope_from_cost(cost_of_wrong_hire: ArrayLike, base_rate: ArrayLike) -> Floats:
    """Worth of one standard deviation of performance, if the average wrong hire costs this much.

    Parameters
    ----------
    cost_of_wrong_hire : money, 0 or more
    base_rate : between 0 and 1

    Raises
    ------
    ArgumentError
    """
    cost, short = broadcast(
        cost_of_wrong_hire=within(cost_of_wrong_hire, name="cost_of_wrong_hire", low=0),
        base_rate=np.asarray(mean_shortfall(base_rate)),
    )
    return plain(cost / short)


def probability_of_success(
    mean: ArrayLike,
    standard_deviation: ArrayLike,
    *,
    base_rate: ArrayLike = BASE_RATE,
    true_validity: float,
    true_validity_sd: float = 0.0,
) -> Floats:
    """Probability that a named candidate works out, never that they will or will not.

    Parameters
    ----------
    mean, standard_deviation : of the whole, standardised over the reference group
    base_rate : between 0 and 1
    true_validity : of a perfectly reliable whole, 0 to .95
    true_validity_sd : how uncertain that is from setting to setting, 0 or more; averaged over

    Returns
    -------
    between 0 and 1

    Raises
    ------
    ArgumentError

    References
    ----------
    ``Phi((rho m - t) / sqrt(1 - rho^2 + rho^2 s^2))``; Lawshe et al. (1958) with s = 0.
    """
    m, s, t = broadcast(
        mean=within(mean, name="mean", low=-1e6, high=1e6),
        standard_deviation=within(standard_deviation, name="standard_deviation", low=0),
        base_rate=np.asarray(break_even(base_rate)),
    )
    validity, weight = validity_nodes(true_validity, true_validity_sd)
    rho = validity.reshape(-1, *(1,) * m.ndim)
    spread = np.sqrt(1 - rho**2 + (rho * s) ** 2)
    return plain(np.tensordot(weight, ndtr((rho * m - t) / spread), axes=1))


def across_hires(
    validity: float,
    *,
    base_rate: float = BASE_RATE,
    validity_sd: float = 0.0,
    finalists: int = 1,
) -> AcrossHires:
    """The procedure used many times: hire the best of the finalists if above break-even.

    Parameters
    ----------
    validity : of the procedure's result as it is used, 0 to .95
    base_rate : between 0 and 1
    validity_sd : averaged over, 0 or more
    finalists : 1 or more

    Raises
    ------
    ArgumentError

    References
    ----------
    With one finalist, Taylor and Russell (1939) at the selection ratio that break-even gives.
    """
    k = float(whole(finalists, name="finalists", low=1))
    t = float(break_even(base_rate))
    values, weights = validity_nodes(validity, validity_sd)
    hired = succeeding = 0.0
    for value, weight in zip(values, weights, strict=True):
        of_these, succeed = _hired_and_succeeding(float(value), t, k)
        hired += weight * of_these
        succeeding += weight * succeed
    failing = 100 * (1 - succeeding / hired) if hired > 0 else np.nan
    return AcrossHires(
        share_hired=float(hired),
        disappoint_of_100=float(failing),
        disappoint_of_100_before=100 * (1 - float(base_rate)),
    )


def validity_nodes(mean: float, sd: float) -> tuple[Floats, Floats]:
    """Validities and weights, summing to 1, that stand for the distribution of a validity.

    Normal, cut at 0 and at .95: a negative validity is not planned with, and a perfect one does
    not occur.

    Parameters
    ----------
    mean : 0 to .95
    sd : 0 or more

    Raises
    ------
    ArgumentError
    """
    centre = float(within(mean, name="validity", low=0, high=GREATEST_TRUE_VALIDITY))
    spread = float(within(sd, name="validity_sd", low=0))
    if spread == 0:
        return np.array([centre]), np.ones(1)
    low = max(0.0, centre - _VALIDITY_REACH * spread)
    high = min(GREATEST_TRUE_VALIDITY, centre + _VALIDITY_REACH * spread)
    unit, unit_weights = legendre(_VALIDITY_NODES)
    nodes = low + (high - low) * unit
    weights = unit_weights * density((nodes - centre) / spread)
    return nodes, weights / weights.sum()


def _hired_and_succeeding(validity: float, t: float, k: float) -> tuple[float, float]:
    """Probability that somebody is hired, and that somebody is hired and succeeds."""
    if validity < 1e-9:  # nothing is learnt: everybody is hired, or nobody
        return (1.0, float(ndtr(-t))) if t <= 0 else (0.0, 0.0)
    low = max(-_HIRE_REACH, t / validity)
    if low >= _HIRE_REACH:
        return 0.0, 0.0
    unit, unit_weights = legendre(_HIRE_NODES)
    z = low + (_HIRE_REACH - low) * unit
    height = k * density(z) * np.exp((k - 1) * log_ndtr(z))
    mass = (_HIRE_REACH - low) * unit_weights * height
    success = ndtr((validity * z - t) / np.sqrt(1 - validity**2))
    return float(mass.sum()), float((mass * success).sum())
