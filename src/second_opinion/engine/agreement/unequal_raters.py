"""Restricted likelihood of units x raters with gaps, from sums that do not grow with the units.

``y = mean + unit + rater + rest``. With theta the unit's variance over the rest's, a unit with m
ratings enters the inverse covariance through ``theta / (1 + m theta)`` only: units with the same
number of ratings are summed once, and each evaluation costs a system of the raters' size.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq, minimize_scalar
from scipy.sparse import csr_array
from scipy.stats import f as fisher

from second_opinion.engine.agreement.units import Units
from second_opinion.engine.arrays import Floats, Integers

_NEAR_ONE = 1 - 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class UnequalRaters:
    """Sums over units of a table with gaps; M different numbers of ratings.

    n_ratings, n_units_with : (M,), a number of ratings, and how many units have it
    together : (M, R, R), how often two raters meet among such units
    rater_total : (R,), sum of a rater's scores
    crossed : (M, R), sum of unit totals over the units that a rater rated
    squares : (M,), sum of squared unit totals
    rater_count : (R,), units that a rater rated
    square : sum of squared scores
    Scores are measured from their mean.
    """

    n_ratings: Floats
    n_units_with: Floats
    together: Floats
    rater_total: Floats
    crossed: Floats
    squares: Floats
    rater_count: Floats
    square: float

    @classmethod
    def of(cls, units: Units) -> UnequalRaters:
        """Sums of a list of ratings."""
        unit, rater, n_raters = units.unit, units.rater, units.n_raters
        score = units.score - units.score.mean()
        m = units.n_ratings
        total = _sums(unit, score, units.n_units)
        different = np.flatnonzero(np.bincount(m))
        kind = np.searchsorted(different, m)
        cell = kind[unit] * n_raters + rater
        size = len(different) * n_raters
        return cls(
            n_ratings=different.astype(np.float64),
            n_units_with=np.bincount(kind).astype(np.float64),
            together=_together(units, kind, len(different)),
            rater_total=_sums(rater, score, n_raters),
            crossed=_sums(cell, total[unit], size).reshape(-1, n_raters),
            squares=_sums(kind, total**2, len(different)),
            rater_count=_sums(rater, np.ones(len(rater)), n_raters),
            square=float(score @ score),
        )

    @property
    def n(self) -> int:
        """All ratings."""
        return int(self.rater_count.sum())

    @property
    def n_units(self) -> int:
        return int(self.n_units_with.sum())

    @property
    def n_raters(self) -> int:
        return len(self.rater_count)

    @property
    def raters_per_unit(self) -> float:
        """Harmonic mean."""
        return self.n_units / float((self.n_units_with / self.n_ratings).sum())

    @property
    def units_per_rater(self) -> float:
        """Harmonic mean."""
        return self.n_raters / float((1 / self.rater_count).sum())

    @property
    def is_constant(self) -> bool:
        return not self.square > 0

    def one_way(self, *, level: float) -> tuple[float, float, float]:
        """ICC(1,1) and the ends of its exact interval."""
        return self._ratio_of_two(self._around_mean, n_fixed=1, level=level)

    def fixed_raters(self, *, level: float) -> tuple[float, float, float]:
        """ICC(3,1) and the ends of its exact interval."""
        return self._ratio_of_two(self._around_raters, n_fixed=self.n_raters, level=level)

    def two_way(self) -> tuple[float, float, float]:
        """Variances of units, raters and the rest, by restricted maximum likelihood."""
        share = _least(lambda rho: self._two_way_deviance(_theta(rho))[0])
        _, ratio = self._two_way_deviance(_theta(share))
        _, gap = self._around_mean_and_raters(_theta(share), ratio)
        rest = gap / (self.n - 1)
        return _theta(share) * rest, ratio * rest, rest

    def _ratio_of_two(
        self, around: Callable[[float], tuple[float, float]], *, n_fixed: int, level: float
    ) -> tuple[float, float, float]:
        freedom = self.n - n_fixed

        def deviance(rho: float) -> float:
            log_determinant, gap = around(_theta(rho))
            return log_determinant + freedom * math.log(max(gap, 1e-300))

        error, error_freedom = self._least_error(n_fixed)
        if not error > 1e-12 * self.square:
            return 1.0, math.nan, math.nan
        unit_freedom = freedom - error_freedom

        def pivot(rho: float) -> float:
            gap = around(_theta(rho))[1]
            return (gap - error) / unit_freedom / (error / error_freedom)

        low, high = (
            _where_it_falls_to(pivot, float(fisher.ppf(tail, unit_freedom, error_freedom)))
            for tail in ((1 + level) / 2, (1 - level) / 2)
        )
        return _least(deviance), low, high

    def _system(self, theta: float) -> tuple[Floats, Floats, float, float]:
        """Raters' cross products, their scores' and the scores' own, and the log determinant."""
        weight = theta / (1 + self.n_ratings * theta)
        cross = np.diag(self.rater_count) - np.tensordot(weight, self.together, axes=1)
        score = self.rater_total - weight @ self.crossed
        log_determinant = float(self.n_units_with @ np.log1p(self.n_ratings * theta))
        return cross, score, self.square - float(weight @ self.squares), log_determinant

    def _around_mean(self, theta: float) -> tuple[float, float]:
        cross, score, own, log_determinant = self._system(theta)
        size, moment = float(cross.sum()), float(score.sum())
        return log_determinant + math.log(size), own - moment**2 / size

    def _around_raters(self, theta: float) -> tuple[float, float]:
        cross, score, own, log_determinant = self._system(theta)
        sign_and_log = np.linalg.slogdet(cross)
        return log_determinant + float(sign_and_log[1]), own - float(
            score @ np.linalg.solve(cross, score)
        )

    def _two_way_deviance(self, theta: float) -> tuple[float, float]:
        """The least deviance over the raters' variance, and that variance over the rest's."""
        roots, moment, own, log_determinant = self._raters_apart(theta)

        def deviance(rho: float) -> float:
            ratio = _theta(rho)
            gap = own - ratio * float((moment**2 / (1 + ratio * roots)).sum())
            return float(np.log1p(ratio * roots).sum()) + (self.n - 1) * math.log(max(gap, 1e-300))

        share = _least(deviance)
        return log_determinant + deviance(share), _theta(share)

    def _around_mean_and_raters(self, theta: float, ratio: float) -> tuple[float, float]:
        roots, moment, own, log_determinant = self._raters_apart(theta)
        gap = own - ratio * float((moment**2 / (1 + ratio * roots)).sum())
        return log_determinant + float(np.log1p(ratio * roots).sum()), gap

    def _raters_apart(self, theta: float) -> tuple[Floats, Floats, float, float]:
        """The raters' system freed of the mean, turned so that it is diagonal."""
        cross, score, own, log_determinant = self._system(theta)
        size, row = float(cross.sum()), cross.sum(axis=1)
        moment = float(score.sum())
        roots, turn = np.linalg.eigh(cross - np.outer(row, row) / size)
        return (
            np.maximum(roots, 0.0),
            turn.T @ (score - row * moment / size),
            own - moment**2 / size,
            log_determinant + math.log(size),
        )

    def _least_error(self, n_fixed: int) -> tuple[float, int]:
        """What is left when units are fixed too, and its degrees of freedom."""
        within = self.square - float((self.squares / self.n_ratings).sum())
        freedom = self.n - self.n_units
        if n_fixed == 1:
            return within, freedom
        weight = 1 / self.n_ratings
        cross = np.diag(self.rater_count) - np.tensordot(weight, self.together, axes=1)
        score = self.rater_total - weight @ self.crossed
        solved, _, rank, _ = np.linalg.lstsq(cross, score, rcond=1e-10)
        return within - float(score @ solved), freedom - int(rank)


