"""The normal distribution's parts that decisions need: densities, losses, two variables at once."""

from __future__ import annotations

import numpy as np
from scipy.special import erfcx, ndtr, owens_t

from second_opinion.engine.arrays import Floats

_NEXT_TO_NOTHING = 1e-100
_ROOT_HALF_PI = float(np.sqrt(np.pi / 2))


def density(z: Floats) -> Floats:
    """The standard normal density."""
    height: Floats = np.exp(-0.5 * np.square(z)) / np.sqrt(2 * np.pi)
    return height


def unit_loss(z: Floats) -> Floats:
    """``L(z) = phi(z) - z (1 - Phi(z))``: the mean of what lies above z, z 0 or more.

    Written with the scaled complementary error function, so that far out, where both terms are
    tiny and nearly equal, the difference keeps its digits.

    References
    ----------
    Raiffa and Schlaifer (1961), ch. 5 and table II.
    """
    mills = _ROOT_HALF_PI * erfcx(z / np.sqrt(2))
    loss: Floats = density(z) * np.maximum(1 - z * mills, 0.0)
    return loss


def both_above(h: Floats, k: Floats, correlation: Floats) -> Floats:
    """P(X > h and Y > k) of two standard normal variables, exactly.

    References
    ----------
    Owen (1956), eq. 3.1, by way of his T function.
    """
    rho = np.clip(correlation, -1.0, 1.0)
    # a minus zero would turn the sign of the slopes below, a product that underflows the quarter
    h, k = (np.where(np.abs(line) < _NEXT_TO_NOTHING, 0.0, line) for line in (h, k))
    left = np.sqrt((1 - rho) * (1 + rho))
    inside = left > 0
    spread = np.where(inside, left, 1.0)
    opposite = (h * k < 0) | ((h * k == 0) & (h + k < 0))
    general = (
        0.5 * (ndtr(-h) + ndtr(-k) - opposite)
        - owens_t(h, _slope(k - rho * h, h * spread))
        - owens_t(k, _slope(h - rho * k, k * spread))
    )
    # the formula at h = k = 0 is 0/0; Sheppard (1899) gives that point
    general = np.where((h == 0) & (k == 0), 0.25 + np.arcsin(rho) / (2 * np.pi), general)
    together = ndtr(-np.maximum(h, k))
    against = np.maximum(ndtr(-h) - ndtr(k), 0.0)
    probability: Floats = np.where(inside, general, np.where(rho > 0, together, against))
    return np.clip(probability, 0.0, 1.0)


def _slope(numerator: Floats, denominator: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = numerator / denominator
    return np.where(np.isnan(slope), 0.0, slope)
