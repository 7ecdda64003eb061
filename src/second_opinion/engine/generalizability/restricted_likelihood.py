"""The restricted log-likelihood of variance components, with gradient and average information."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.generalizability.cross_products import CrossProducts, cross_products
from second_opinion.engine.generalizability.elimination import Elimination, eliminate
from second_opinion.engine.generalizability.grouping import Grouping


@dataclass(frozen=True, slots=True, kw_only=True)
class MixedModel:
    """Scores, and the levels of K effects that they fall into.

    score : (N,), of mean 0 and variance near 1
    order : the effects' places, in the order in which their levels are stacked
    row : (N,) for each effect in that order, a rating's row of the stack; the mean's is the last
    moment : (q,), the sum of scores of each row
    """

    score: Floats
    counts: CrossProducts
    order: tuple[int, ...]
    row: tuple[Integers, ...]
    moment: Floats

    @classmethod
    def of(cls, score: Floats, effects: tuple[Grouping, ...], *, facet: str) -> MixedModel:
        """A model whose blocks are the levels of a facet."""
        counts = cross_products(effects, facet=facet)
        tiers = counts.tiers
        order = (tiers.fine, *tiers.middle, *tiers.coarse)
        row, n_rows = [], 0
        for place in order:
            row.append(effects[place].level + n_rows)
            n_rows += effects[place].n_levels
        return cls(
            score=score,
            counts=counts,
            order=order,
            row=tuple(row),
            moment=_sums(tuple(row), score[:, None], n_rows)[:, 0],
        )

    def sums(self, values: Floats) -> Floats:
        """Sums of some values (N, m) over every row of the stack (q, m)."""
        return _sums(self.row, values, len(self.moment) - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictedLikelihood:
    """At one set of variances; the residual's entry is the last.

    log_likelihood : natural log, without the constant
    gradient : (K + 1,), by variance
    information : (K + 1, K + 1), mean of the observed and the expected
    least_information : (K + 1,), below which no diagonal of the expected information lies
    """

    log_likelihood: float
    gradient: Floats
    information: Floats
    least_information: Floats


def restricted_likelihood(model: MixedModel, variances: Floats) -> RestrictedLikelihood:
    """Evaluate at variances (K + 1,), all above 0, the residual's last.

    References
    ----------
    Patterson and Thompson (1971); gradient as Searle, Casella and McCulloch (1992), eq. 6.6;
    average information of Gilmour, Thompson and Cullis (1995), eq. 7.
    """
    residual = float(variances[-1])
    theta = variances[:-1] / residual
    apart = eliminate(model.counts, theta)
    scale = _scale(model, theta)
    solved = apart.solve((scale * model.moment)[:, None])[:, 0]
    effect = scale * solved
    rest = model.score - effect[-1] - sum(effect[row] for row in model.row)
    square = float(model.score @ rest)  # y' P y, with the residual's variance taken as 1
    n_free = len(model.score) - 1
    log_likelihood = -0.5 * (apart.log_determinant + n_free * np.log(residual) + square / residual)
    working = np.empty((len(rest), len(variances)))
    working[:, -1] = rest
    lean = np.empty(len(variances) - 1)  # |Z' P y|^2 of each effect
    pull = solved / scale  # Z' P y, stacked
    for place, row in zip(model.order, model.row, strict=True):
        working[:, place] = pull[row]
        lean[place] = float(working[:, place] @ rest)
    traces = _traces(model, apart, theta) / residual
    squares = np.append(lean, rest @ rest) / residual**2
    return RestrictedLikelihood(
        log_likelihood=float(log_likelihood),
        gradient=(squares - traces) / 2,
        information=_information(model, apart, scale, working) / residual**3,
        # For a square of size n with roots of 0 or more, tr(A^2) is at least tr(A)^2 / n.
        least_information=traces**2 / np.append(model.counts.n_levels, len(rest)) / 2,
    )


def _traces(model: MixedModel, apart: Elimination, theta: Floats) -> Floats:
    """tr(P V) of every component, with the residual's variance taken as 1."""
    used = np.array(model.counts.n_levels) - apart.trace  # degrees of freedom an effect takes up
    return np.append(used / theta, len(model.score) - 1 - used.sum())


def _information(model: MixedModel, apart: Elimination, scale: Floats, working: Floats) -> Floats:
    right = scale[:, None] * model.sums(working)
    return np.asarray((working.T @ working - right.T @ apart.solve(right)) / 2)


def _scale(model: MixedModel, theta: Floats) -> Floats:
    sizes = [model.counts.n_levels[place] for place in model.order]
    return np.append(np.repeat(np.sqrt(theta[list(model.order)]), sizes), 1.0)


def _sums(row: tuple[Integers, ...], values: Floats, n_rows: int) -> Floats:
    sums = np.zeros((n_rows + 1, values.shape[1]))
    for column, given in enumerate(values.T):
        weights = np.ascontiguousarray(given)
        start = 0
        for one in row:
            of_effect = np.bincount(one, weights=weights)
            sums[start : len(of_effect), column] = of_effect[start:]
            start = len(of_effect)
        sums[-1, column] = weights.sum()
    return sums
