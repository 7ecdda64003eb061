"""Several finalists: the best of them, who it probably is, and whether it is too close to call."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.arguments import broadcast, finite, within
from second_opinion.engine.decision.normal import density
from second_opinion.engine.decision.quadrature import legendre
from second_opinion.engine.errors import ArgumentError

CLEAR_FROM = 0.75
"""Probability of being best from which a finalist is called ahead; below it is too close to call.

Our planning assumption: three chances in four, as in the conclusion rule.
"""

_REACH = 9.0  # standard deviations; what lies beyond is less than a double can show
_PANEL_NODES = 12  # Gauss-Legendre nodes in each panel
_PANEL_EDGES = np.array([-9.0, -6.0, -4.0, -2.5, -1.25, 0.0, 1.25, 2.5, 4.0, 6.0, 9.0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How several finalists stand against each other.

    probability_best : (n_candidates,), summing to 1
    order : (n_candidates,), places in the table, the best first
    probability_order_right : that this whole order is the true one; for each neighbouring pair
        see `pairs`
    pairs : (n_candidates - 1,), that each is better than the next in the order
    too_close_to_call : nobody is best with the probability asked for
    """

    probability_best: Floats
    order: tuple[int, ...]
    probability_order_right: float
    pairs: Floats
    too_close_to_call: bool


def compare_finalists(
    mean: ArrayLike, standard_deviation: ArrayLike, *, clear_from: float = CLEAR_FROM
) -> Standing:
    """The probabilities of each being best and of the order, by quadrature.

    Parameters
    ----------
    mean, standard_deviation : (n_candidates,), posterior of each whole; independent
    clear_from : probability of being best from which one is called ahead, 0 to 1

    Raises
    ------
    ArgumentError

    References
    ----------
    ``P(i best) = integral of phi_i prod_j Phi_j``; Gibbons, Olkin and Sobel (1977).
    """
    m, s = _normals(mean, standard_deviation)
    clear = float(within(clear_from, name="clear_from", low=0, high=1))
    best = probability_best(m, s)
    order = np.argsort(-m, kind="stable")
    gap = m[order][:-1] - m[order][1:]
    spread = np.hypot(s[order][:-1], s[order][1:])
    pairs = np.where(spread > 0, ndtr(_ratio(gap, spread)), np.where(gap > 0, 1.0, 0.5))
    return Standing(
        probability_best=best,
        order=tuple(int(place) for place in order),
        probability_order_right=_order_right(m[order], s[order]),
        pairs=pairs,
        too_close_to_call=bool(len(m) > 1 and best.max() < clear),
    )


def probability_best(mean: Floats, standard_deviation: Floats) -> Floats:
    """(n_candidates,): the probability that each is the best; equals that are certain share it."""
    if len(mean) == 1:
        return np.ones(1)
    spread = np.maximum(standard_deviation, 1e-9 * max(1.0, float(np.abs(mean).max())))
    nodes, weights = _panels(mean[None], spread[None])
    standardised = (nodes[:, :, None] - mean) / spread
    below = ndtr(standardised)
    height = density(standardised) / spread
    best = np.empty(len(mean))
    for place in range(len(mean)):
        others = np.delete(below, place, axis=2).prod(axis=2)
        best[place] = float((weights * height[:, :, place] * others).sum())
    share: Floats = best / best.sum()
    return share


def expected_best(
    mean: Floats, standard_deviation: Floats, *, floor: float | Floats = -np.inf
) -> Floats:
    """Mean of the largest of several independent normal values, and of a floor that is certain.

    ``E max(t, M) = t + integral above t of 1 - prod Phi_i``, by Gauss-Legendre in panels that
    break where the integrand bends.

    Parameters
    ----------
    mean, standard_deviation : (..., n), a standard deviation of 0 is a value that is certain
    floor : (...), the value without any of them; minus infinity where there is none

    Returns
    -------
    (...)

    References
    ----------
    Clark (1961) for two; the integral for more.
    """
    m, s = broadcast(mean=mean, standard_deviation=standard_deviation)
    certain = np.maximum(np.where(s <= 0, m, -np.inf).max(axis=-1), floor)
    # a certain value is no kink to integrate over: it raises the floor
    uncertain = np.where(s > 0, s, 1.0)
    lowest = (m - _REACH * uncertain).min(axis=-1)
    base = np.where(np.isneginf(certain), lowest, certain)
    # what is certain is taken far below, where it adds nothing
    shifted = np.where(s > 0, m, base[..., None] - 2 * _REACH)
    nodes, weights = _panels(shifted, uncertain, floor=base)
    below = np.ones(nodes.shape)
    for place in range(m.shape[-1]):
        below *= ndtr((nodes - shifted[..., place, None]) / uncertain[..., place, None])
    above: Floats = base + (weights * (1 - below)).sum(axis=-1)
    return above


