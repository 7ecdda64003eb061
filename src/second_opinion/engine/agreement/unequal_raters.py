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
from scipy.stats import f as fisher

from second_opinion.engine.arrays import Floats

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
    def of(cls, table: Floats) -> UnequalRaters:
        """Sums of a table (U, R) with NaN where not rated; empty rows and columns are dropped."""
        given = ~np.isnan(table)
        table, given = table[given.any(axis=1)], given[given.any(axis=1)]
        table, given = table[:, given.any(axis=0)], given[:, given.any(axis=0)]
        score = np.where(given, table - table[given].mean(), 0.0)
        total, m = score.sum(axis=1), given.sum(axis=1)
        different = np.unique(m)
        groups = [np.flatnonzero(m == number) for number in different]
        present = given.astype(np.float64)
        return cls(
            n_ratings=different.astype(np.float64),
            n_units_with=np.array([len(group) for group in groups], dtype=np.float64),
            together=np.array([present[group].T @ present[group] for group in groups]),
            rater_total=score.sum(axis=0),
            crossed=np.array([total[group] @ present[group] for group in groups]),
            squares=np.array([total[group] @ total[group] for group in groups]),
            rater_count=present.sum(axis=0),
            square=float((score**2).sum()),
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
