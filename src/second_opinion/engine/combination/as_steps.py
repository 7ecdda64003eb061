"""The same opinions read as steps: a score says which step, and an end score "that or beyond".

The linear model takes a score as a point. Here it is an ordered category of what the assessor saw,
with equal steps: the cumulative probit model, on the scale's own units and with the population's
values. Where the two part, the scale's ends are doing it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from second_opinion.engine.arrays import Floats
from second_opinion.engine.combination.covariance import truth_covariance
from second_opinion.engine.combination.dependence import Dependence
from second_opinion.engine.combination.instruments import Instrument
from second_opinion.engine.combination.observations import (
    Observations,
    observations,
    require_fitting,
)
from second_opinion.engine.combination.population import Population
from second_opinion.engine.combination.posterior import shares_of
from second_opinion.engine.combination.sites import Sites
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Ratings

_STEPS = (1.0, 0.5, 0.25, 0.1)
_FITS = 1e-6  # of a step: scores are written in decimals
_LEAST_RESIDUAL = 0.2  # of the residual: what rounding may not explain away


@dataclass(frozen=True, slots=True, kw_only=True)
class AsSteps:
    """The weighted wholes by the ordinal model, beside the linear ones of the same opinions.

    mean, deviation : (n_candidates,), of the whole, score points
    step : distance between neighbouring scores, score points
    at_ends : (n_candidates,), share of the scores that lie at an end of the scale, 0 to 1
    """

    mean: Floats
    deviation: Floats
    step: float
    at_ends: Floats

    def probability_above(self, bar: float) -> Floats:
        """(n_candidates,): the probability that the whole lies above the bar."""
        probability: Floats = ndtr((self.mean - bar) / self.deviation)
        return probability


def combine_as_steps(
    ratings: Ratings,
    *,
    weights: Floats,
    population: Population,
    dependence: Dependence | None = None,
    instruments: Sequence[Instrument] = (),
) -> AsSteps:
    """The wholes when every score is a step, by expectation propagation.

    A score y says that what was seen lay within half a step of y; the lowest and the highest say
    nothing of how far beyond. Rounding is then no part of the residual, so step^2/12 is taken
    from it (Sheppard). The step is the largest of 1, .5, .25 and .1 that the scores lie on.

    Parameters
    ----------
    as `combine`

    Raises
    ------
    ArgumentError : what does not fit, as `combine`; ratings on scales that differ

    References
    ----------
    McCullagh (1980) for the model; Minka (2001) and Rasmussen and Williams (2006), section 3.6,
    for expectation propagation; Sheppard (1898).
    """
    share = shares_of(weights, n_criteria=len(ratings.criterion))
    require_fitting(ratings, population, dependence, instruments)
    if len({(scale.low, scale.high) for scale in ratings.scales}) != 1:
        raise ArgumentError("A step needs criteria on one scale.")
    step = _step_of(ratings.score - ratings.scales[0].low)
    lower, upper = _ends_of(ratings, step)
    observed = observations(ratings, population, dependence, instruments)
    n_candidates, n_ratings = len(ratings.candidate), len(ratings)
    whole_link = _link_to_wholes(share, n_candidates, observed, population)
    known = observed.unlearnt.copy()
    rounding = min(step**2 / 12, (1 - _LEAST_RESIDUAL) * population.components.residual)
    rated = np.arange(n_ratings)
    known[rated, rated] -= rounding
    sites = Sites.of(
        known,
        lower=observed.surprise[:n_ratings] + lower,
        upper=observed.surprise[:n_ratings] + upper,
        read=observed.surprise[n_ratings:],
    )
    # as if the sites' targets had been seen, with their variances; the rest as in `combine`
    blur = np.diag(sites.variance)
    gain = np.linalg.solve(known + blur, whole_link.T).T
    full = observed.covariance + blur
    full[rated, rated] -= rounding
    before = population.components.whole_true(share) + population.mean_variance
    left = before - 2 * np.einsum("in,in->i", gain, whole_link)
    left += np.einsum("in,nm,im->i", gain, full, gain)
    return AsSteps(
        mean=float(share @ population.mean) + gain @ sites.target,
        deviation=np.sqrt(np.maximum(left, 1e-12)),
        step=step,
        at_ends=_share_at_ends(ratings, np.isinf(lower) | np.isinf(upper)),
    )


def _link_to_wholes(
    share: Floats, n_candidates: int, observed: Observations, population: Population
) -> Floats:
    """(n_candidates, n_observed): how each candidate's whole varies with each observation."""
    n_criteria = len(share)
    link = truth_covariance(
        np.repeat(np.arange(n_candidates), n_criteria),
        observed.candidate,
        np.tile(np.arange(n_criteria), n_candidates),
        observed.criterion,
        components=population.components,
        mean_variance=population.mean_variance,
    )
    whole: Floats = np.einsum("c,icn->in", share, link.reshape(n_candidates, n_criteria, -1))
    return whole


def _ends_of(ratings: Ratings, step: float) -> tuple[Floats, Floats]:
    """(n_ratings,) each: how far below and above its score what was seen may lie."""
    scale = ratings.scales[0]
    lower = np.where(ratings.score <= scale.low + _FITS, -np.inf, -step / 2)
    upper = np.where(ratings.score >= scale.high - _FITS, np.inf, step / 2)
    return lower, upper


def _share_at_ends(ratings: Ratings, is_at_end: NDArray[np.bool_]) -> Floats:
    """(n_candidates,), 0 where nothing was rated."""
    candidate, n = ratings.candidate.codes, len(ratings.candidate)
    counts = np.bincount(candidate, minlength=n)
    ends = np.bincount(candidate, weights=is_at_end, minlength=n)
    share: Floats = ends / np.maximum(counts, 1)
    return share


def _step_of(above_low: Floats) -> float:
    for step in _STEPS:
        steps = above_low / step
        if (np.abs(steps - np.round(steps)) <= _FITS).all():
            return step
    return _STEPS[-1]
