"""Passes over the ratings with abilities integrated out, in NumPy: for one case, and as a check.

Nodes are placed by each candidate's own mode and curvature (adaptive Gauss-Hermite), so a few of
them are exact enough however sharply the ratings point to one ability. Derivatives follow Louis:
what would be known if abilities were observed, less what their spread takes away.

Arrays stand for C candidates, N rows, Q nodes, K categories, and the F = 1 + K things that a row
says at a node: the expected category, and the probability of each.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.sparse import coo_array, csr_array

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.block import Block
from second_opinion.engine.facets.cells import cells_of
from second_opinion.engine.facets.layout import Layout
from second_opinion.engine.facets.parameters import Parameters
from second_opinion.engine.facets.statistics import Posterior, Statistics

QUICK_NODES = 9  # of a pass that only has to find the way
_ACCURATE_NODES = (15, 25, 41, 61)
_NOTHING = 1e-5  # log-likelihood; the error that is left is far smaller
_MODE_STEPS = 30
_MODE_CLOSE = 0.01  # of a posterior standard deviation: the step that is made leaves its square
_LONGEST_STEP = 2.0  # logits
_DENSE_CELLS = 500_000  # up to this size a dense product beats a sparse one
_POLYNOMIALS = 5  # of the score in ability; what is beyond the fifth is below rounding


@cache
def _gauss_hermite(n_nodes: int) -> tuple[Floats, Floats]:
    """Nodes for a normal density with variance 1, and logs of what takes its place."""
    point, weight = np.polynomial.hermite.hermgauss(n_nodes)
    return math.sqrt(2) * point, np.log(weight) + point**2 - 0.5 * math.log(math.pi)


def partial_statistics(
    layout: Layout,
    block: Block,
    parameters: Parameters,
    *,
    near: Posterior | None = None,
    n_nodes: int = 15,
    with_information: bool = True,
) -> Statistics:
    """The statistics of a block that is seen once."""
    return PlainPasses(layout, block).statistics(
        parameters, near=near, n_nodes=n_nodes, with_information=with_information
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """The rows at given parameters.

    location : (N,)
    table : (K, N), t of each category
    """

    location: Floats
    table: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Integral:
    """Each candidate's nodes, (C, Q), with their posterior weights; what rows say, (F, N, Q)."""

    ability: Floats
    weight: Floats
    said: Floats
    mean: Floats
    variance: Floats
    log_likelihood: float


