"""Derivatives of the population's normal density, by means and log-Cholesky coordinates."""

from __future__ import annotations

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.facets.parameters import Parameters


def directions(parameters: Parameters) -> tuple[Floats, Floats]:
    """How each coordinate of the population moves its mean and its Cholesky factor.

    Returns
    -------
    (n, n_dimensions) and (n, n_dimensions, n_dimensions), n the number of those coordinates: the
    means, then the factor row by row, its diagonal in logs
    """
    d = len(parameters.mean)
    factor = np.linalg.cholesky(parameters.covariance)
    row, column = np.tril_indices(d)
    n = d + len(row)
    of_mean, of_factor = np.zeros((n, d)), np.zeros((n, d, d))
    of_mean[np.arange(d), np.arange(d)] = 1.0
    of_factor[d + np.arange(len(row)), row, column] = np.where(
        row == column, factor[row, column], 1.0
    )
    return of_mean, of_factor


def population_score(parameters: Parameters, ability: Floats) -> Floats:
    """Of the log density at abilities.

    Parameters
    ----------
    ability : (..., n_dimensions)

    Returns
    -------
    (..., n), n coordinates as in ``directions``
    """
    of_mean, of_factor = directions(parameters)
    inverse = np.linalg.inv(np.linalg.cholesky(parameters.covariance))
    standard = (ability - parameters.mean) @ inverse.T
    back = standard @ inverse
    score = back @ of_mean.T
    score += np.einsum("...i,fij,...j->...f", back, of_factor, standard, optimize=True)
    score -= _is_diagonal(of_factor)
    return np.asarray(score)


def population_information(parameters: Parameters, mean: Floats, covariance: Floats) -> Floats:
    """Minus the second derivatives of the log density, expected over posteriors and summed.

    Parameters
    ----------
    mean, covariance : (n_candidates, n_dimensions) and one dimension more, of the posteriors

    Returns
    -------
    (n, n), n coordinates as in ``directions``
    """
    of_mean, of_factor = directions(parameters)
    inverse = np.linalg.inv(np.linalg.cholesky(parameters.covariance))
    away = (mean - parameters.mean) @ inverse.T
    first = away.sum(axis=0)
    second = away.T @ away + inverse @ covariance.sum(axis=0) @ inverse.T
    # By standard abilities u = inverse (ability - mean): du = -(turn u + shift).
    turn, shift = inverse @ of_factor, of_mean @ inverse.T
    information = np.einsum("fki,gkj,ij->fg", turn, turn, second)
    information += len(mean) * shift @ shift.T
    crossed = np.einsum("fki,i,gk->fg", turn, first, shift)
    information += crossed + crossed.T
    again = np.einsum("fki,gij,jk->fg", turn, turn, second)
    again += np.einsum("k,fki,gi->fg", first, turn, shift)
    information += again + again.T
    # The diagonal stands in logs, which bend once more.
    bend = np.einsum("fki,ik->f", turn, second) * _is_diagonal(of_factor)
    return np.asarray(information - np.diag(bend))


def _is_diagonal(of_factor: Floats) -> Floats:
    """(n,), one for the coordinates that are logs of the factor's diagonal, else zero."""
    return np.asarray(np.trace(of_factor, axis1=1, axis2=2) > 0, dtype=np.float64)
