"""How often each value was given to each unit: all that most statistics need.

Units with the same counts are kept as one row with its number of units, so that a million
ratings on five values become a few dozen rows, and resampling units costs next to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import coo_array, csr_array

from second_opinion.engine.agreement.cautions import constant_raters, few_units, rated_once
from second_opinion.engine.agreement.table import as_table
from second_opinion.engine.agreement.units import Units
from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError

_MOST_STEPS = 1 << 10  # a whole-numbered scale with more steps than this is sorted instead
_MOST_BINS = 1 << 20  # keys up to this are counted without sorting
_LARGEST_KEY = 1 << 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Units as counts of values; P rows with different counts.

    values : (V,), ascending
    counts : (P, V), how many raters gave each value
    n_ratings : (P,), raters of such a unit, 1 or more
    n_units : (P,), how many units have these counts
    n_constant, n_raters : raters who gave one value only, though to several units; all raters
    """

    values: Floats
    counts: csr_array
    n_ratings: Floats
    n_units: Integers
    n_constant: int
    n_raters: int

    @property
    def n_paired(self) -> int:
        """Units rated twice or more."""
        return int(self.n_units[self.n_ratings >= 2].sum())

    @property
    def margins(self) -> Floats:
        """How often each value was given in all.

        Returns
        -------
        (V,)
        """
        return np.asarray(self.counts.T @ self.n_units.astype(np.float64))

    @property
    def all_agree(self) -> bool:
        """Whether no unit was given two different values."""
        return bool((np.diff(self.counts.indptr) <= 1).all())

    @property
    def cautions(self) -> tuple[str, ...]:
        """What is to be said of any statistic read from these counts."""
        n_once = int(self.n_units[self.n_ratings == 1].sum())
        return (
            *few_units(self.n_paired),
            *constant_raters(self.n_constant, self.n_raters),
            *rated_once(n_once),
        )

    def paired(self) -> Counts:
        """Only the units that were rated twice or more."""
        keep = self.n_ratings >= 2
        return Counts(
            values=self.values,
            counts=self.counts[np.flatnonzero(keep)],
            n_ratings=self.n_ratings[keep],
            n_units=self.n_units[keep],
            n_constant=self.n_constant,
            n_raters=self.n_raters,
        )


def count_values(ratings: ArrayLike | Units, *, values: Floats | None = None) -> Counts:
    """Counts of a table or of its list of ratings.

    Parameters
    ----------
    ratings : (U, R), NaN where not rated; or the list of its ratings
    values : (V,), all values that can be given, also those that nobody gave; by default those
        that were given

    Raises
    ------
    ArgumentError : a rating is not among the values
    NothingRatedError
    """
    if isinstance(ratings, Units):
        codes, every = _coded(ratings.score, values)
        counts, n_units = _rows_of_list(ratings, codes, len(every))
        n_constant, n_raters = ratings.n_constant(), ratings.n_raters
    else:
        columns = np.ascontiguousarray(as_table(ratings).T)
        codes, every = _coded(columns, values)
        counts, n_units = _rows_of_table(codes, len(every))
        n_constant, n_raters = _constant(columns), len(columns)
    n_ratings = np.asarray(counts.sum(axis=1), dtype=np.float64)
    if values is None:
        given = np.asarray(counts.sum(axis=0)) > 0
        if not given.all():
            counts, every = counts[:, np.flatnonzero(given)], every[given]
    return Counts(
        values=every,
        counts=counts,
        n_ratings=n_ratings,
        n_units=n_units,
        n_constant=n_constant,
        n_raters=n_raters,
    )


def _coded(columns: Floats, values: Floats | None) -> tuple[Integers, Floats]:
    """Each rating's place among the values, V where there is none; and the values."""
    given = ~np.isnan(columns)
    if values is not None:
        return _coded_by(columns, given, np.unique(np.asarray(values, dtype=np.float64)))
    low, high = np.fmin.reduce(columns, axis=None), np.fmax.reduce(columns, axis=None)
    if high - low < _MOST_STEPS:
        steps = np.where(given, columns - low, high - low + 1)
        codes = steps.astype(np.int64)
        if (codes == steps).all():
            return codes, low + np.arange(int(high - low) + 1)
    every, place = np.unique(columns[given], return_inverse=True)
    codes = np.full(columns.shape, len(every), dtype=np.int64)
    codes[given] = place
    return codes, every


def _coded_by(
    columns: Floats, given: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], every: Floats
) -> tuple[Integers, Floats]:
    place = np.minimum(np.searchsorted(every, columns), len(every) - 1)
    unknown = given & (every[place] != columns)
    if unknown.any():
        raise ArgumentError(
            f"{columns[unknown][0]:g} was given but is not among the values "
            f"{', '.join(f'{value:g}' for value in every[:20])}."
        )
    return np.where(given, place, len(every)).astype(np.int64), every


def _rows_of_table(codes: Integers, n_values: int) -> tuple[csr_array, Integers]:
    """Different rows of counts, without empty ones, and how many units have each."""
    n_raters, n_units = codes.shape
    digit = _digits(n_raters + 1, n_values)
    if digit is None:
        given = codes < n_values
        _, unit = np.unique(np.nonzero(given)[1], return_inverse=True)
        return _one_row_a_unit(unit, codes[given], n_values)
    key = np.zeros(n_units, dtype=np.int64)
    for column in codes:  # a key's digits in this base are the counts of the values
        key += digit[column]
    return _rows_of_keys(key, digit[:-1], n_raters + 1)


def _rows_of_list(units: Units, codes: Integers, n_values: int) -> tuple[csr_array, Integers]:
    base = int(units.n_ratings.max()) + 1
    digit = _digits(base, n_values)
    if digit is None:
        return _one_row_a_unit(units.unit, codes, n_values)
    key = np.zeros(units.n_units, dtype=np.int64)
    np.add.at(key, units.unit, digit[codes])
    return _rows_of_keys(key, digit[:-1], base)


def _digits(base: int, n_values: int) -> Integers | None:
    """What one rating of each value adds to a key, the last nothing; None if keys overflow."""
    if base**n_values >= _LARGEST_KEY:
        return None
    return np.array([*(base**place for place in range(n_values)), 0], dtype=np.int64)


def _rows_of_keys(key: Integers, digit: Integers, base: int) -> tuple[csr_array, Integers]:
    if base ** len(digit) <= max(_MOST_BINS, len(key)):
        often = np.bincount(key)
        different = np.flatnonzero(often)
        often = often[different]
    else:
        different, often = np.unique(key, return_counts=True)
    often, different = often[different > 0], different[different > 0]
    counts = different[:, None] // digit % base
    return csr_array(counts.astype(np.float64)), often.astype(np.int64)


def _one_row_a_unit(unit: Integers, codes: Integers, n_values: int) -> tuple[csr_array, Integers]:
    n_units = int(unit.max()) + 1
    counts = coo_array((np.ones(len(unit)), (unit, codes)), shape=(n_units, n_values)).tocsr()
    return counts, np.ones(n_units, dtype=np.int64)


def _constant(columns: Floats) -> int:
    n_constant = 0
    for column in columns:
        given = column[~np.isnan(column)]
        n_constant += len(given) >= 2 and bool(given.min() == given.max())
    return int(n_constant)
