"""One pass over the ratings with abilities integrated out, in NumPy: for one case, and as a check.

Nodes are placed by each candidate's own mode and curvature (adaptive Gauss-Hermite), so a few of
them are exact enough however sharply the ratings point to one ability. Derivatives follow Louis:
what would be known if abilities were observed, less what their spread takes away.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.sparse import coo_array, csr_array

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.block import Block
from second_opinion.engine.facets.categories import log_probabilities
from second_opinion.engine.facets.layout import Layout
from second_opinion.engine.facets.parameters import Parameters
from second_opinion.engine.facets.statistics import Posterior, Statistics

_MODE_STEPS = 30
_MODE_CLOSE = 1e-3  # of a posterior standard deviation
_LONGEST_STEP = 2.0  # logits
_DENSE_CELLS = 100_000  # up to this size a dense product beats a sparse one
_POLYNOMIALS = 5  # of the score in ability; what is beyond the fifth is below rounding


@cache
def _gauss_hermite(n_nodes: int) -> tuple[Floats, Floats]:
    return np.polynomial.hermite.hermgauss(n_nodes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """The rows at given parameters.

    total : (n_candidates, n_rows), sums rows within candidates, weighted
    """

    block: Block
    candidate: Integers
    location: Floats
    table: Floats
    weight: Floats
    total: csr_array


def partial_statistics(
    layout: Layout,
    block: Block,
    parameters: Parameters,
    *,
    near: Posterior | None = None,
    n_nodes: int = 15,
    with_information: bool = True,
) -> Statistics:
    """The log-likelihood of a block and its derivatives, for one ability.

    Parameters
    ----------
    near : of an earlier pass, where the search for modes begins
    n_nodes : of the quadrature for each candidate

    References
    ----------
    Naylor and Smith (1982) and Liu and Pierce (1994) for the nodes; Louis (1982), eq. 3.2, for the
    information.
    """
    rows = _rows_at(layout, block, parameters)
    mode, spread = _modes(rows, parameters, near)
    point, log_weight = _gauss_hermite(n_nodes)
    ability = mode[:, None] + math.sqrt(2) * spread[:, None] * point
    log_probability = log_probabilities(
        ability[rows.candidate] - rows.location[:, None], rows.table[:, None, :]
    )
    chosen = np.take_along_axis(
        log_probability, block.category.astype(np.int64)[:, None, None], axis=-1
    )[..., 0]
    joint = rows.total @ chosen - 0.5 * ((ability - parameters.mean[0]) / parameters.sd) ** 2
    joint += np.log(log_weight) + point**2 + np.log(spread / parameters.sd)[:, None]
    joint -= 0.5 * math.log(math.pi)
    top = joint.max(axis=1, keepdims=True)
    weight = np.exp(joint - top)
    marginal = weight.sum(axis=1, keepdims=True)
    weight /= marginal
    mean = (weight * ability).sum(axis=1)
    variance = (weight * (ability - mean[:, None]) ** 2).sum(axis=1)
    derivatives = _Derivatives(layout, rows, parameters, ability, weight, np.exp(log_probability))
    size = layout.n_coordinates if with_information else 0
    return Statistics(
        log_likelihood=float((np.log(marginal) + top).sum()),
        gradient=derivatives.gradient(),
        information=derivatives.information(mean, variance) if size else np.zeros((0, 0)),
        posterior=Posterior(mean=mean[:, None], covariance=variance[:, None, None]),
    )


def _rows_at(layout: Layout, block: Block, parameters: Parameters) -> _Rows:
    weight = np.ones(block.n_rows) if block.weight is None else block.weight
    return _Rows(
        block=block,
        candidate=block.candidate,
        location=parameters.values[block.elements].sum(axis=1),
        table=layout.category_table(parameters.values)[block.group],
        weight=weight,
        total=csr_array(
            (weight, np.arange(block.n_rows), block.first), shape=(block.n_candidates, block.n_rows)
        ),
    )


def _modes(rows: _Rows, parameters: Parameters, near: Posterior | None) -> tuple[Floats, Floats]:
    """Each candidate's most likely ability and the standard deviation that its curvature means."""
    precision = 1 / parameters.covariance[0, 0]
    n_candidates = rows.block.n_candidates
    mode = np.full(n_candidates, parameters.mean[0]) if near is None else near.mean[:, 0].copy()
    steps = np.arange(rows.table.shape[1])
    for _ in range(_MODE_STEPS):
        logit = mode[rows.candidate] - rows.location
        probability = np.exp(log_probabilities(logit, rows.table))
        expected = probability @ steps
        curvature = rows.total @ (probability @ steps**2 - expected**2) + precision
        slope = rows.total @ (rows.block.category - expected)
        slope -= (mode - parameters.mean[0]) * precision
        spread = 1 / np.sqrt(curvature)
        step = np.clip(slope / curvature, -_LONGEST_STEP, _LONGEST_STEP)
        if np.all(np.abs(step) <= _MODE_CLOSE * spread):
            break
        mode = mode + step
    return mode, spread


