"""The way up the restricted likelihood, to variances of zero or more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.generalizability.restricted_likelihood import (
    MixedModel,
    RestrictedLikelihood,
    restricted_likelihood,
)

_FLOOR = 1e-9  # of the ratings' variance: what counts as 0 while climbing
_LEAST_RESIDUAL = 1e-6
_MOST_ITERATIONS = 100
_STEP_WORTH = 1e-9  # log-likelihood that one more step would gain
_MOST_HALVINGS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Top:
    """Where the restricted likelihood is highest; the residual's entry is the last.

    variances, standard_errors, is_boundary : (K + 1,), of scores scaled to variance 1
    found : the likelihood there
    """

    variances: Floats
    standard_errors: Floats
    is_boundary: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
    found: RestrictedLikelihood
    converged: bool
    iterations: int


def climb(model: MixedModel, *, begin: Floats | None = None) -> Top:
    """Newton steps by the average information, held at 0 where the gradient points below.

    Parameters
    ----------
    begin : (K + 1,), of scores scaled to variance 1; where the model itself begins, if left out
    """
    n_components = len(model.counts.n_levels) + 1
    floor = np.full(n_components, _FLOOR)
    floor[-1] = _LEAST_RESIDUAL
    variances = model.start if begin is None else np.maximum(begin, floor)
    found = restricted_likelihood(model, variances)
    converged, iterations = False, 0
    while not converged and iterations < _MOST_ITERATIONS:
        iterations += 1
        step = _step(found, held=variances <= floor)
        converged = float(step @ found.gradient) < _STEP_WORTH
        # Of the last step the gain is too small to see, but it doubles the digits.
        least = found.log_likelihood - _STEP_WORTH if converged else found.log_likelihood
        higher = _higher(model, variances, step, floor=floor, than=least)
        if higher is None:
            break
        variances, found = higher
    at_floor = variances <= floor
    free = np.flatnonzero(~at_floor)
    standard_errors = np.full(n_components, np.nan)
    if len(free):
        inverse = np.linalg.pinv(found.information[np.ix_(free, free)])
        standard_errors[free] = np.sqrt(np.diagonal(inverse))
    return Top(
        variances=np.where(at_floor, 0.0, variances),
        standard_errors=standard_errors,
        is_boundary=at_floor,
        found=found,
        converged=converged,
        iterations=iterations,
    )


def _step(
    found: RestrictedLikelihood, *, held: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
) -> Floats:
    """A step that leaves components at the floor alone unless it lifts them.

    Where an effect's predictions happen to be all but 0, the average information of its variance
    is too; a part of what the expected one is at least then keeps the step finite.
    """
    information = found.information.copy()
    diagonal = np.diagonal(information)
    np.fill_diagonal(information, np.maximum(diagonal, found.least_information / 4))
    step = np.zeros_like(found.gradient)
    free = ~(held & (found.gradient <= 0))
    while free.any():
        chosen = np.flatnonzero(free)
        square = information[np.ix_(chosen, chosen)]
        step[:] = 0
        step[chosen] = np.linalg.lstsq(square, found.gradient[chosen], rcond=1e-12)[0]
        sinking = held & free & (step < 0)
        if not sinking.any():
            break
        free &= ~sinking
    return step if free.any() else np.zeros_like(step)


def _higher(
    model: MixedModel, variances: Floats, step: Floats, *, floor: Floats, than: float
) -> tuple[Floats, RestrictedLikelihood] | None:
    for _ in range(_MOST_HALVINGS):
        tried = np.maximum(variances + step, floor)
        found = restricted_likelihood(model, tried)
        if found.log_likelihood > than:
            return tried, found
        step = step / 2
    return None
