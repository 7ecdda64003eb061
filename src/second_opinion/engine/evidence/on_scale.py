"""The combination read on the scale as it is used: discrete, skewed, with heavier tails.

The linear model says where on the scale of a standard normal the next score lies, and how surely.
Scores are placed on that scale by how often each was given in the training folds, so that a
skewed or lumpy use of the scale is kept, and nothing lies beyond its ends.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import ndtr, ndtri, stdtr

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.evidence.grid import Grid, log_scores
from second_opinion.engine.evidence.prediction import Normal

_USUAL_DEGREES, _DEGREES_SPREAD = 20.0, 1.0  # of the logarithm: what is believed before training
_USUAL_WIDTH, _WIDTH_SPREAD = 1.0, 0.2
_FEWEST_DEGREES = 2.1
_OUTERMOST = 8.0


@dataclass(frozen=True, slots=True)
class ScoreUse:
    """How often a score up to any value is given: training scores, smoothed by a normal.

    ordered, share : (n,) scores ascending, and the share of candidates' scores up to each
    """

    ordered: Floats
    share: Floats
    mean: float
    deviation: float
    smoothing: float

    @classmethod
    def of(cls, scores: Floats, candidate: Integers, *, step: float) -> ScoreUse:
        """Every candidate counts alike, however many gave an opinion.

        The normal that smooths counts as one candidate for each step that the scores span.
        """
        weight = 1 / np.bincount(candidate)[candidate]
        order = np.argsort(scores, kind="stable")
        share = np.cumsum(weight[order]) / weight.sum()
        mean = float(np.average(scores, weights=weight))
        deviation = float(np.sqrt(np.average(np.square(scores - mean), weights=weight))) or step
        steps = float(np.ptp(scores)) / step + 1
        return cls(scores[order], share, mean, deviation, steps / (steps + float(weight.sum())))

    def quantile_of(self, edge: Floats) -> Floats:
        """(n,): the standard normal's value that as much of the scores lies under."""
        under = np.concatenate([[0.0], self.share])[np.searchsorted(self.ordered, edge)]
        smooth = ndtr((edge - self.mean) / self.deviation)
        share = (1 - self.smoothing) * under + self.smoothing * smooth
        found: Floats = np.clip(ndtri(share), -_OUTERMOST, _OUTERMOST)
        return np.where(np.isinf(edge), edge, found)


@dataclass(frozen=True, slots=True)
class Tails:
    """Degrees of freedom of the predictive t, and its width against the normal's."""

    degrees: float
    width: float


@dataclass(frozen=True, slots=True)
class OnScale:
    """A predictive distribution on the scale as it is used."""

    normal: Normal
    use: ScoreUse
    tails: Tails
    values: Floats  # (n, m): each held-out score's own possible values, ascending

    def under(self, edge: Floats) -> Floats:
        """(n,): the probability of a value under each edge, score points."""
        return _under(self.use.quantile_of(edge), self.normal, self.tails)

    @property
    def mean(self) -> Floats:
        """(n,): over the possible values, score points."""
        edges = (self.values[:, :-1] + self.values[:, 1:]) / 2
        columns = [self.under(edge) for edge in edges.T]
        cumulative = np.stack([*columns, np.ones(len(edges))], axis=1)
        probability = np.diff(cumulative, axis=1, prepend=0.0)
        found: Floats = (probability * self.values).sum(axis=1)
        return found


def fit_tails(normal: Normal, use: ScoreUse, grid: Grid, given: Floats) -> Tails:
    """Tails by maximum posterior probability over training predictions.

    References
    ----------
    The t as a normal of unknown variance: Gelman et al. (2013), section 17.2.
    """
    lower = np.where(given <= grid.low, -np.inf, given - grid.step / 2)
    upper = np.where(given >= grid.high, np.inf, given + grid.step / 2)
    below, above = use.quantile_of(lower), use.quantile_of(upper)

    def loss(point: Floats) -> float:
        tails = Tails(_FEWEST_DEGREES + math.exp(point[0]), math.exp(point[1]))
        fitted = log_scores(_under(below, normal, tails), _under(above, normal, tails)).sum()
        surprise = ((point[0] - math.log(_USUAL_DEGREES)) / _DEGREES_SPREAD) ** 2
        surprise += ((point[1] - math.log(_USUAL_WIDTH)) / _WIDTH_SPREAD) ** 2
        return float(surprise / 2 - fitted)

    best = minimize(
        loss,
        [math.log(_USUAL_DEGREES), math.log(_USUAL_WIDTH)],
        method="Nelder-Mead",
        options={"xatol": 1e-3, "fatol": 1e-3, "maxiter": 200},
    )
    return Tails(_FEWEST_DEGREES + math.exp(best.x[0]), math.exp(best.x[1]))


def _under(quantile: Floats, normal: Normal, tails: Tails) -> Floats:
    mean = (normal.mean - normal.usual) / normal.usual_deviation
    deviation = tails.width * normal.standard_deviation / normal.usual_deviation
    inner = np.clip(quantile, -_OUTERMOST * 4, _OUTERMOST * 4)  # the t of infinity is no number
    probability: Floats = stdtr(tails.degrees, (inner - mean) / deviation)
    return np.where(np.isinf(quantile), (quantile > 0).astype(np.float64), probability)
