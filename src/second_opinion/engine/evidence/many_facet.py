"""A held-out overall score predicted by a many-facet Rasch measure, to compare with.

Severities, criteria and thresholds come from the training folds; the opinions at hand give the
posterior of the candidate's ability, and the held-out score's distribution follows exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.evidence.draws import Opinions
from second_opinion.engine.facets import PARTIAL_CREDIT, fit_facets
from second_opinion.engine.ratings import Ratings

_NODES, _REACH = 61, 5.0  # quadrature over ability, in population standard deviations
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class ManyFacet:
    """Discrete predictive distributions: values (n, m) ascending, padded, and probabilities."""

    values: Floats
    probability: Floats

    @property
    def mean(self) -> Floats:
        """(n,), score points."""
        found: Floats = (self.values * self.probability).sum(axis=1)
        return found

    def under(self, edge: Floats) -> Floats:
        """(n,): the probability of a value under each edge, score points."""
        found: Floats = (self.probability * (self.values < edge[:, None])).sum(axis=1)
        return found


@dataclass(frozen=True, slots=True)
class Measured:
    """What training gave; by assessor and criterion, categories (n_nodes, n_categories)."""

    severity: Floats
    criterion: Floats
    steps: tuple[Floats, ...]
    ability: Floats
    weight: Floats
    known: dict[tuple[int, int], Floats]

    def categories(self, assessor: int, criterion: int) -> Floats:
        """Probabilities of the categories at each ability."""
        if (assessor, criterion) not in self.known:
            self.known[assessor, criterion] = _categories(self, assessor, criterion)
        return self.known[assessor, criterion]


def has_whole_steps(ratings: Ratings) -> bool:
    """Whether every score lies a whole number of points above its scale's low end."""
    low = np.array([scale.low for scale in ratings.scales])[ratings.criterion.codes]
    steps = ratings.score - low
    return bool((np.abs(steps - np.round(steps)) <= _TOLERANCE).all())


def predict_by_many_facet(
    ratings: Ratings,
    opinions: Opinions,
    used: Integers,
    held_out: Integers,
    *,
    measures: Measured,
) -> ManyFacet:
    """The posterior predictive of a partial credit model with severities.

    References
    ----------
    Linacre (1989); Masters (1982).
    """
    values, probabilities = [], []
    for row, out in zip(used, held_out, strict=True):
        rows = np.concatenate([opinions.rows[one] for one in row])
        posterior = measures.weight.copy()
        for rating in rows:
            posterior = posterior * _likelihood(measures, ratings, int(rating))
        counted = np.flatnonzero(opinions.target[out] > 0)
        judge = int(opinions.assessor[out])
        value, probability = _total(measures, ratings, judge, counted, posterior)
        values.append(value / len(counted))
        probabilities.append(probability)
    width = max(len(value) for value in values)
    return ManyFacet(
        np.stack([np.pad(one, (0, width - len(one)), mode="edge") for one in values]),
        np.stack([np.pad(one, (0, width - len(one))) for one in probabilities]),
    )


def measured(training: Ratings) -> Measured:
    """The partial credit model of the training candidates, ready to predict from."""
    fit = fit_facets(training, model=PARTIAL_CREDIT)
    nodes = np.linspace(-_REACH, _REACH, _NODES)
    weight = np.exp(-(nodes**2) / 2)
    steps = []
    for label, scale in zip(training.criterion.labels, training.scales, strict=True):
        own = [one.measure for one in fit.thresholds if one.criterion == label]
        known = np.nan_to_num(np.array(own), nan=0.0)
        steps.append(known if len(known) == round(scale.span) else np.zeros(round(scale.span)))
    return Measured(
        severity=np.nan_to_num(fit.facet("assessor").measure, nan=0.0),
        criterion=np.nan_to_num(fit.facet("criterion").measure, nan=0.0),
        steps=tuple(steps),
        ability=fit.population.mean + nodes * np.sqrt(fit.population.variance),
        weight=weight / weight.sum(),
        known={},
    )


def _categories(measures: Measured, assessor: int, criterion: int) -> Floats:
    """(n_nodes, n_categories): probabilities of the categories at each ability."""
    location = measures.severity[assessor] + measures.criterion[criterion]
    logit = (measures.ability - location)[:, None] - measures.steps[criterion]
    climbed = np.concatenate([np.zeros((len(logit), 1)), np.cumsum(logit, axis=1)], axis=1)
    climbed = np.exp(climbed - climbed.max(axis=1, keepdims=True))
    found: Floats = climbed / climbed.sum(axis=1, keepdims=True)
    return found


def _likelihood(measures: Measured, ratings: Ratings, rating: int) -> Floats:
    criterion = int(ratings.criterion.codes[rating])
    category = round(float(ratings.score[rating]) - ratings.scales[criterion].low)
    return measures.categories(int(ratings.assessor.codes[rating]), criterion)[:, category]


def _total(
    measures: Measured, ratings: Ratings, judge: int, counted: Integers, posterior: Floats
) -> tuple[Floats, Floats]:
    """Possible totals of the counted criteria, and the probability of each."""
    total = np.ones((_NODES, 1))
    low = 0.0
    for criterion in counted.tolist():
        own = measures.categories(judge, criterion)
        longer = np.zeros((_NODES, total.shape[1] + own.shape[1] - 1))
        for category in range(own.shape[1]):
            longer[:, category : category + total.shape[1]] += total * own[:, category, None]
        total = longer
        low += ratings.scales[criterion].low
    probability = (posterior / posterior.sum()) @ total
    return low + np.arange(total.shape[1], dtype=np.float64), probability
