"""Scores that lie somewhere between two ends, each turned into a normal reading.

Expectation propagation: every site's target and variance are such that the normal has, at that
observation, the mean and variance of the truncated one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import log_ndtr

from second_opinion.engine.arrays import Floats

_SWEEPS = 30
_SETTLED = 1e-4  # standard deviations; a comparison needs no more
_FARTHEST = 35.0  # standard deviations; beyond, the tail's own approximation holds
_LOG_ROOT_TWO_PI = 0.9189385332046727


@dataclass(frozen=True, slots=True)
class Sites:
    """Each observation as a normal reading: its target (surprise) and its variance."""

    target: Floats
    variance: Floats

    @classmethod
    def of(cls, known: Floats, *, lower: Floats, upper: Floats, read: Floats) -> Sites:
        """Sites that make the normal's marginals those of the truncated one, all at once.

        known : (n, n), of the observed, ratings first; lower, upper : (n_ratings,), of surprises
        read : (n - n_ratings,), surprises that are seen as they are
        """
        n, n_ratings = len(known), len(lower)
        middle = np.where(np.isinf(lower), upper, np.where(np.isinf(upper), lower, 0.0))
        middle = np.where(np.isfinite(lower + upper), (lower + upper) / 2, middle)
        precision = np.full(n, 1e12)
        precision[:n_ratings] = 1 / np.diagonal(known)[:n_ratings]
        shift = precision.copy()
        shift[:n_ratings] *= middle
        shift[n_ratings:] *= read
        for _ in range(_SWEEPS):
            root = np.sqrt(precision)
            inner = np.eye(n) + root[:, None] * known * root
            solved = np.linalg.solve(inner, root[:, None] * known)
            variance = np.diagonal(known) - np.einsum("ij,ij->j", root[:, None] * known, solved)
            mean = known @ shift - known @ (root * (solved @ shift))
            v, m = variance[:n_ratings], mean[:n_ratings]
            cavity = 1 / (1 / v - precision[:n_ratings])
            centre = cavity * (m / v - shift[:n_ratings])
            first, second = truncated_moments(centre, cavity, lower, upper)
            new = np.maximum(1 / second - 1 / cavity, 1e-9)
            change = np.abs(first - m).max(initial=0.0) / np.sqrt(v.max(initial=1.0))
            shift[:n_ratings] = first / second - centre / cavity
            precision[:n_ratings] = new
            if change < _SETTLED:
                break
        return cls(target=shift / precision, variance=1 / precision)


def truncated_moments(
    mean: Floats, variance: Floats, lower: Floats, upper: Floats
) -> tuple[Floats, Floats]:
    """Mean and variance of a normal between two ends.

    References
    ----------
    Johnson, Kotz and Balakrishnan (1994), section 13.10.1.
    """
    spread = np.sqrt(variance)
    a = np.clip((lower - mean) / spread, -_FARTHEST, _FARTHEST)
    b = np.clip((upper - mean) / spread, -_FARTHEST, _FARTHEST)
    # on the side where the tails do not cancel
    flip = a + b > 0
    low, high = np.where(flip, -b, a), np.where(flip, -a, b)
    larger, smaller = log_ndtr(high), log_ndtr(low)
    mass = larger + np.log1p(-np.exp(np.minimum(smaller - larger, -1e-12)))
    at_low = np.exp(-(low**2) / 2 - _LOG_ROOT_TWO_PI - mass)
    at_high = np.exp(-(high**2) / 2 - _LOG_ROOT_TWO_PI - mass)
    shift = at_low - at_high
    shrink = 1 + low * at_low - high * at_high - shift**2
    centre = np.where(flip, -shift, shift)
    return mean + spread * centre, variance * np.clip(shrink, 1e-6, 1.0)
