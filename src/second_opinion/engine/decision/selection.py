"""Selection arithmetic: what choosing on a valid procedure gives, in success and in money."""

from __future__ import annotations

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
from second_opinion.engine.decision.finalists import expected_best
from second_opinion.engine.decision.normal import both_above, density, unit_loss
from second_opinion.engine.decision.quadrature import legendre
from second_opinion.engine.errors import ArgumentError

_MOST_FINALISTS = 10_000
_REACH = 12.0  # standard deviations that an expected maximum is integrated over
_NODES = 400


def taylor_russell(
    base_rate: ArrayLike, selection_ratio: ArrayLike, *, validity: ArrayLike
) -> Floats:
    """Share of those selected who succeed.

    Parameters
    ----------
    base_rate : share who would succeed without selection, 0 to 1
    selection_ratio : share who are selected, above 0, up to 1
    validity : correlation of procedure and performance, -1 to 1

    Returns
    -------
    0 to 1; the base rate at validity 0 or selection ratio 1

    Raises
    ------
    ArgumentError

    References
    ----------
    Taylor and Russell (1939); here exactly, by the bivariate normal distribution.
    Reference values: tests/reference/taylor_russell.

    >>> round(float(taylor_russell(0.5, 0.2, validity=0.35)), 5)
    0.69655
    """
    base, ratio, r = broadcast(
        base_rate=within(base_rate, name="base_rate", low=0, high=1),
        selection_ratio=_selection_ratio(selection_ratio),
        validity=within(validity, name="validity", low=-1, high=1),
    )
    certain = (base <= 0) | (base >= 1) | (ratio >= 1)
    safe_base = np.where(certain, 0.5, base)
    safe_ratio = np.where(certain, 0.5, ratio)
    success = both_above(-ndtri(safe_base), -ndtri(safe_ratio), r) / safe_ratio
    return plain(np.where(certain, base, np.clip(success, 0.0, 1.0)))


def mean_standing_selected(selection_ratio: ArrayLike) -> Floats:
    """Mean standard score, on the procedure itself, of those selected from the top.

    Parameters
    ----------
    selection_ratio : above 0, up to 1

    Raises
    ------
    ArgumentError

    References
    ----------
    ``phi(x) / p``; Naylor and Shine (1965) table it.
    """
    ratio = _selection_ratio(selection_ratio)
    return plain(density(ndtri(ratio)) / ratio)


def naylor_shine(validity: ArrayLike, selection_ratio: ArrayLike) -> Floats:
    """Mean performance of those selected, in standard deviations of performance.

    Parameters
    ----------
    validity : -1 to 1
    selection_ratio : above 0, up to 1

    Raises
    ------
    ArgumentError

    References
    ----------
    Naylor and Shine (1965): ``r phi(x) / p``.
    """
    r, ratio = broadcast(
        validity=within(validity, name="validity", low=-1, high=1),
        selection_ratio=_selection_ratio(selection_ratio),
    )
    return plain(r * density(ndtri(ratio)) / ratio)


def brogden_cronbach_gleser(
    hires: ArrayLike,
    tenure: ArrayLike,
    *,
    validity: ArrayLike,
    selection_ratio: ArrayLike,
    sd_performance: ArrayLike,
    cost_per_applicant: ArrayLike,
    validity_before: ArrayLike = 0.0,
    overhead: ArrayLike = 0.0,
) -> Floats:
    """What a procedure gains over all hires, in the money of sd_performance.

    Parameters
    ----------
    hires : how many are hired, 0 or more
    tenure : years they stay on average, 0 or more
    validity, validity_before : of this procedure and of what it replaces, -1 to 1
    selection_ratio : hires over applicants, above 0, up to 1
    sd_performance : a year's worth of one standard deviation of performance, 0 or more
    cost_per_applicant : this procedure's beyond what it replaces, for each one assessed
    overhead : what it costs in all however many are assessed

    Returns
    -------
    money; below 0 where it costs more than it gives

    Raises
    ------
    ArgumentError

    References
    ----------
    Brogden (1949), Cronbach and Gleser (1965):
    ``N T SDy (r - r0) phi(x)/p - N/p cost - overhead``.
    """
    n, years, r, r0, ratio, sd, cost, fixed = broadcast(
        hires=within(hires, name="hires", low=0),
        tenure=within(tenure, name="tenure", low=0),
        validity=within(validity, name="validity", low=-1, high=1),
        validity_before=within(validity_before, name="validity_before", low=-1, high=1),
        selection_ratio=_selection_ratio(selection_ratio),
        sd_performance=within(sd_performance, name="sd_performance", low=0),
        cost_per_applicant=within(cost_per_applicant, name="cost_per_applicant", low=0),
        overhead=within(overhead, name="overhead", low=0),
    )
    gain = n * years * sd * (r - r0) * density(ndtri(ratio)) / ratio
    return plain(gain - n / ratio * cost - fixed)


def expected_maximum(k: ArrayLike) -> Floats:
    """Mean of the largest of k independent standard normal scores.

    Parameters
    ----------
    k : whole, 1 to 10,000

    Raises
    ------
    ArgumentError

    References
    ----------
    Tippett (1925); .564190 for 2 and .846284 for 3 in closed form, Harter (1961) for more.
    """
    n = whole(k, name="k", low=1)
    if (n > _MOST_FINALISTS).any():
        raise ArgumentError(f"k must be at most {_MOST_FINALISTS:,}; got {n.max():g}.")
    unit, unit_weights = legendre(_NODES)
    nodes, weights = _REACH * unit, _REACH * unit_weights
    # the two tails apart, each as a power computed by its logarithm
    powers = n[..., None]
    above = -np.expm1(powers * log_ndtr(nodes))
    below = np.exp(powers * log_ndtr(-nodes))
    return plain((above - below) @ weights)


