"""Abilities without a prior: maximum likelihood, and Warm's weighted likelihood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.facets.tables.responses import Responses, category_probabilities
from second_opinion.engine.facets.tables.sums import sums_by

STEPS = 60  # scoring and halving together; seven are usual
PRECISION = 1e-9  # logits
TINY = float(np.finfo(np.float64).tiny)

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """Point estimates of ability, severities and thresholds taken as known.

    ability : (n_units,), logits; infinite at an extreme score without a correction, NaN for a
        unit without ratings
    standard_error : (n_units,), logits; infinite where ability is, NaN without ratings
    extreme : (n_units,), only lowest or only highest categories were given
    converged : every unit has settled
    """

    ability: Floats
    standard_error: Floats
    extreme: Flags
    converged: bool


def weighted_likelihood(responses: Responses, unit: Integers, n_units: int) -> Abilities:
    """Warm's estimate: the likelihood times the root of the information is largest.

    Its bias is of a smaller order than maximum likelihood's, and it is finite for a candidate
    with only highest or only lowest ratings.

    Parameters
    ----------
    unit : (n_ratings,), whose ability each rating is about

    References
    ----------
    Warm (1989), eq. 6; Penfield and Bergeron (2005) for more than two categories.
    """
    return _estimate(responses, unit, n_units, weighted=True)


def errors_with_halo(
    estimates: Abilities,
    responses: Responses,
    unit: Integers,
    pair: Integers,
    halo_variance: float,
) -> Floats:
    """Standard errors where each assessor's impression of a candidate is an error too.

    Ratings of one pair share the impression, so the variance of their summed residual is
    I + I^2 times the halo's variance, to first order.

    Parameters
    ----------
    unit, pair : (n_ratings,), whose ability, and which candidate-by-assessor pair
    halo_variance : logits squared

    References
    ----------
    White (1982), the variance of an estimate under another model than its own.
    """
    n_units = len(estimates.ability)
    chance = category_probabilities(
        estimates.ability[unit] - responses.difficulty, responses.cumulative()
    )
    steps = np.arange(len(chance), dtype=np.float64)
    variance = np.square(steps) @ chance - (steps @ chance) ** 2
    of_pairs = sums_by(pair, responses.weight * variance, int(pair.max()) + 1)
    candidate = np.zeros(len(of_pairs), dtype=np.int64)
    candidate[pair] = unit
    information = sums_by(candidate, of_pairs, n_units)
    of_score = sums_by(candidate, of_pairs + halo_variance * of_pairs**2, n_units)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.sqrt(of_score) / information


def maximum_likelihood(responses: Responses, unit: Integers, n_units: int) -> Abilities:
    """The ability under which the ratings are most probable; infinite at an extreme score.

    Parameters
    ----------
    unit : (n_ratings,), whose ability each rating is about
    """
    return _estimate(responses, unit, n_units, weighted=False)


def _estimate(responses: Responses, unit: Integers, n_units: int, *, weighted: bool) -> Abilities:
    extreme, direction = _extremes(responses, unit, n_units)
    rated = sums_by(unit, responses.weight, n_units) > 0
    seeking = rated if weighted else rated & ~extreme
    ability = np.zeros(n_units)
    ability, settled = _search(responses, unit, ability, seeking, weighted=weighted)
    information = _Ratings.of(responses, unit).slope(ability, weighted=weighted)[1]
    with np.errstate(divide="ignore"):
        error = information**-0.5
    if not weighted:
        ability = np.where(extreme, direction * np.inf, ability)
        error = np.where(extreme, np.inf, error)
    return Abilities(
        ability=np.where(rated, ability, np.nan),
        standard_error=np.where(rated, error, np.nan),
        extreme=extreme,
        converged=settled,
    )


def _search(
    responses: Responses, unit: Integers, ability: Floats, seeking: Flags, *, weighted: bool
) -> tuple[Floats, bool]:
    """Scoring steps, halving the bracket where one would leave it; settled units drop out."""
    low, high = _bracket(responses)
    lowest, highest = np.full(len(ability), low), np.full(len(ability), high)
    rows = _Ratings.of(responses, unit)
    for _ in range(STEPS):
        rows = rows.of_units(seeking)
        slope, information = rows.slope(ability, weighted=weighted)
        lowest = np.where(slope > 0, np.maximum(lowest, ability), lowest)
        highest = np.where(slope < 0, np.minimum(highest, ability), highest)
        step = ability + slope / np.maximum(information, TINY)
        inside = (step > lowest) & (step < highest)
        moved = np.where(inside, step, (lowest + highest) / 2)
        moved = np.where(seeking & (slope != 0), moved, ability)
        seeking = np.abs(moved - ability) > PRECISION
        ability = moved
        if not seeking.any():
            return ability, True
    return ability, False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ratings:
    """What a slope needs of the ratings of some units."""

    category: Integers
    difficulty: Floats
    cumulative: Floats
    weight: Floats
    unit: Integers

    @classmethod
    def of(cls, responses: Responses, unit: Integers) -> _Ratings:
        return cls(
            category=responses.category,
            difficulty=responses.difficulty,
            cumulative=responses.cumulative(),
            weight=responses.weight,
            unit=unit,
        )

    def of_units(self, chosen: Flags) -> _Ratings:
        rows = np.flatnonzero(chosen[self.unit])
        if len(rows) == len(self.unit):
            return self
        return _Ratings(
            category=self.category[rows],
            difficulty=self.difficulty[rows],
            cumulative=self.cumulative
            if self.cumulative.shape[1] == 1
            else self.cumulative[:, rows],
            weight=self.weight[rows],
            unit=self.unit[rows],
        )

    def slope(self, ability: Floats, *, weighted: bool) -> tuple[Floats, Floats]:
        """Derivative of the (weighted) log-likelihood, and the information, of each unit."""
        chance = category_probabilities(ability[self.unit] - self.difficulty, self.cumulative)
        powers = np.arange(len(chance), dtype=np.float64) ** np.array([[1], [2], [3]])
        expected, second, third = powers @ chance
        score = self._sums(self.category - expected, len(ability))
        information = self._sums(second - expected**2, len(ability))
        if weighted:
            skewness = self._sums(third - 3 * second * expected + 2 * expected**3, len(ability))
            score += skewness / (2 * np.maximum(information, TINY))
        return score, information

    def _sums(self, values: Floats, n_units: int) -> Floats:
        return sums_by(self.unit, self.weight * values, n_units)


def _extremes(responses: Responses, unit: Integers, n_units: int) -> tuple[Flags, Floats]:
    last = responses.last[responses.threshold_set]
    total, most = (
        sums_by(unit, responses.weight * values, n_units) for values in (responses.category, last)
    )
    # Sums in another order may differ in the last digit.
    top, bottom = total >= most * (1 - 1e-12), total <= 0
    return (top | bottom) & (most > 0), np.where(top, 1.0, -1.0)


def _bracket(responses: Responses) -> tuple[float, float]:
    """Wide enough that beyond it the weighted likelihood falls for every pattern."""
    sums = responses.category_table[np.isfinite(responses.category_table)]
    room = float(np.abs(sums).max()) * 2 + 30.0
    return float(responses.difficulty.min()) - room, float(responses.difficulty.max()) + room