class PlainPasses:
    """Passes over one block; what all of them need is made once."""

    def __init__(self, layout: Layout, block: Block) -> None:
        self._layout, self._block = layout, block
        self._candidate, self._cells = block.candidate, cells_of(layout, block)
        self._weight = np.ones(block.n_rows) if block.weight is None else block.weight
        self._total = csr_array(
            (self._weight, np.arange(block.n_rows), block.first),
            shape=(block.n_candidates, block.n_rows),
        )
        n_categories, n_elements = layout.category.shape[1], block.elements.shape[1]
        self._steps = np.arange(n_categories, dtype=np.float64)
        category = layout.category[block.group]
        # Categories without a parameter go to a place past the end, which is cut off.
        self._spare = layout.n_coordinates
        self._places = np.concatenate(
            [block.elements, np.where(category >= 0, category, self._spare)], axis=1
        )
        # What each place of a row is about: an element all the expected category.
        self._about = np.maximum(np.arange(n_elements + n_categories) - n_elements + 1, 0)

    def statistics(
        self,
        parameters: Parameters,
        *,
        near: Posterior | None = None,
        n_nodes: int = 15,
        with_information: bool = True,
    ) -> Statistics:
        """The log-likelihood of the block and its derivatives.

        Parameters
        ----------
        near : of an earlier pass, where the search for modes begins
        n_nodes : of the quadrature for each candidate

        References
        ----------
        Naylor and Smith (1982) and Liu and Pierce (1994) for the nodes; Louis (1982), eq. 3.2, for
        the information.
        """
        found = self._integral(parameters, near, n_nodes)
        information = np.zeros((0, 0))
        if with_information:
            information = self._complete(found, parameters) - self._missing(found, parameters)
        return Statistics(
            log_likelihood=found.log_likelihood,
            gradient=self._gradient(found, parameters),
            information=information,
            posterior=Posterior(mean=found.mean[:, None], covariance=found.variance[:, None, None]),
        )

    def enough_nodes(self, parameters: Parameters, near: Posterior | None) -> int:
        """The fewest nodes from which more would change next to nothing.

        Ratings that point sharply to one end of the scale leave posteriors far from normal.
        """
        before = self._integral(parameters, near, QUICK_NODES).log_likelihood
        for n_nodes in _ACCURATE_NODES[:-1]:
            now = self._integral(parameters, near, n_nodes).log_likelihood
            if abs(now - before) < _NOTHING:
                return n_nodes
            before = now
        return _ACCURATE_NODES[-1]

    def _integral(self, parameters: Parameters, near: Posterior | None, n_nodes: int) -> _Integral:
        rows = _Rows(
            location=parameters.values[self._block.elements].sum(axis=1),
            table=self._layout.category_table(parameters.values).T[:, self._block.group],
        )
        mode, spread = self._modes(rows, parameters, near)
        point, log_weight = _gauss_hermite(n_nodes)
        ability = mode[:, None] + spread[:, None] * point
        log_sum, probability = _categories(
            ability[self._candidate] - rows.location[:, None], rows.table[:, :, None]
        )
        joint = self._cells.total[:, None] * ability - self._total @ log_sum
        joint -= 0.5 * ((ability - parameters.mean[0]) / parameters.sd) ** 2
        joint += log_weight + np.log(spread / parameters.sd)[:, None]
        top = joint.max(axis=1, keepdims=True)
        weight = np.exp(joint - top)
        marginal = weight.sum(axis=1, keepdims=True)
        weight /= marginal
        mean = (weight * ability).sum(axis=1)
        given = self._cells.given[: self._layout.n_values] @ parameters.values
        expected = np.tensordot(self._steps, probability, axes=1)
        return _Integral(
            ability=ability,
            weight=weight,
            said=np.concatenate([expected[None], probability]),
            mean=mean,
            variance=(weight * (ability - mean[:, None]) ** 2).sum(axis=1),
            log_likelihood=float((np.log(marginal) + top).sum() - given),
        )

    def _modes(
        self, rows: _Rows, parameters: Parameters, near: Posterior | None
    ) -> tuple[Floats, Floats]:
        """Each candidate's most likely ability, and the standard deviation that curvature means."""
        precision = 1 / parameters.covariance[0, 0]
        n_candidates = self._block.n_candidates
        mode = np.full(n_candidates, parameters.mean[0]) if near is None else near.mean[:, 0]
        for _ in range(_MODE_STEPS):
            _, probability = _categories(mode[self._candidate] - rows.location, rows.table)
            expected = self._steps @ probability
            curvature = self._total @ (self._steps**2 @ probability - expected**2) + precision
            slope = self._cells.total - self._total @ expected
            slope -= (mode - parameters.mean[0]) * precision
            spread = 1 / np.sqrt(curvature)
            step = np.clip(slope / curvature, -_LONGEST_STEP, _LONGEST_STEP)
            mode = mode + step
            if np.all(np.abs(step) <= _MODE_CLOSE * spread):
                break
        return mode, spread

    def _gradient(self, found: _Integral, parameters: Parameters) -> Floats:
        """Of the log-likelihood, in the layout's coordinates."""
        said = _along(found.weight[:, None], found.said, self._candidate)[:, 0]
        said *= self._weight[:, None]
        sums = np.bincount(
            self._places.ravel(), weights=said[:, self._about].ravel(), minlength=self._spare + 1
        )
        gradient = sums[: self._spare] - self._cells.given
        for place, score in enumerate(_population_scores(found.ability, parameters)):
            gradient[self._layout.n_values + place] = (found.weight * score).sum()
        return gradient

    def _complete(self, found: _Integral, parameters: Parameters) -> Floats:
        """What would be known if abilities were observed, averaged over them."""
        said = found.said.transpose(1, 2, 0)
        weighted = found.said.transpose(1, 0, 2) * found.weight[self._candidate][:, None]
        local = -(weighted @ said)
        chance = weighted[:, 1:].sum(axis=2)
        local[:, 0, 0] += chance @ self._steps**2
        local[:, 0, 1:] += chance * self._steps
        local[:, 1:, 0] += chance * self._steps
        inner = 1 + np.arange(len(self._steps))
        local[:, inner, inner] += chance
        local *= self._weight[:, None, None]
        local = local[:, self._about[:, None], self._about]
        size = self._spare + 1
        flat = self._places[:, :, None] * size + self._places[:, None, :]
        sums = np.bincount(flat.ravel(), weights=local.ravel(), minlength=size * size)
        complete = sums.reshape(size, size)[:-1, :-1].astype(np.float64)
        self._add_population(complete, found, parameters)
        return complete

    def _add_population(self, complete: Floats, found: _Integral, parameters: Parameters) -> None:
        place, precision = self._layout.n_values, 1 / parameters.covariance[0, 0]
        away = found.mean - parameters.mean[0]
        complete[place, place] = len(away) * precision
        complete[place, place + 1] = complete[place + 1, place] = 2 * precision * away.sum()
        complete[place + 1, place + 1] = 2 * precision * (away**2 + found.variance).sum()

    def _missing(self, found: _Integral, parameters: Parameters) -> Floats:
        """Spread of the score over each candidate's abilities, by polynomials in ability."""
        standard = (found.ability - found.mean[:, None]) / np.sqrt(found.variance)[:, None]
        along = found.weight[:, None] * _orthonormal(standard, found.weight)
        said = _along(along, found.said, self._candidate) * self._weight[:, None, None]
        population = np.stack(_population_scores(found.ability, parameters))
        own = along @ population.transpose(1, 2, 0)
        # One row of scores for each candidate and polynomial.
        row = np.arange(along.shape[0] * along.shape[1]).reshape(along.shape[:2])[..., None]
        own_places = self._layout.n_values + np.arange(2)
        return _squares(
            (said[:, :, self._about], row[self._candidate], self._places[:, None]),
            (own, row, own_places),
            shape=(row.size, self._spare + 1),
        )


