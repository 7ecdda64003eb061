"""The level of each criterion, with the weight that each candidate's ratings deserve."""

from __future__ import annotations

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.combination.components import VarianceComponents
from second_opinion.engine.combination.estimation.blocks import blocks_of
from second_opinion.engine.ratings import Ratings


def criterion_means(ratings: Ratings, components: VarianceComponents) -> tuple[Floats, float]:
    """Generalised least squares means, and the variance of their common level.

    Assessors' severities are in the weights as if every opinion came from an assessor of its
    own: with many candidates that costs nothing that can be seen, and leaves candidates
    independent.

    Returns
    -------
    (n_criteria,), score points, and score points squared

    References
    ----------
    Aitken (1936); Searle, Casella and McCulloch (1992), section 4.2.
    """
    information, moment = _sums(ratings, components)
    of_means = np.asarray(np.linalg.inv(information), dtype=np.float64)
    return of_means @ moment, float(of_means.mean()) + _shared_severity(ratings, components)


def common_mean(ratings: Ratings, components: VarianceComponents) -> tuple[float, float]:
    """The same for one level that all criteria share: score points, and score points squared."""
    information, moment = _sums(ratings, components)
    variance = 1 / float(information.sum())
    return float(moment.sum()) * variance, variance + _shared_severity(ratings, components)


def _sums(ratings: Ratings, components: VarianceComponents) -> tuple[Floats, Floats]:
    """Information (n_criteria, n_criteria) and moment (n_criteria,) of the levels."""
    size = len(ratings.criterion)
    information, moment = np.zeros(size * size), np.zeros(size)
    residual = max(components.residual, 1e-9 * components.total)
    for block in blocks_of(ratings):
        covariance = (
            components.candidate
            + components.candidate_by_criterion * block.same_criterion
            + (components.halo + components.severity) * block.same_assessor
            + (residual + components.assessor_by_criterion) * np.eye(block.score.shape[1])
        )
        precision = np.linalg.inv(covariance)
        pulled = np.einsum("mij,mj->mi", precision, block.score)
        moment += np.bincount(block.criterion.ravel(), weights=pulled.ravel(), minlength=size)
        cell = block.criterion[:, :, None] * size + block.criterion[:, None, :]
        information += np.bincount(cell.ravel(), weights=precision.ravel(), minlength=size**2)
    return information.reshape(size, size), moment


def _shared_severity(ratings: Ratings, components: VarianceComponents) -> float:
    """What few assessors leave open of the level: their own mean severity."""
    opinions = np.bincount(ratings.assessor.codes).astype(np.float64)
    share = opinions / opinions.sum()
    return components.severity * float(share @ share)
