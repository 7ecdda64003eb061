"""The restricted log-likelihood of variance components, with gradient and average information.

After the counts are taken, no step looks at single ratings. With P the projection, u = Z'Py and
s = L u the solution of the equations, Z'Py, |Py|^2 and the quadratic forms of the average
information are products of u, s and M's inverse: with ``g_k = L^-1 u`` on the rows of effect k,
``w_k' P w_k = g_k'g_k - g_k' M^-1 g_k`` for the working variate ``w_k = Z_k u_k``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.generalizability.cross_products import CrossProducts, cross_products
from second_opinion.engine.generalizability.elimination import Elimination, eliminate
from second_opinion.engine.generalizability.grouping import Grouping

_LEAST_START = 0.02  # of the ratings' variance


@dataclass(frozen=True, slots=True, kw_only=True)
class MixedModel:
    """Scores summed over the levels of K effects that they fall into.

    n_ratings : N
    order : the effects' places, in the order in which their levels are stacked
    moment : (q,), the sum of scores of each row of the stack; the fixed means' rows are the last
    square : sum of squared scores, of mean 0 and variance near 1
    start : (K + 1,), rough variances to climb from, the residual's last
    """

    n_ratings: int
    counts: CrossProducts
    order: tuple[int, ...]
    moment: Floats
    square: float
    start: Floats

    @classmethod
    def of(
        cls,
        score: Floats,
        effects: tuple[Grouping, ...],
        *,
        facet: str,
        fixed: Integers | None = None,
    ) -> MixedModel:
        """A model whose blocks are the levels of a facet; fixed as in cross_products."""
        counts = cross_products(effects, facet=facet, fixed=fixed)
        tiers = counts.tiers
        order = (tiers.fine, *tiers.middle, *tiers.coarse)
        sums = [_sums(effects[place].level, score) for place in order]
        means = np.zeros(len(score), dtype=np.int64) if fixed is None else fixed
        return cls(
            n_ratings=len(score),
            counts=counts,
            order=order,
            moment=np.concatenate([*sums, _sums(means, score)]),
            square=float(score @ score),
            start=_start(dict(zip(order, sums, strict=True)), effects),
        )

    @property
    def sizes(self) -> tuple[int, ...]:
        """Rows of each effect in the stack, in its order."""
        return tuple(self.counts.n_levels[place] for place in self.order)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictedLikelihood:
    """At one set of variances; the residual's entry is the last.

    log_likelihood : natural log, without the constant
    gradient : (K + 1,), by variance
    information : (K + 1, K + 1), mean of the observed and the expected
    least_information : (K + 1,), below which no diagonal of the expected information lies
    effect : (q,), best linear unbiased predictions of all levels, then the means, stacked
    apart : the equations taken apart, for the predictions' variances
    """

    log_likelihood: float
    gradient: Floats
    information: Floats
    least_information: Floats
    effect: Floats
    apart: Elimination


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
    # y'Py and |Py|^2, with the residual's variance taken as 1
    square = model.square - float((scale * model.moment) @ solved)
    pull = np.zeros((len(solved), len(variances)))  # g_k, and s last
    lean = np.empty(len(theta))  # |Z_k'Py|^2
    start = 0
    for place, size in zip(model.order, model.sizes, strict=True):
        rows = slice(start, start + size)
        own = solved[rows] / theta[place] ** 0.5
        lean[place] = own @ own
        pull[rows, place] = own / theta[place] ** 0.5
        start += size
    pull[:start, -1] = solved[:start]
    rest = max(square - float(theta @ lean), 0.0)
    n_free = model.n_ratings - model.counts.n_fixed
    log_likelihood = -0.5 * (apart.log_determinant + n_free * np.log(residual) + square / residual)
    traces = _traces(model, apart, theta) / residual
    squares = np.append(lean, rest) / residual**2
    return RestrictedLikelihood(
        log_likelihood=float(log_likelihood),
        gradient=(squares - traces) / 2,
        information=_information(apart, pull, lean, rest) / residual**3,
        # For a square of size n with roots of 0 or more, tr(A^2) is at least tr(A)^2 / n.
        least_information=traces**2 / np.append(model.counts.n_levels, model.n_ratings) / 2,
        effect=scale * solved,
        apart=apart,
    )


def _sums(level: Integers, score: Floats) -> Floats:
    return np.asarray(np.bincount(level, weights=score), dtype=np.float64)


def _start(sums: dict[int, Floats], effects: tuple[Grouping, ...]) -> Floats:
    """The spread of each effect's level means, less that of the effects that it is made of."""
    start = np.empty(len(effects) + 1)
    for place, one in enumerate(effects):
        n = np.bincount(one.level)
        mean = sums[place] / n
        spread = float(n @ mean**2) / n.sum()
        inner = sum(
            start[other]
            for other in range(place)
            if effects[other].effect.facets < one.effect.facets
        )
        start[place] = min(max(spread - inner, _LEAST_START), 1.0)
    start[-1] = max(1 - start[:-1].sum(), 10 * _LEAST_START)
    return start


def _traces(model: MixedModel, apart: Elimination, theta: Floats) -> Floats:
    """tr(P V) of every component, with the residual's variance taken as 1."""
    used = np.array(model.counts.n_levels) - apart.trace  # degrees of freedom an effect takes up
    n_free = model.n_ratings - model.counts.n_fixed
    return np.append(used / theta, n_free - used.sum())


def _information(apart: Elimination, pull: Floats, lean: Floats, rest: float) -> Floats:
    """Half of w_j' P w_k, where the residual's working variate is Py itself."""
    crossed = pull.T @ apart.solve(pull)
    information = -crossed
    own = np.einsum("qk,qk->k", pull[:, :-1], pull[:, :-1])
    information[np.arange(len(own)), np.arange(len(own))] += own
    # w_k'Py is u_k'u_k; what the projection takes from it is s'g_k - s'M^-1 g_k
    with_rest = lean - (pull[:, -1] @ pull[:, :-1] - crossed[-1, :-1])
    information[-1, :-1] = information[:-1, -1] = with_rest
    information[-1, -1] = rest - crossed[-1, -1]
    return np.asarray(information / 2)


def _scale(model: MixedModel, theta: Floats) -> Floats:
    roots = np.repeat(np.sqrt(theta[list(model.order)]), model.sizes)
    return np.append(roots, np.ones(model.counts.n_fixed))
