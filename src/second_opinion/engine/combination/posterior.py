"""Opinions combined: what all ratings together say of each candidate, and how surely.

The model is linear and Gaussian, so the answer is in closed form: no sampling, no iteration.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.combination.components import VarianceComponents
from second_opinion.engine.combination.population import Population, Severity
from second_opinion.engine.errors import ArgumentError
from second_opinion.engine.ratings import Ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """The joint picture of each candidate.

    mean : (n_candidates, n_criteria), score points
    covariance : (n_candidates, n_criteria, n_criteria), score points squared
    weights : (n_criteria,), summing to 1
    weight_observed : (n_candidates,), share of the weight that somebody rated, 0 to 1
    """

    mean: Floats
    covariance: Floats
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
        variance = np.einsum("c,icd,d->i", self.weights, self.covariance, self.weights)
        deviation: Floats = np.sqrt(variance)
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


def combine(ratings: Ratings, *, weights: Floats, population: Population) -> Combination:
    """Posterior of every candidate on every criterion from all ratings together.

    With ``y = mu + truth + severity + halo + residual`` all normal, the posterior of the truth is
    ``K_ty K_yy^-1 (y - mu)``, its covariance ``K_tt - K_ty K_yy^-1 K_yt``.

    Parameters
    ----------
    weights : (n_criteria,), 0 or more, in any unit; divided by their sum
    population : its mean has one entry for each of the ratings' criteria

    Raises
    ------
    ArgumentError : weights or means do not fit the criteria, or a weight is negative

    References
    ----------
    Henderson (1975), best linear unbiased prediction; Rasmussen and Williams (2006), eq. 2.23-2.24.
    """
    share = _shares(weights, n_criteria=len(ratings.criterion))
    if population.mean.shape != share.shape:
        raise ArgumentError(
            f"The population has {population.mean.size} means for {share.size} criteria."
        )
    severity = [
        population.severities.get(name, Severity(0.0, population.components.severity))
        for name in ratings.assessor.labels
    ]
    candidate, criterion = ratings.candidate.codes, ratings.criterion.codes
    assessor = ratings.assessor.codes
    shift = np.array([known.mean for known in severity])[assessor]
    observed = observation_covariance(
        candidate,
        assessor,
        criterion,
        components=population.components,
        mean_variance=population.mean_variance,
        severity_variance=np.array([known.variance for known in severity])[assessor],
    )
    n_candidates, n_criteria = len(ratings.candidate), len(share)
    of_candidate = np.repeat(np.arange(n_candidates), n_criteria)
    of_criterion = np.tile(np.arange(n_criteria), n_candidates)
    link = truth_covariance(
        of_candidate,
        candidate,
        of_criterion,
        criterion,
        components=population.components,
        mean_variance=population.mean_variance,
    )
    gain = np.asarray(np.linalg.solve(observed, link.T).T, dtype=np.float64)
    surprise = ratings.score - population.mean[criterion] - shift
    mean = population.mean[of_criterion] + gain @ surprise
    return Combination(
        mean=mean.reshape(n_candidates, n_criteria),
        covariance=_covariance_by_candidate(gain, link, population, n_criteria=n_criteria),
        weights=share,
        weight_observed=_weight_observed(ratings, share),
    )


def observation_covariance(
    candidate: Integers,
    assessor: Integers,
    criterion: Integers,
    *,
    components: VarianceComponents,
    mean_variance: float,
    severity_variance: Floats,
) -> Floats:
    """(..., n, n) covariance between ratings whose codes, (..., n), are given."""
    same_assessor = assessor[..., :, None] == assessor[..., None, :]
    same_candidate = candidate[..., :, None] == candidate[..., None, :]
    covariance: Floats = (
        truth_covariance(
            candidate,
            candidate,
            criterion,
            criterion,
            components=components,
            mean_variance=mean_variance,
        )
        + same_assessor * (severity_variance[..., :, None] + components.halo * same_candidate)
        + components.residual * np.eye(criterion.shape[-1])
    )
    return covariance


def truth_covariance(
    candidate: Integers,
    other_candidate: Integers,
    criterion: Integers,
    other_criterion: Integers,
    *,
    components: VarianceComponents,
    mean_variance: float,
) -> Floats:
    """(..., n, m) covariance between true standings, level of the case included."""
    same_candidate = candidate[..., :, None] == other_candidate[..., None, :]
    same_criterion = criterion[..., :, None] == other_criterion[..., None, :]
    covariance: Floats = mean_variance + same_candidate * (
        components.candidate + components.candidate_by_criterion * same_criterion
    )
    return covariance


def _covariance_by_candidate(
    gain: Floats, link: Floats, population: Population, *, n_criteria: int
) -> Floats:
    components = population.components
    prior = (
        population.mean_variance
        + components.candidate
        + components.candidate_by_criterion * np.eye(n_criteria)
    )
    blocks = (len(gain) // n_criteria, n_criteria, gain.shape[1])  # no -1: there may be no rating
    explained = np.einsum("icn,idn->icd", gain.reshape(blocks), link.reshape(blocks))
    covariance: Floats = prior - explained
    return (covariance + covariance.transpose(0, 2, 1)) / 2


def _shares(weights: Floats, *, n_criteria: int) -> Floats:
    weight = np.array(weights, dtype=np.float64)
    if weight.shape != (n_criteria,):
        raise ArgumentError(f"weights has shape {weight.shape} for {n_criteria} criteria.")
    if not (np.isfinite(weight).all() and (weight >= 0).all() and weight.sum() > 0):
        raise ArgumentError("weights must be finite, 0 or more, and not all 0.")
    share: Floats = weight / weight.sum()
    return share


def _weight_observed(ratings: Ratings, share: Floats) -> Floats:
    seen = np.zeros((len(ratings.candidate), len(share)), dtype=bool)
    seen[ratings.candidate.codes, ratings.criterion.codes] = True
    observed: Floats = seen @ share
    return observed


def _reach(level: float) -> float:
    if not 0 < level < 1:
        raise ArgumentError(f"An interval's level must lie between 0 and 1; got {level:g}.")
    return float(ndtri((1 + level) / 2))
