"""How several abilities are spread in the population, and how they go together."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.special import ndtri

from second_opinion.engine.arrays import Floats
from second_opinion.engine.facets.abilities.population import directions
from second_opinion.engine.facets.layout import Layout
from second_opinion.engine.facets.parameters import Parameters

_BOUNDARY = 1e-4  # correlations nearer to 1 or -1 are there
_LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class AbilitySpread:
    """One of several abilities in the population.

    mean, variance : logits
    eap_reliability : var(EAP) / (var(EAP) + mean posterior variance)
    """

    name: str
    mean: float
    mean_standard_error: float
    variance: float
    variance_standard_error: float
    eap_reliability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AbilityCorrelation:
    """Between two abilities themselves, not between their measures, which error pulls apart.

    standard_error : NaN at the boundary
    low, high : 95 % interval; NaN at the boundary
    is_at_boundary : the estimate is 1 or -1, so the ratings do not tell the two abilities apart
    """

    first: str
    second: str
    correlation: float
    standard_error: float
    low: float
    high: float
    is_at_boundary: bool


def ability_spreads(
    layout: Layout, parameters: Parameters, covariance: Floats, mean: Floats, spread: Floats
) -> tuple[AbilitySpread, ...]:
    """One for each ability.

    Parameters
    ----------
    covariance : (n_coordinates, n_coordinates), of the estimates
    mean, spread : (n_candidates, n_dimensions), of the posteriors of those who are rated
    """
    own = _of_population(layout, covariance)
    moved = _covariance_moves(parameters)
    found = []
    for index, name in enumerate(layout.dimensions):
        slope = moved[:, index, index]
        between = float(np.var(mean[:, index]))
        within = float(np.mean(spread[:, index] ** 2))
        found.append(
            AbilitySpread(
                name=name,
                mean=float(parameters.mean[index]),
                mean_standard_error=float(own[index, index]) ** 0.5,
                variance=float(parameters.covariance[index, index]),
                variance_standard_error=float(slope @ own @ slope) ** 0.5,
                eap_reliability=between / (between + within),
            )
        )
    return tuple(found)


def ability_correlations(
    layout: Layout, parameters: Parameters, covariance: Floats
) -> tuple[AbilityCorrelation, ...]:
    """One for each pair of abilities, with an interval on Fisher's scale.

    References
    ----------
    Fisher (1921), for the scale; its error here by the delta method from the log-Cholesky
    coordinates.
    """
    own, moved = _of_population(layout, covariance), _covariance_moves(parameters)
    spread = parameters.covariance
    found = []
    for one, two in combinations(range(layout.n_dimensions), 2):
        root = math.sqrt(spread[one, one] * spread[two, two])
        correlation = float(spread[one, two]) / root
        slope = moved[:, one, two] / root - correlation / 2 * (
            moved[:, one, one] / spread[one, one] + moved[:, two, two] / spread[two, two]
        )
        error = float(slope @ own @ slope) ** 0.5
        found.append(
            _correlation(layout.dimensions[one], layout.dimensions[two], correlation, error)
        )
    return tuple(found)


def boundary_notes(correlations: tuple[AbilityCorrelation, ...]) -> list[str]:
    """What to say of abilities that the ratings do not tell apart."""
    return [
        f"The correlation of {one.first} and {one.second} is estimated at its limit "
        f"({one.correlation:+.0f}), so the ratings do not tell the two apart and no interval is "
        "given; fit them as one ability."
        for one in correlations
        if one.is_at_boundary
    ]


def _correlation(first: str, second: str, correlation: float, error: float) -> AbilityCorrelation:
    is_at_boundary = 1 - abs(correlation) < _BOUNDARY
    low = high = math.nan
    if not is_at_boundary:
        middle = math.atanh(correlation)
        reach = float(ndtri(0.5 + _LEVEL / 2)) * error / (1 - correlation**2)
        low, high = math.tanh(middle - reach), math.tanh(middle + reach)
    return AbilityCorrelation(
        first=first,
        second=second,
        correlation=correlation,
        standard_error=math.nan if is_at_boundary else error,
        low=low,
        high=high,
        is_at_boundary=is_at_boundary,
    )


def _of_population(layout: Layout, covariance: Floats) -> Floats:
    d = layout.n_dimensions
    places = slice(layout.n_values, layout.n_values + d + d * (d + 1) // 2)
    return covariance[places, places]


def _covariance_moves(parameters: Parameters) -> Floats:
    """(n, n_dimensions, n_dimensions), how the covariance moves with each coordinate."""
    half = directions(parameters)[1] @ np.linalg.cholesky(parameters.covariance).T
    return np.asarray(half + half.transpose(0, 2, 1))
