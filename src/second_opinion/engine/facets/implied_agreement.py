"""How far two assessors agree who rate the same candidate, if the model is true."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.facets.categories import score_moments

_NODES = 41


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpliedAgreement:
    """Correlations over candidates between two assessors drawn at random, 0 to 1.

    impression : of their impressions, severity and the noise of single ratings aside: the ceiling
        that no number of criteria passes
    mean_rating : of their mean ratings over all criteria
    mean_rating_adjusted : the same, each assessor's severity taken out
    single_rating : of one rating each on the same criterion, averaged over criteria
    """

    impression: float
    mean_rating: float
    mean_rating_adjusted: float
    single_rating: float


def implied_agreement(
    *,
    mean: float,
    candidate_variance: float,
    halo_variance: float,
    severity_variance: float,
    difficulty: Floats,
    table: Floats,
) -> ImpliedAgreement:
    """What agreement follows from a halo of a given size.

    Parameters
    ----------
    mean : of the abilities, logits; the variances are in logits squared
    difficulty : (n_criteria,), logits
    table : (n_criteria, n_categories), sums of thresholds up to each category, the lowest 0

    References
    ----------
    Lord and Novick (1968), chapter 9: the correlation of parallel measures is the variance of what
    they have in common over their variance.
    """
    population = (mean, candidate_variance, difficulty, table)
    common, whole = _covariances(halo_variance + severity_variance, *population)
    common_adjusted, whole_adjusted = _covariances(halo_variance, *population)
    return ImpliedAgreement(
        impression=candidate_variance / (candidate_variance + halo_variance),
        mean_rating=float(common.sum() / whole.sum()),
        mean_rating_adjusted=float(common_adjusted.sum() / whole_adjusted.sum()),
        single_rating=float(np.mean(np.diagonal(common) / np.diagonal(whole))),
    )


def _covariances(
    assessor_variance: float, mean: float, variance: float, difficulty: Floats, table: Floats
) -> tuple[Floats, Floats]:
    """(n_criteria, n_criteria), of ratings by two assessors, and of ratings by one."""
    node, weight = np.polynomial.hermite_e.hermegauss(_NODES)
    weight = weight / weight.sum()
    location = mean + variance**0.5 * node[:, None] + assessor_variance**0.5 * node
    moments = score_moments(location[..., None] - difficulty, table)
    given_candidate = np.einsum("caj,a->cj", moments.expected, weight)
    common = _covariance(given_candidate, weight)
    both = (weight[:, None] * weight).ravel()
    whole = _covariance(moments.expected.reshape(len(both), -1), both)
    noise = both @ moments.variance.reshape(len(both), -1)
    return common, whole + np.diag(noise)


def _covariance(values: Floats, weight: Floats) -> Floats:
    away = values - weight @ values
    return np.asarray((away * weight[:, None]).T @ away)
