"""The way up the marginal likelihood: Newton steps within the plane that identifies the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.facets.identification import Identification
from second_opinion.engine.facets.layout import Layout
from second_opinion.engine.facets.parameters import Parameters, coordinates_of, parameters_at
from second_opinion.engine.facets.statistics import Posterior, Statistics

MOST_ITERATIONS = 100
_GAIN = 1e-7  # log-likelihood that one more step would add
_LONGEST_STEP = 1.5  # in any coordinate, logits
_MOST_HALVINGS = 12
_ROUNDING = 1e-10

Pass = Callable[[Parameters, Posterior | None, bool], Statistics]


@dataclass(frozen=True, slots=True, kw_only=True)
class Top:
    """Where the search ended."""

    parameters: Parameters
    statistics: Statistics
    converged: bool
    iterations: int


def climb(
    layout: Layout, identification: Identification, begin: Parameters, pass_over: Pass
) -> Top:
    """Newton steps, halved while the log-likelihood falls.

    Parameters
    ----------
    pass_over : the statistics of all ratings at given parameters, near an earlier posterior, with
        the information or without
    """
    at = coordinates_of(layout, begin)
    found = penalised(layout, begin, pass_over(begin, None, True))
    converged, iterations = False, 0
    while not converged and iterations < MOST_ITERATIONS:
        iterations += 1
        step = newton_step(identification, found)
        gain = 0.5 * float(step @ found.gradient)
        converged = gain < _GAIN
        moved = _higher(layout, at, step, found, pass_over)
        if moved is None:
            break
        at, found = moved
    return Top(
        parameters=parameters_at(layout, at),
        statistics=found,
        converged=converged,
        iterations=iterations,
    )


def newton_step(identification: Identification, found: Statistics) -> Floats:
    """A step up, no longer than trust in a quadratic reaches."""
    gradient = identification.project(found.gradient)
    ridge, information = 0.0, found.information
    diagonal = np.abs(np.diagonal(information))
    while True:
        try:
            covariance = identification.invert(information + ridge * np.diag(diagonal + 1.0))
            break
        except np.linalg.LinAlgError:
            ridge = max(4 * ridge, 0.01)
    step = covariance @ gradient
    return np.asarray(step * min(1.0, _LONGEST_STEP / max(float(np.abs(step).max()), 1e-300)))


def penalised(layout: Layout, parameters: Parameters, found: Statistics) -> Statistics:
    """With the weak priors where the likelihood alone has no highest point."""
    if not np.any(layout.prior_precision):
        return found
    away = parameters.values - layout.prior_mean
    gradient, information = found.gradient.copy(), found.information.copy()
    gradient[: layout.n_values] -= layout.prior_precision * away
    if information.size:
        places = np.arange(layout.n_values)
        information[places, places] += layout.prior_precision
    return Statistics(
        log_likelihood=found.log_likelihood - 0.5 * float(layout.prior_precision @ away**2),
        gradient=gradient,
        information=information,
        posterior=found.posterior,
    )


def _higher(
    layout: Layout, at: Floats, step: Floats, found: Statistics, pass_over: Pass
) -> tuple[Floats, Statistics] | None:
    """A point along the step where the log-likelihood is not lower; None where there is none."""
    least = found.log_likelihood - _ROUNDING * abs(found.log_likelihood)
    for _ in range(_MOST_HALVINGS):
        parameters = parameters_at(layout, at + step)
        there = penalised(layout, parameters, pass_over(parameters, found.posterior, True))
        if there.log_likelihood >= least:
            return at + step, there
        step = step / 2
    return None