def expected_gain_of_best(
    finalists: ArrayLike, validity: ArrayLike, *, threshold: ArrayLike | None = None
) -> Floats:
    """Mean performance gained by taking the best of k finalists, or by the option of none.

    Without a threshold somebody is hired whatever is found: one finalist then gains nothing.
    With one, nobody is hired whose expected performance lies below it, and the gain is over
    hiring at random or nobody, whichever of the two is better.

    Parameters
    ----------
    finalists : whole, 1 to 10,000
    validity : 0 to 1
    threshold : performance at which hiring is as good as not, standard deviations

    Returns
    -------
    standard deviations of performance, 0 or more

    Raises
    ------
    ArgumentError

    References
    ----------
    ``r E[max z]``; with k = 1 and a threshold t it is ``r L(|t| / r)`` (Raiffa and Schlaifer 1961).
    """
    k, r = broadcast(
        finalists=whole(finalists, name="finalists", low=1),
        validity=within(validity, name="validity", low=0, high=1),
    )
    if threshold is None:
        return plain(r * expected_maximum(k))
    t = np.broadcast_to(strictly_within(threshold, name="threshold", low=-np.inf), k.shape)
    gains = [
        float(expected_best(np.zeros(int(n)), np.full(int(n), spread), floor=float(line)))
        - max(float(line), 0.0)
        for n, spread, line in zip(k.flat, r.flat, t.flat, strict=True)
    ]
    return plain(np.maximum(np.reshape(gains, k.shape), 0.0))


def gain_of_best(
    hires: ArrayLike,
    tenure: ArrayLike,
    *,
    finalists: ArrayLike,
    validity: ArrayLike,
    sd_performance: ArrayLike,
    cost_per_applicant: ArrayLike,
    validity_before: ArrayLike = 0.0,
    overhead: ArrayLike = 0.0,
) -> Floats:
    """brogden_cronbach_gleser for small numbers: each hire is the best of k finalists.

    Parameters
    ----------
    finalists : assessed for each hire, whole, 1 to 10,000; the rest as brogden_cronbach_gleser

    Raises
    ------
    ArgumentError

    References
    ----------
    ``N T SDy (r - r0) E[max z] - N k cost - overhead``.
    """
    n, years, k, r, r0, sd, cost, fixed = broadcast(
        hires=within(hires, name="hires", low=0),
        tenure=within(tenure, name="tenure", low=0),
        finalists=whole(finalists, name="finalists", low=1),
        validity=within(validity, name="validity", low=-1, high=1),
        validity_before=within(validity_before, name="validity_before", low=-1, high=1),
        sd_performance=within(sd_performance, name="sd_performance", low=0),
        cost_per_applicant=within(cost_per_applicant, name="cost_per_applicant", low=0),
        overhead=within(overhead, name="overhead", low=0),
    )
    gain = n * years * sd * (r - r0) * expected_maximum(k)
    return plain(gain - n * k * cost - fixed)


def value_of_rejecting(validity: ArrayLike, threshold: ArrayLike) -> Floats:
    """Gain from one finalist and the option to say no, standard deviations of performance.

    Parameters
    ----------
    validity : 0 to 1
    threshold : performance at which hiring is as good as not

    Raises
    ------
    ArgumentError

    References
    ----------
    Raiffa and Schlaifer (1961): ``r L(|t| / r)``.
    """
    r, t = broadcast(
        validity=within(validity, name="validity", low=0, high=1),
        threshold=within(threshold, name="threshold", low=-1e9, high=1e9),
    )
    spread = np.where(r > 0, r, 1.0)
    return plain(np.where(r > 0, r * unit_loss(np.abs(t) / spread), 0.0))


def right_order(validity: ArrayLike) -> Floats:
    """Probability that of two people the one who looks better is better: ``1/2 + asin(r)/pi``.

    Parameters
    ----------
    validity : -1 to 1

    References
    ----------
    Sheppard (1899).
    """
    r = within(validity, name="validity", low=-1, high=1)
    return plain(0.5 + np.arcsin(r) / np.pi)


def success_at_standing(
    standing: ArrayLike, base_rate: ArrayLike, *, validity: ArrayLike
) -> Floats:
    """Probability of success at a standard score on the procedure.

    Parameters
    ----------
    standing : standard deviations from the mean
    base_rate : between 0 and 1
    validity : between -1 and 1

    Raises
    ------
    ArgumentError

    References
    ----------
    Lawshe, Bolda, Brune and Auclair (1958): ``Phi((r z + Phi^-1(base)) / sqrt(1 - r^2))``.
    """
    z, base, r = broadcast(
        standing=within(standing, name="standing", low=-1e9, high=1e9),
        base_rate=strictly_within(base_rate, name="base_rate", low=0, high=1),
        validity=strictly_within(validity, name="validity", low=-1, high=1),
    )
    return plain(ndtr((r * z + ndtri(base)) / np.sqrt((1 - r) * (1 + r))))


def _selection_ratio(value: ArrayLike) -> Floats:
    ratio = within(value, name="selection_ratio", low=0, high=1)
    if (ratio == 0).any():
        raise ArgumentError("selection_ratio must be above 0: somebody must be selected.")
    return ratio
