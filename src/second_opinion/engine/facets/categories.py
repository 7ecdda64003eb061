"""Probabilities of the categories of a rating, and the moments of its score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreMoments:
    """Of a category, counted from 0, under the model; arrays of one shape.

    fourth_moment : about the expected category
    """

    expected: Floats
    variance: Floats
    fourth_moment: Floats


def log_probabilities(logit: Floats, table: Floats) -> Floats:
    """Natural logs of the probability of each category.

    Parameters
    ----------
    logit : (...), ability less location
    table : (..., n_categories), t of each category, infinite where nobody uses it

    Returns
    -------
    (..., n_categories), minus infinity for a category that nobody uses

    References
    ----------
    Linacre (1989), Many-Facet Rasch Measurement; t is the sum of Andrich's (1978) thresholds up to
    the category.
    """
    steps = np.arange(table.shape[-1])
    weights = logit[..., None] * steps - table
    top = weights.max(axis=-1, keepdims=True)
    shifted = weights - top
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


def score_moments(logit: Floats, table: Floats) -> ScoreMoments:
    """Expected category, its variance and fourth central moment."""
    probability = np.exp(log_probabilities(logit, table))
    steps = np.arange(table.shape[-1], dtype=np.float64)
    expected = probability @ steps
    away = steps - expected[..., None]
    return ScoreMoments(
        expected=expected,
        variance=(probability * away**2).sum(axis=-1),
        fourth_moment=(probability * away**4).sum(axis=-1),
    )