def _sums(group: Integers, values: Floats, n_groups: int) -> Floats:
    return np.asarray(np.bincount(group, weights=values, minlength=n_groups), dtype=np.float64)


def _together(units: Units, kind: Integers, n_kinds: int) -> Floats:
    size = units.n_raters
    present = csr_array(
        (np.ones(len(units.unit)), (units.unit, units.rater)), shape=(units.n_units, size)
    )
    meeting = np.empty((n_kinds, size, size))
    for number in range(n_kinds):
        of_kind = present[np.flatnonzero(kind == number)]
        meeting[number] = (of_kind.T @ of_kind).toarray()
    return meeting


def _theta(rho: float) -> float:
    return rho / (1 - rho)


def _least(deviance: Callable[[float], float]) -> float:
    """Where from 0 to 1 the deviance is least; 0 itself is tried too."""
    found = minimize_scalar(
        deviance, bounds=(0.0, _NEAR_ONE), method="bounded", options={"xatol": 1e-11}
    )
    return 0.0 if deviance(0.0) <= found.fun else float(found.x)


def _where_it_falls_to(pivot: Callable[[float], float], target: float) -> float:
    if pivot(0.0) <= target:
        return 0.0
    if pivot(_NEAR_ONE) >= target:
        return 1.0
    return float(brentq(lambda rho: pivot(rho) - target, 0.0, _NEAR_ONE, xtol=1e-12))
