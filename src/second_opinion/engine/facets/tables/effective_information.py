"""What the ratings say of one more parameter once all that was estimated has had its part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import csr_array, vstack

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.tables.sums import sums_by

AT_ONCE = 20_000_000  # numbers in a dense table of targets, which bounds the memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Nuisance:
    """A group of parameters that were estimated from the same ratings.

    codes : (n_ratings,), which of them a rating depends on; -1 for none (anchored)
    n_levels : how many there are
    precision : of their normal prior, 0 for none
    group : (n_levels,), whose mean each level is drawn around, where there is such a mean
    group_precision : of the normal prior of those means
    """

    codes: Integers
    n_levels: int
    precision: float = 0.0
    group: Integers | None = None
    group_precision: float = 0.0


def effective_information(
    *,
    information: Floats,
    target: Integers,
    n_targets: int,
    units: Nuisance,
    others: Sequence[Nuisance],
) -> Floats:
    """The information on each target parameter, the estimation of all others allowed for.

    With W the ratings' information, t the ratings of a target and Z those of everything else,
    it is t'Wt - t'WZ (Z'WZ + prior precision)^-1 Z'Wt: the variance of the target's summed
    residual. The units, which are many, are eliminated first; what is left is a small square.

    Parameters
    ----------
    information : (n_ratings,), weight times variance of the category
    target : (n_ratings,), which target a rating belongs to; -1 for none
    units : the abilities; with halo, one assessor's impressions around one candidate's ability
    others : the elements of every other facet

    Returns
    -------
    (n_targets,), at least 0

    References
    ----------
    Rao (1948), the score test; Cox and Hinkley (1974), section 9.3, for nuisance parameters.
    """
    columns = np.cumsum([0, *(group.n_levels for group in others)])
    elimination = _Elimination.of(information, units)
    rows_of_units = elimination.scale
    by_unit_target = elimination.rows(
        _crossed(information, units.codes, target, (units.n_levels, n_targets))
    )
    inside = target >= 0
    alone: Floats = sums_by(target[inside], information[inside], n_targets)
    alone -= rows_of_units @ by_unit_target.multiply(by_unit_target)
    if not others or columns[-1] == 0:
        return np.maximum(alone, 0)
    scaled, square = _square_of_others(information, units, others, columns, elimination)
    factor = cho_factor(square)
    explained = np.empty(n_targets)
    width = max(1, AT_ONCE // int(columns[-1]))
    for start in range(0, n_targets, width):
        chosen = slice(start, min(start + width, n_targets))
        cross = _cross(information, target, others, chosen) - np.asarray(
            (scaled.T @ by_unit_target[:, chosen]).todense()
        )
        explained[chosen] = (cross * cho_solve(factor, cross)).sum(axis=0)
    return np.maximum(alone - explained, 0)


@dataclass(frozen=True, slots=True)
class _Elimination:
    """What takes the units out of the equations: rows, and what each is multiplied by.

    The inverse of diag(d) + Q, with Q the prior of units around a common mean, is a diagonal and
    one further row for each mean.
    """

    scale: Floats
    means: csr_array | None

    @classmethod
    def of(cls, information: Floats, units: Nuisance) -> _Elimination:
        own = 1 / (_diagonal(information, units) + units.precision)
        if units.group is None:
            return cls(own, None)
        n_groups = int(units.group.max()) + 1
        pull = own * units.precision
        left = sums_by(units.group, units.precision * (1 - pull), n_groups)
        means = csr_array(
            (pull, (units.group, np.arange(units.n_levels))), shape=(n_groups, units.n_levels)
        )
        return cls(np.concatenate([own, 1 / (units.group_precision + left)]), means)

    def rows(self, by_unit: csr_array) -> csr_array:
        if self.means is None:
            return by_unit
        return csr_array(vstack([by_unit, self.means @ by_unit]))


def _square_of_others(
    information: Floats,
    units: Nuisance,
    others: Sequence[Nuisance],
    columns: Integers,
    elimination: _Elimination,
) -> tuple[csr_array, Floats]:
    """The other parameters' information with the units eliminated, and what eliminates them."""
    width = int(columns[-1])
    by_unit = csr_array((units.n_levels, width))
    square = np.zeros((width, width))
    for group, at in zip(others, columns, strict=False):
        shifted = np.where(group.codes >= 0, group.codes + at, -1)
        by_unit = by_unit + _crossed(information, units.codes, shifted, by_unit.shape)
        for second, place in zip(others, columns, strict=False):
            moved = np.where(second.codes >= 0, second.codes + place, -1)
            square += _crossed(information, shifted, moved, square.shape).todense()
        inside = slice(at, at + group.n_levels)
        square[inside, inside] += group.precision * np.eye(group.n_levels)
    by_unit = elimination.rows(by_unit)
    scaled = csr_array(by_unit.multiply(elimination.scale[:, None]))
    square -= (by_unit.T @ scaled).todense()
    # Severities and difficulties share a constant; the ridge settles it and moves nothing else.
    square[np.diag_indices(width)] += 1e-9 * max(float(square.diagonal().max()), 1e-300)
    return scaled, square


def _cross(
    information: Floats, target: Integers, others: Sequence[Nuisance], chosen: slice
) -> Floats:
    inside = np.where((target >= chosen.start) & (target < chosen.stop), target - chosen.start, -1)
    width = chosen.stop - chosen.start
    return np.concatenate(
        [
            np.asarray(
                _crossed(information, group.codes, inside, (group.n_levels, width)).todense()
            )
            for group in others
        ]
    )


def _crossed(values: Floats, row: Integers, column: Integers, shape: tuple[int, int]) -> csr_array:
    """Sums of values over the ratings of each row and column; -1 belongs nowhere."""
    both = (row >= 0) & (column >= 0)
    crossed = csr_array((values[both], (row[both], column[both])), shape=shape)
    crossed.sum_duplicates()
    return crossed


def _diagonal(information: Floats, group: Nuisance) -> Floats:
    summed = sums_by(group.codes, information, group.n_levels)
    return np.maximum(summed, np.finfo(np.float64).tiny)