class _Derivatives:
    """Sums over rows and nodes; each row has its elements and its categories as features."""

    def __init__(
        self,
        layout: Layout,
        rows: _Rows,
        parameters: Parameters,
        ability: Floats,
        weight: Floats,
        probability: Floats,
    ) -> None:
        block = rows.block
        self._layout, self._rows, self._parameters = layout, rows, parameters
        self._ability, self._weight = ability, weight
        category = layout.category[block.group]
        # Categories without a parameter go to a place past the end, which is cut off.
        self._spare = layout.n_coordinates
        self._places = np.concatenate(
            [block.elements, np.where(category >= 0, category, self._spare)], axis=1
        )
        self._probability = probability
        self._steps = np.arange(category.shape[1])
        self._expected = probability @ self._steps
        given = block.category[:, None] == self._steps
        score = np.concatenate(
            [
                np.repeat(
                    (self._expected - block.category[:, None])[..., None],
                    block.elements.shape[1],
                    axis=-1,
                ),
                probability - given[:, None, :],
            ],
            axis=-1,
        )
        self._score = score * rows.weight[:, None, None]

    def gradient(self) -> Floats:
        """Of the log-likelihood, in the layout's coordinates."""
        averaged = np.einsum("nq,nqf->nf", self._weight[self._rows.candidate], self._score)
        sums = np.bincount(
            self._places.ravel(), weights=averaged.ravel(), minlength=self._spare + 1
        )
        gradient = sums[: self._spare].astype(np.float64)
        population = np.einsum("cq,cqf->f", self._weight, self._population_score())
        gradient[self._layout.n_values :] = population
        return gradient

    def information(self, mean: Floats, variance: Floats) -> Floats:
        """Observed information: complete less missing."""
        complete = self._complete()
        n_values, precision = self._layout.n_values, 1 / self._parameters.covariance[0, 0]
        away = mean - self._parameters.mean[0]
        complete[n_values, n_values] = len(mean) * precision
        cross = 2 * precision * away.sum()
        complete[n_values, n_values + 1] = complete[n_values + 1, n_values] = cross
        complete[n_values + 1, n_values + 1] = 2 * precision * (away**2 + variance).sum()
        return complete - self._missing(mean, variance)

    def _population_score(self) -> Floats:
        """(n_candidates, n_nodes, 2), by the population's mean and log standard deviation."""
        away = (self._ability - self._parameters.mean[0]) / self._parameters.sd
        return np.stack([away / self._parameters.sd, away**2 - 1], axis=-1)

    def _complete(self) -> Floats:
        """What would be known if abilities were observed, averaged over them."""
        weight = self._weight[self._rows.candidate] * self._rows.weight[:, None]
        n_elements = self._rows.block.elements.shape[1]
        averaged = np.einsum("nq,nqk->nk", weight, self._probability)
        square = np.einsum("nq,nqj,nqk->njk", weight, self._probability, self._probability)
        between = np.einsum("nk,kl->nkl", averaged, np.eye(len(self._steps))) - square
        with_location = between @ self._steps
        variance = with_location @ self._steps
        local = np.empty((len(weight), self._places.shape[1], self._places.shape[1]))
        local[:, :n_elements, :n_elements] = variance[:, None, None]
        local[:, :n_elements, n_elements:] = with_location[:, None, :]
        local[:, n_elements:, :n_elements] = with_location[:, :, None]
        local[:, n_elements:, n_elements:] = between
        size = self._spare + 1
        flat = self._places[:, :, None] * size + self._places[:, None, :]
        sums = np.bincount(flat.ravel(), weights=local.ravel(), minlength=size * size)
        return sums.reshape(size, size)[:-1, :-1].astype(np.float64)

    def _missing(self, mean: Floats, variance: Floats) -> Floats:
        """Spread of the score over each candidate's abilities, by polynomials in ability."""
        lost = np.zeros((self._spare, self._spare))
        population = self._population_score()
        n_candidates, n_features = len(mean), self._places.shape[1]
        row = np.concatenate(
            [np.repeat(self._rows.candidate, n_features), np.repeat(np.arange(n_candidates), 2)]
        )
        column = np.concatenate(
            [self._places.ravel(), np.tile(self._layout.n_values + np.arange(2), n_candidates)]
        )
        standard = (self._ability - mean[:, None]) / np.sqrt(variance)[:, None]
        for polynomial in _orthonormal(standard, self._weight):
            along = self._weight * polynomial
            parts = np.einsum("nq,nqf->nf", along[self._rows.candidate], self._score)
            own = np.einsum("cq,cqf->cf", along, population)
            figures = np.concatenate([parts.ravel(), own.ravel()])
            if n_candidates * self._spare <= _DENSE_CELLS:
                size = self._spare + 1
                sums = np.bincount(
                    row * size + column, weights=figures, minlength=n_candidates * size
                )
                dense = sums.reshape(n_candidates, size)[:, :-1]
                lost += dense.T @ dense
                continue
            score = coo_array((figures, (row, column)), shape=(n_candidates, self._spare + 1))
            score = score.tocsr()[:, :-1]
            lost += (score.T @ score).toarray()
        return lost


def _orthonormal(point: Floats, weight: Floats) -> list[Floats]:
    """Polynomials of degree 1 and up that are orthonormal over each candidate's weighted nodes.

    References
    ----------
    Gautschi (2004), section 2.2.3: Stieltjes's three terms.
    """
    before, current = np.zeros_like(point), np.ones_like(point)
    found = []
    for _ in range(min(_POLYNOMIALS, point.shape[1] - 1)):
        following = point * current
        following -= (weight * following * current).sum(axis=1, keepdims=True) * current
        following -= (weight * point * current * before).sum(axis=1, keepdims=True) * before
        size = np.sqrt((weight * following**2).sum(axis=1, keepdims=True))
        before, current = current, following / np.maximum(size, 1e-150)
        found.append(current)
    return found
