"""A held-out overall score predicted from one or two opinions by a normal model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.special import ndtr

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.combination import Population
from second_opinion.engine.combination.covariance import error_covariance
from second_opinion.engine.combination.severity import SeverityTable
from second_opinion.engine.evidence.draws import Opinions
from second_opinion.engine.ratings import Ratings


class Prediction(Protocol):
    """A predictive distribution for each held-out score."""

    @property
    def mean(self) -> Floats:
        """(n,), score points."""

    def under(self, edge: Floats) -> Floats:
        """(n,): the probability of a value under each edge, score points."""


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal predictive distribution for each held-out score: (n,) each, score points.

    usual, usual_deviation : what an unknown assessor would be expected to say of an unknown
        candidate, before any opinion; the deviation is the whole spread of scores
    """

    mean: Floats
    standard_deviation: Floats
    usual: Floats
    usual_deviation: Floats

    def under(self, edge: Floats) -> Floats:
        """(n,): the probability of a value under each edge, score points."""
        probability: Floats = ndtr((edge - self.mean) / self.standard_deviation)
        return probability


def predict_by_plain_mean(opinions: Opinions, used: Integers, *, train: Integers) -> Prediction:
    """The mean of the used opinions' overall scores, as nearly everybody does it.

    Its error is that of the mean plus that of the held-out score, with the pooled variance
    within candidates of the training opinions.

    used : (n, k), opinion numbers; train : opinion numbers
    """
    score, candidate = opinions.overall[train], opinions.candidate[train]
    count = np.bincount(candidate)
    mean = np.bincount(candidate, weights=score) / np.maximum(count, 1)
    within = np.square(score - mean[candidate]).sum() / (len(score) - (count > 0).sum())
    n, k = used.shape
    spread = np.sqrt(within * (1 + 1 / k))
    return Normal(
        opinions.overall[used].mean(axis=1),
        np.full(n, spread),
        np.full(n, score.mean()),
        np.full(n, score.std()),
    )


def predict_by_combination(
    ratings: Ratings,
    opinions: Opinions,
    used: Integers,
    held_out: Integers,
    *,
    population: Population,
) -> Normal:
    """The posterior predictive of what the held-out assessor would say of this candidate.

    used : (n, k), opinion numbers; held_out : (n,), opinion numbers
    """
    found = np.empty((4, len(used)))
    gathered = [np.concatenate([opinions.rows[one] for one in row]) for row in used]
    sizes = np.array([len(rows) for rows in gathered])
    for size in np.unique(sizes):
        chosen = np.flatnonzero(sizes == size)
        found[:, chosen] = _predict_alike(
            ratings,
            opinions,
            [gathered[one] for one in chosen],
            held_out[chosen],
            population=population,
        )
    mean, variance, usual, usual_variance = found
    return Normal(mean, np.sqrt(variance), usual, np.sqrt(usual_variance))


def _predict_alike(
    ratings: Ratings,
    opinions: Opinions,
    gathered: Sequence[Integers],
    held_out: Integers,
    *,
    population: Population,
) -> tuple[Floats, Floats, Floats, Floats]:
    """Mean and variance where all predictions rest on equally many ratings, and the usual ones."""
    components = population.components
    severity = SeverityTable.of(
        ratings.assessor.labels,
        population.severities,
        components,
        n_criteria=len(ratings.criterion),
    )
    rows = np.stack(gathered)
    candidate, assessor = ratings.candidate.codes[rows], ratings.assessor.codes[rows]
    criterion = ratings.criterion.codes[rows]
    target = opinions.target[held_out]
    errors = error_covariance(
        candidate, assessor, criterion, components=components, severity=severity
    )
    level = population.mean_variance + components.candidate  # all rows are on one candidate
    same = criterion[:, :, None] == criterion[:, None, :]
    observed = errors + level + components.candidate_by_criterion * same
    link = level + components.candidate_by_criterion * np.take_along_axis(target, criterion, axis=1)
    gain = np.linalg.solve(observed, link[..., None])[..., 0]
    surprise = ratings.score[rows] - population.mean[criterion] - severity.mean[assessor, criterion]
    explained = (gain * link).sum(axis=1)
    judge, usual = opinions.assessor[held_out], target @ population.mean
    squares = np.square(target).sum(axis=1)
    apart = (
        level
        + components.halo
        + (components.candidate_by_criterion + components.residual) * squares
    )
    own = np.einsum("nc,ncd,nd->n", target, severity.covariance[judge], target)
    return (
        usual + (target * severity.mean[judge]).sum(axis=1) + (gain * surprise).sum(axis=1),
        apart + own - explained,
        usual,
        apart + components.severity + components.assessor_by_criterion * squares,
    )