def _panels(mean: Floats, spread: Floats, *, floor: Floats | None = None) -> tuple[Floats, Floats]:
    """Nodes and weights, (..., n_nodes), over panels whose edges follow every distribution."""
    edges = mean[..., :, None] + spread[..., :, None] * _PANEL_EDGES
    edges = np.sort(edges.reshape(*mean.shape[:-1], -1), axis=-1)
    if floor is not None:
        edges = np.maximum(edges, floor[..., None])
        edges = np.concatenate([floor[..., None], edges], axis=-1)
    unit, unit_weights = legendre(_PANEL_NODES)
    width = np.diff(edges, axis=-1)[..., None]
    nodes = edges[..., :-1, None] + width * unit
    shape = (*edges.shape[:-1], -1)
    return nodes.reshape(shape), (width * unit_weights).reshape(shape)


def _order_right(mean: Floats, spread: Floats) -> float:
    """P(first > second > ... > last), by nested quadrature on a common grid."""
    if len(mean) == 1:
        return 1.0
    safe = np.maximum(spread, 1e-9 * max(1.0, float(np.abs(mean).max())))
    edges = np.unique((mean[:, None] + safe[:, None] * np.linspace(-9, 9, 73)).ravel())
    unit, unit_weights = legendre(_PANEL_NODES)
    width = np.diff(edges)
    nodes = (edges[:-1, None] + width[:, None] * unit).ravel()
    # the last lies below x, the one before it between that and its own, and so on upwards
    below = ndtr((nodes - mean[-1]) / safe[-1])
    for place in range(len(mean) - 2, 0, -1):
        height = density((nodes - mean[place]) / safe[place]) / safe[place] * below
        below = _cumulative(height.reshape(len(width), -1), width)
    height = density((nodes - mean[0]) / safe[0]) / safe[0] * below
    weights = (width[:, None] * unit_weights).ravel()
    return float(np.clip((weights * height).sum(), 0.0, 1.0))


def _cumulative(height: Floats, width: Floats) -> Floats:
    """The integral from the left end up to every node."""
    whole = (height * legendre(_PANEL_NODES)[1]).sum(axis=1) * width
    before = np.concatenate([[0.0], np.cumsum(whole)[:-1]])
    inside = height @ _antiderivative().T * width[:, None]
    return (before[:, None] + inside).ravel()


@lru_cache(maxsize=1)
def _antiderivative() -> Floats:
    """(n, n): integrals, from 0 to each node, of the polynomials that are 1 at one node."""
    nodes, _ = legendre(_PANEL_NODES)
    powers = np.arange(len(nodes))
    values = np.polynomial.legendre.legvander(2 * nodes - 1, len(nodes) - 1)
    integrals = np.empty_like(values)
    for power in powers:
        coefficients = np.zeros(len(nodes))
        coefficients[power] = 1.0
        primitive = np.polynomial.legendre.legint(coefficients, lbnd=-1.0)
        integrals[:, power] = np.polynomial.legendre.legval(2 * nodes - 1, primitive) / 2
    matrix: Floats = integrals @ np.linalg.inv(values)
    return matrix


def _normals(mean: ArrayLike, standard_deviation: ArrayLike) -> tuple[Floats, Floats]:
    m, s = broadcast(
        mean=np.atleast_1d(finite(mean, name="mean")),
        standard_deviation=np.atleast_1d(
            within(standard_deviation, name="standard_deviation", low=0)
        ),
    )
    if m.ndim != 1 or not m.size:
        raise ArgumentError(f"mean must be one list of numbers; got shape {m.shape}.")
    return m, s


def _ratio(numerator: Floats, denominator: Floats) -> Floats:
    ratio: Floats = numerator / np.where(denominator > 0, denominator, 1.0)
    return ratio
