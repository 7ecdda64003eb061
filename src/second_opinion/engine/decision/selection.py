"""What choosing on a valid procedure gives: shares who succeed, and how well those chosen do."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.arguments import (
    broadcast,
    plain,
    share_selected,
    strictly_within,
    within,
)
from second_opinion.engine.decision.normal import both_above, density


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
        selection_ratio=share_selected(selection_ratio),
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
    ratio = share_selected(selection_ratio)
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
        selection_ratio=share_selected(selection_ratio),
    )
    return plain(r * density(ndtri(ratio)) / ratio)


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
