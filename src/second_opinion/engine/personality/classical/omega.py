"""McDonald's omega, from one factor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from second_opinion.engine.arrays import Floats
from second_opinion.engine.personality.classical.alpha import usable_covariance
from second_opinion.engine.personality.moments import Moments

_LEAST_UNIQUE = 0.005  # of an item's variance: below it the factor would be the item itself


@dataclass(frozen=True, slots=True, kw_only=True)
class OneFactor:
    """One factor behind all items.

    loading, unique : (n_items,), in score points and their squares
    converged : False where the search ended before its top
    """

    loading: Floats
    unique: Floats
    converged: bool

    @property
    def omega(self) -> float:
        """Share of the variance of the sum that the factor explains, 0 to 1."""
        common = float(self.loading.sum()) ** 2
        return common / (common + float(self.unique.sum()))


def one_factor(moments: Moments) -> OneFactor:
    """Maximum likelihood for one factor, from covariances over pairs of answers.

    Raises
    ------
    NotEnoughAnswersError : as cronbach_alpha; fewer than three items have no unique answer, and
        get one of several

    References
    ----------
    Jöreskog (1967) for the estimate; McDonald (1999), eq. 6.20, for omega.
    """
    covariance = usable_covariance(moments)
    deviation = np.sqrt(np.diagonal(covariance))
    correlation = covariance / np.outer(deviation, deviation)
    height, axes = np.linalg.eigh(correlation)
    first = axes[:, -1] * np.sign(axes[:, -1].sum() or 1.0)
    start = np.clip(first * np.sqrt(max(float(height[-1]) - 0.5, 0.1)), -0.9, 0.9)
    n_items = len(start)
    found = minimize(
        _misfit,
        np.concatenate([start, np.log(1 - start**2)]),
        args=(correlation,),
        jac=True,
        method="L-BFGS-B",
        bounds=[(None, None)] * n_items + [(float(np.log(_LEAST_UNIQUE)), None)] * n_items,
        options={"maxiter": 2000, "ftol": 1e-14, "gtol": 1e-8},
    )
    return OneFactor(
        loading=found.x[:n_items] * deviation,
        unique=np.exp(found.x[n_items:]) * deviation**2,
        converged=bool(found.success),
    )


def _misfit(at: Floats, correlation: Floats) -> tuple[float, Floats]:
    """Misfit, log |S| + tr(R S^-1) for S = l l' + diag(u), and its slopes by l and log u."""
    n_items = len(correlation)
    loading, unique = at[:n_items], np.exp(at[n_items:])
    scaled = loading / unique
    inside = 1 + float(loading @ scaled)
    inverse = np.diag(1 / unique) - np.outer(scaled, scaled) / inside
    misfit = (
        float(np.log(unique).sum()) + float(np.log(inside)) + float((correlation * inverse).sum())
    )
    by_model = inverse - inverse @ correlation @ inverse
    slopes = np.concatenate([2 * by_model @ loading, np.diagonal(by_model) * unique])
    return misfit, slopes
