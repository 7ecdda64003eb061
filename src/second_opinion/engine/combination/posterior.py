"""Opinions combined: what all ratings together say of each candidate, and how surely.

The model is linear and Gaussian, so the answer is in closed form: no sampling, no iteration.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.special import ndtr, ndtri

from second_opinion.engine.arrays import Floats
from second_opinion.engine.combination.covariance import truth_covariance
from second_opinion.engine.combination.dependence import Dependence
from second_opinion.engine.combination.instruments import Instrument
from second_opinion.engine.combination.observations import observations, require_fitting
from second_opinion.engine.combination.population import Population
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """The joint picture of each candidate.

    mean : (n_candidates, n_criteria), score points
    covariance : (n_candidates, n_criteria, n_criteria), score points squared
    whole_covariance : (n_candidates, n_candidates), of the weighted wholes: candidates of one case
        share its level and its assessors
    weights : (n_criteria,), summing to 1
    weight_observed : (n_candidates,), share of the weight that somebody rated or read, 0 to 1
    """

    mean: Floats
    covariance: Floats
    whole_covariance: Floats
    weights: Floats
    weight_observed: Floats

    @property
    def standard_deviation(self) -> Floats:
        """(n_candidates, n_criteria), score points."""
        deviation: Floats = np.sqrt(np.diagonal(self.covariance, axis1=1, axis2=2))
        return deviation

    @property
    def whole_mean(self) -> Floats:
        """(n_candidates,), the weighted whole, score points."""
        return self.mean @ self.weights

    @property
    def whole_standard_deviation(self) -> Floats:
        """(n_candidates,), score points."""
        deviation: Floats = np.sqrt(np.diagonal(self.whole_covariance))
        return deviation

    def interval(self, level: float) -> tuple[Floats, Floats]:
        """Lower and upper ends, (n_candidates, n_criteria) each, that hold the truth with level."""
        reach = _reach(level) * self.standard_deviation
        return self.mean - reach, self.mean + reach

    def whole_interval(self, level: float) -> tuple[Floats, Floats]:
        """Lower and upper ends, (n_candidates,) each, for the weighted whole."""
        reach = _reach(level) * self.whole_standard_deviation
        return self.whole_mean - reach, self.whole_mean + reach

    def probability_above(self, value: float | Floats) -> Floats:
        """(n_candidates, n_criteria): the probability that the truth lies above value."""
        probability: Floats = ndtr((self.mean - value) / self.standard_deviation)
        return probability

    def whole_probability_above(self, bar: float) -> Floats:
        """(n_candidates,): the probability that the weighted whole lies above the bar."""
        probability: Floats = ndtr((self.whole_mean - bar) / self.whole_standard_deviation)
        return probability


def combine(
    ratings: Ratings,
    *,
    weights: Floats,
    population: Population,
    dependence: Dependence | None = None,
    instruments: Sequence[Instrument] = (),
    severity_by_assumption: bool = False,
) -> Combination:
    """Posterior of every candidate on every criterion from all ratings and readings together.

    With ``y = mu + truth + severity + halo + residual`` all normal, the posterior of the truth is
    ``K_ty K_yy^-1 (y - mu)``, its covariance ``K_tt - K_ty K_yy^-1 K_yt``. A reading of an
    instrument is the truth with an error of known standard deviation.

    What one candidate's ratings suggest of an assessor's severity is not applied to another
    candidate, unless severity_by_assumption: in a case it would rest on who was sent to whom.
    The estimate is then ``G (y - mu)`` with severities drawn anew for every candidate in G, and
    the covariance is still that of the full model, ``K_tt - G K_yt - K_ty G' + G K_yy G'``.

    Parameters
    ----------
    weights : (n_criteria,), 0 or more, in any unit; divided by their sum
    population : its mean has one entry for each of the ratings' criteria
    dependence : of the ratings' assessors; None where each judges for himself
    instruments : of this case, by the ratings' codes
    severity_by_assumption : learn severities over candidates, as if allocation were random

    Raises
    ------
    ArgumentError : weights, means, dependence or an instrument do not fit the ratings, a weight
        is negative, or the declared dependence cannot be

    References
    ----------
    Henderson (1975), best linear unbiased prediction; Rasmussen and Williams (2006), eq. 2.23-2.24.
    """
    share = shares_of(weights, n_criteria=len(ratings.criterion))
    require_fitting(ratings, population, dependence, instruments)
    observed = observations(ratings, population, dependence, instruments)
    n_candidates, n_criteria = len(ratings.candidate), len(share)
    of_candidate = np.repeat(np.arange(n_candidates), n_criteria)
    of_criterion = np.tile(np.arange(n_criteria), n_candidates)
    covariance_of = partial(
        truth_covariance,
        components=population.components,
        mean_variance=population.mean_variance,
    )
    link = covariance_of(of_candidate, observed.candidate, of_criterion, observed.criterion)
    known = observed.covariance if severity_by_assumption else observed.unlearnt
    gain = np.asarray(np.linalg.solve(known, link.T).T, dtype=np.float64)
    mean = population.mean[of_criterion] + gain @ observed.surprise
    prior = covariance_of(of_candidate, of_candidate, of_criterion, of_criterion)
    explained = gain @ link.T
    covariance = prior - explained - explained.T + gain @ observed.covariance @ gain.T
    blocks = ((covariance + covariance.T) / 2).reshape(
        n_candidates, n_criteria, n_candidates, n_criteria
    )
    own = np.arange(n_candidates)
    return Combination(
        mean=mean.reshape(n_candidates, n_criteria),
        covariance=blocks[own, :, own, :],
        whole_covariance=np.einsum("c,icjd,d->ij", share, blocks, share),
        weights=share,
        weight_observed=_weight_observed(ratings, share, instruments),
    )


def shares_of(weights: Floats, *, n_criteria: int) -> Floats:
    """Weights divided by their sum.

    Raises
    ------
    ArgumentError : not one for each criterion, not finite, negative, or all 0
    """
    weight = np.array(weights, dtype=np.float64)
    if weight.shape != (n_criteria,):
        raise ArgumentError(f"weights has shape {weight.shape} for {n_criteria} criteria.")
    if not (np.isfinite(weight).all() and (weight >= 0).all() and weight.sum() > 0):
        raise ArgumentError("weights must be finite, 0 or more, and not all 0.")
    share: Floats = weight / weight.sum()
    return share


def _weight_observed(ratings: Ratings, share: Floats, instruments: Sequence[Instrument]) -> Floats:
    seen = np.zeros((len(ratings.candidate), len(share)), dtype=bool)
    seen[ratings.candidate.codes, ratings.criterion.codes] = True
    for instrument in instruments:
        if not instrument.is_hint:
            seen[instrument.candidate, instrument.criterion] = True
    observed: Floats = seen @ share
    return observed


def _reach(level: float) -> float:
    if not 0 < level < 1:
        raise ArgumentError(f"An interval's level must lie between 0 and 1; got {level:g}.")
    return float(ndtri((1 + level) / 2))
