"""The same opinions read as steps: a score says which step, and an end score "that or beyond".

The linear model takes a score as a point. Here it is an ordered category of what the assessor saw,
with equal steps: the cumulative probit model, on the scale's own units and with the population's
values. Where the two part, the scale's ends are doing it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import log_ndtr, ndtr

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
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Ratings

_STEPS = (1.0, 0.5, 0.25, 0.1)
_FITS = 1e-6  # of a step: scores are written in decimals
_LEAST_RESIDUAL = 0.2  # of the residual: what rounding may not explain away
_SWEEPS = 30
_SETTLED = 1e-4  # standard deviations; a comparison needs no more
_FARTHEST = 35.0  # standard deviations; beyond, the tail's own approximation holds
_LOG_ROOT_TWO_PI = 0.9189385332046727


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
    low, high = ratings.scales[0].low, ratings.scales[0].high
    step = _step_of(ratings.score - low)
    observed = observations(ratings, population, dependence, instruments)
    n_candidates, n_ratings = len(ratings.candidate), len(ratings)
    whole_link = _link_to_wholes(share, n_candidates, observed, population)
    known = observed.unlearnt.copy()
    rounding = min(step**2 / 12, (1 - _LEAST_RESIDUAL) * population.components.residual)
    rated = np.arange(n_ratings)
    known[rated, rated] -= rounding
    lower = np.where(ratings.score <= low + _FITS, -np.inf, -step / 2)
    upper = np.where(ratings.score >= high - _FITS, np.inf, step / 2)
    sites = _Sites.of(
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
    at_ends = np.isinf(lower) | np.isinf(upper)
    counts = np.bincount(ratings.candidate.codes, minlength=n_candidates)
    ends = np.bincount(ratings.candidate.codes, weights=at_ends, minlength=n_candidates)
    return AsSteps(
        mean=float(share @ population.mean) + gain @ sites.target,
        deviation=np.sqrt(np.maximum(left, 1e-12)),
        step=step,
        at_ends=ends / np.maximum(counts, 1),
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


def _step_of(above_low: Floats) -> float:
    for step in _STEPS:
        steps = above_low / step
        if (np.abs(steps - np.round(steps)) <= _FITS).all():
            return step
    return _STEPS[-1]


@dataclass(frozen=True, slots=True)
class _Sites:
    """Each observation as a normal reading: its target (surprise) and its variance."""

    target: Floats
    variance: Floats

    @classmethod
    def of(cls, known: Floats, *, lower: Floats, upper: Floats, read: Floats) -> _Sites:
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
