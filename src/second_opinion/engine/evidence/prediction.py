"""A held-out overall score predicted from one or two opinions: two methods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.combination import Population
from second_opinion.engine.combination.covariance import error_covariance, truth_covariance
from second_opinion.engine.combination.severity import SeverityTable
from second_opinion.engine.evidence.draws import Opinions
from second_opinion.engine.ratings import Ratings


@dataclass(frozen=True, slots=True)
class Prediction:
    """A normal predictive distribution for each held-out score: (n,) each, score points."""

    mean: Floats
    standard_deviation: Floats


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
    return Prediction(opinions.overall[used].mean(axis=1), np.full(n, spread))


def predict_by_combination(
    ratings: Ratings,
    opinions: Opinions,
    used: Integers,
    held_out: Integers,
    *,
    population: Population,
) -> Prediction:
    """The posterior predictive of what the held-out assessor would say of this candidate.

    used : (n, k), opinion numbers; held_out : (n,), opinion numbers
    """
    mean, variance = np.empty(len(used)), np.empty(len(used))
    gathered = [np.concatenate([opinions.rows[one] for one in row]) for row in used]
    sizes = np.array([len(rows) for rows in gathered])
    for size in np.unique(sizes):
        chosen = np.flatnonzero(sizes == size)
        mean[chosen], variance[chosen] = _predict_alike(
            ratings,
            opinions,
            [gathered[one] for one in chosen],
            held_out[chosen],
            population=population,
        )
    return Prediction(mean, np.sqrt(variance))


def _predict_alike(
    ratings: Ratings,
    opinions: Opinions,
    gathered: Sequence[Integers],
    held_out: Integers,
    *,
    population: Population,
) -> tuple[Floats, Floats]:
    """Mean and variance where all predictions rest on equally many ratings."""
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
    observed = error_covariance(
        candidate, assessor, criterion, components=components, severity=severity
    ) + truth_covariance(
        candidate,
        candidate,
        criterion,
        criterion,
        components=components,
        mean_variance=population.mean_variance,
    )
    link = (
        population.mean_variance
        + components.candidate
        + components.candidate_by_criterion * np.take_along_axis(target, criterion, axis=1)
    )
    gain = np.linalg.solve(observed, link[..., None])[..., 0]
    surprise = ratings.score[rows] - population.mean[criterion] - severity.mean[assessor, criterion]
    judge = opinions.assessor[held_out]
    squares = np.square(target).sum(axis=1)
    mean = target @ population.mean + (target * severity.mean[judge]).sum(axis=1)
    prior = (
        population.mean_variance
        + components.candidate
        + np.einsum("nc,ncd,nd->n", target, severity.covariance[judge], target)
        + components.halo
        + (components.candidate_by_criterion + components.residual) * squares
    )
    return mean + (gain * surprise).sum(axis=1), prior - (gain * link).sum(axis=1)