def _categories(logit: Floats, table: Floats) -> tuple[Floats, Floats]:
    """Log of the sum of the categories' weights, (...), and their probabilities, (K, ...)."""
    steps = np.arange(len(table)).reshape(-1, *[1] * logit.ndim)
    weights = logit * steps
    weights -= table
    top = weights.max(axis=0)
    weights -= top
    np.exp(weights, out=weights)
    total = weights.sum(axis=0)
    weights /= total
    return np.log(total) + top, weights


def _along(along: Floats, said: Floats, candidate: Integers) -> Floats:
    """(N, D, F), sums over each row's nodes of D weights times what it says there."""
    return np.asarray(along[candidate] @ said.transpose(1, 2, 0))


def _population_scores(ability: Floats, parameters: Parameters) -> tuple[Floats, Floats]:
    """By the population's mean and log standard deviation, at each node."""
    away = (ability - parameters.mean[0]) / parameters.sd
    return away / parameters.sd, away**2 - 1


def _squares(*parts: tuple[Floats, Integers, Integers], shape: tuple[int, int]) -> Floats:
    """The product with itself of the matrix that figures, rows and columns sum to.

    Its last column is cut off.
    """
    figures = np.concatenate([part[0].ravel() for part in parts])
    rows, columns = (
        np.concatenate([np.broadcast_to(part[side], part[0].shape).ravel() for part in parts])
        for side in (1, 2)
    )
    if shape[0] * shape[1] <= _DENSE_CELLS:
        flat = np.bincount(rows * shape[1] + columns, weights=figures, minlength=math.prod(shape))
        dense = flat.reshape(shape)[:, :-1]
        return np.asarray(dense.T @ dense)
    sparse = coo_array((figures, (rows, columns)), shape=shape).tocsr()[:, :-1]
    return np.asarray((sparse.T @ sparse).toarray())


def _orthonormal(point: Floats, weight: Floats) -> Floats:
    """Polynomials of degree 1 and up that are orthonormal over each candidate's weighted nodes.

    Returns
    -------
    (C, degrees, Q)

    References
    ----------
    Gautschi (2004), section 2.2.3: Stieltjes's three terms.
    """
    before, current = np.zeros_like(point), np.ones_like(point)
    found = []
    for _ in range(min(_POLYNOMIALS, point.shape[1] - 1)):
        following = point * current
        weighted = weight * following
        following -= np.vecdot(weighted, current)[:, None] * current
        following -= np.vecdot(weighted, before)[:, None] * before
        size = np.sqrt(np.vecdot(weight, following**2))[:, None]
        before, current = current, following / np.maximum(size, 1e-150)
        found.append(current)
    return np.stack(found, axis=1)
