"""The joint likelihood of abilities and everything else, with its derivatives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.arrangement import Arrangement
from second_opinion.engine.facets.tables.responses import category_probabilities
from second_opinion.engine.facets.tables.sums import sums_by

TINY = 1e-300  # keeps a logarithm finite


@dataclass(frozen=True, slots=True, kw_only=True)
class JointRows:
    """The ratings that tell abilities apart.

    category, unit, group : (n_rows,), unit is whose ability the rating is about
    elements : (n_rows, n_effects), places of the row's elements among the values
    weight : (n_rows,)
    places : (n_groups, n_categories), of each category parameter among the values; below 0 none
    n_units, n_values : how many there are
    """

    category: Integers
    unit: Integers
    group: Integers
    elements: Integers
    weight: Floats
    places: Integers
    n_units: int
    n_values: int

    @classmethod
    def of(
        cls, arrangement: Arrangement, unit: Integers, n_units: int, used: NDArray[np.bool_]
    ) -> JointRows:
        block, layout = arrangement.block, arrangement.layout
        weight = np.ones(block.n_rows) if block.weight is None else block.weight
        return cls(
            category=block.category[used].astype(np.int64),
            unit=unit[used],
            group=block.group[used].astype(np.int64),
            elements=block.elements[used].astype(np.int64),
            weight=weight[used],
            places=layout.category,
            n_units=n_units,
            n_values=layout.n_values,
        )

    def __len__(self) -> int:
        return len(self.category)


@dataclass(frozen=True, slots=True, kw_only=True)
class JointStatistics:
    """Log-likelihood, gradients and information.

    of_abilities, information_of_abilities : (n_units,)
    of_values : (n_values,)
    information_of_values : (n_values, n_values)
    crossed : (n_units, n_values), information shared
    """

    log_likelihood: float
    of_abilities: Floats
    information_of_abilities: Floats
    of_values: Floats
    information_of_values: Floats
    crossed: csr_array


def joint_log_likelihood(
    rows: JointRows, ability: Floats, values: Floats, table: Floats
) -> tuple[float, Floats]:
    """Natural log, and the probabilities of the categories.

    Parameters
    ----------
    table : (n_groups, n_categories), category parameters at the values
    """
    location = ability[rows.unit] - values[rows.elements].sum(axis=1)
    chance = category_probabilities(location, table[rows.group].T)
    given = chance[rows.category, np.arange(len(rows))]
    return float(rows.weight @ np.log(np.maximum(given, TINY))), chance


def joint_statistics(
    rows: JointRows, ability: Floats, values: Floats, table: Floats
) -> JointStatistics:
    """Everything that a Newton step needs.

    The sufficient statistics of a rating are its category k for the ability, -k for each of its
    elements and -1 for its category's parameter; gradients are observed minus expected, and the
    information is their covariance.
    """
    log_likelihood, chance = joint_log_likelihood(rows, ability, values, table)
    steps = np.arange(len(chance), dtype=np.float64)
    expected = steps @ chance
    variance = np.square(steps) @ chance - expected**2
    residual = rows.weight * (rows.category - expected)
    elements = _sparse(rows, [(column, np.ones(len(rows))) for column in rows.elements.T])
    used = [
        np.where(rows.places[rows.group, k] >= 0, rows.places[rows.group, k], -1)
        for k in range(len(chance))
    ]
    given = _sparse(
        rows, [(place, (rows.category == k) - chance[k]) for k, place in enumerate(used)]
    )
    covaried = _sparse(rows, [(place, chance[k] * (k - expected)) for k, place in enumerate(used)])
    by_unit = csr_array(
        (rows.weight, (rows.unit, np.arange(len(rows)))), shape=(rows.n_units, len(rows))
    )
    with_variance = _scaled(elements, variance) + covaried
    cross_of_kinds = (_scaled(elements, rows.weight).T @ covaried).toarray()
    return JointStatistics(
        log_likelihood=log_likelihood,
        of_abilities=sums_by(rows.unit, residual, rows.n_units),
        information_of_abilities=sums_by(rows.unit, rows.weight * variance, rows.n_units),
        of_values=-(elements.T @ residual) - (given.T @ rows.weight),
        information_of_values=(elements.T @ _scaled(elements, rows.weight * variance)).toarray()
        + cross_of_kinds
        + cross_of_kinds.T
        + _of_categories(rows, chance),
        crossed=-(by_unit @ with_variance),
    )


def _of_categories(rows: JointRows, chance: Floats) -> Floats:
    """Covariance of the category indicators, summed over ratings."""
    information = np.zeros((rows.n_values, rows.n_values))
    n_groups = len(rows.places)
    for one, first in enumerate(rows.places.T):
        for two, second in enumerate(rows.places.T):
            part = rows.weight * chance[one] * ((one == two) - chance[two])
            total = sums_by(rows.group, part, n_groups)
            both = (first >= 0) & (second >= 0)
            information[first[both], second[both]] += total[both]
    return information


def _sparse(rows: JointRows, columns: list[tuple[Integers, Floats]]) -> csr_array:
    """(n_rows, n_values); a place below 0 belongs nowhere."""
    row, place, value = [], [], []
    for places, values in columns:
        inside = np.flatnonzero(places >= 0)
        row.append(inside)
        place.append(places[inside])
        value.append(values[inside])
    return csr_array(
        (np.concatenate(value), (np.concatenate(row), np.concatenate(place))),
        shape=(len(rows), rows.n_values),
    )


def _scaled(table: csr_array, by: Floats) -> csr_array:
    return csr_array(table.multiply(by[:, None]))
