"""The restricted log-likelihood of variance components, with its gradient.

``y = X b + Z s + r``: X picks the criterion's mean, Z the assessor's severity s, and r is
independent between candidates with covariance D. With W = [X, sd(severity) Z] and
``A = W' D^-1 W + diag(0, I)``, Woodbury's identity gives everything from blocks of D and one
system of the size of criteria and assessors, and stays finite when a variance is zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.combination.components import VarianceComponents
from second_opinion.engine.combination.estimation.blocks import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictedLikelihood:
    """Value and gradient at one set of variance components, and the estimates that go with it.

    log_likelihood : restricted, natural log
    gradient : (5,), by candidate, candidate_by_criterion, severity, halo, residual
    mean, mean_covariance : (n_criteria,) and (n_criteria, n_criteria), criterion means
    severity, severity_variance : (n_assessors,), best linear unbiased prediction
    """

    log_likelihood: float
    gradient: Floats
    mean: Floats
    mean_covariance: Floats
    severity: Floats
    severity_variance: Floats


def restricted_likelihood(
    blocks: list[Block],
    components: VarianceComponents,
    *,
    n_criteria: int,
    n_assessors: int,
) -> RestrictedLikelihood:
    """The restricted log-likelihood at the given variances; every criterion must be rated.

    With n_assessors 0 severity is left out, whatever its variance.

    References
    ----------
    Patterson and Thompson (1971); the gradient is Searle, Casella and McCulloch (1992), eq. 6.6:
    ``-1/2 tr(P V_k) + 1/2 y' P V_k P y``.
    """
    size = n_criteria + n_assessors
    scale = np.ones(size)
    scale[n_criteria:] = np.sqrt(components.severity)
    gram, moment = np.zeros((size, size)), np.zeros(size)
    log_determinant = square = 0.0
    inverses = []
    for block, places in _placed(blocks, n_criteria, n_assessors):
        covariance = _block_covariance(block, components)
        inverse = np.asarray(np.linalg.inv(covariance), dtype=np.float64)
        inverses.append(inverse)
        log_determinant += np.linalg.slogdet(covariance)[1].sum()
        weighted = np.einsum("mij,mj->mi", inverse, block.score)
        square += float((weighted * block.score).sum())
        for place in places:
            moment += np.bincount(place.ravel(), weights=weighted.ravel(), minlength=size)
            for other in places:
                cell = place[:, :, None] * size + other[:, None, :]
                counted = np.bincount(cell.ravel(), weights=inverse.ravel(), minlength=size**2)
                gram += counted.reshape(size, size)
    system = gram * np.outer(scale, scale)
    system[n_criteria:, n_criteria:] += np.eye(n_assessors)
    scaled_inverse = np.linalg.inv(system) * np.outer(scale, scale)
    effect = scaled_inverse @ moment  # criterion means, then severities
    return RestrictedLikelihood(
        log_likelihood=-0.5
        * (log_determinant + np.linalg.slogdet(system)[1] + square - float(moment @ effect)),
        gradient=_gradient(
            list(_placed(blocks, n_criteria, n_assessors)),
            inverses,
            gram,
            moment,
            scaled_inverse,
            n_criteria=n_criteria,
        ),
        mean=effect[:n_criteria],
        mean_covariance=scaled_inverse[:n_criteria, :n_criteria],
        severity=effect[n_criteria:],
        severity_variance=np.diagonal(scaled_inverse)[n_criteria:],
    )


def _gradient(
    placed: list[tuple[Block, tuple[Integers, ...]]],
    inverses: list[Floats],
    gram: Floats,
    moment: Floats,
    scaled_inverse: Floats,
    *,
    n_criteria: int,
) -> Floats:
    effect = scaled_inverse @ moment
    gradient = np.zeros(5)
    for (block, places), inverse in zip(placed, inverses, strict=True):
        fitted = np.sum([effect[place] for place in places], axis=0)
        residual = np.einsum("mij,mj->mi", inverse, block.score - fitted)
        joint = sum(
            scaled_inverse[place[:, :, None], other[:, None, :]]
            for place in places
            for other in places
        )
        slope = residual[:, :, None] * residual[:, None, :] - inverse + inverse @ joint @ inverse
        gradient[0] += slope.sum()
        gradient[1] += slope[block.same_criterion].sum()
        gradient[3] += slope[block.same_assessor].sum()
        gradient[4] += np.trace(slope, axis1=1, axis2=2).sum()
    score = moment[n_criteria:] - gram[n_criteria:] @ effect
    trace = np.trace(
        gram[n_criteria:, n_criteria:] - gram[n_criteria:] @ scaled_inverse @ gram[:, n_criteria:]
    )
    gradient[2] = score @ score - trace
    return gradient / 2


def _placed(
    blocks: list[Block], n_criteria: int, n_assessors: int
) -> Iterator[tuple[Block, tuple[Integers, ...]]]:
    """Each block with the columns of W that every rating touches: criterion's and assessor's."""
    for block in blocks:
        severity = (n_criteria + block.assessor,) if n_assessors else ()
        yield block, (block.criterion, *severity)


def _block_covariance(block: Block, components: VarianceComponents) -> Floats:
    covariance: Floats = (
        components.candidate
        + components.candidate_by_criterion * block.same_criterion
        + components.halo * block.same_assessor
        + components.residual * np.eye(block.score.shape[1])
    )
    return covariance
