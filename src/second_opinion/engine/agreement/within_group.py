"""Within-group agreement rwg: how little the raters of one unit spread, beside no agreement."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import t as student

from second_opinion.engine.agreement.cautions import NO_PAIRS, few_units, rated_once
from second_opinion.engine.agreement.estimate import Agreement, require_level, undefined
from second_opinion.engine.agreement.table import as_table
from second_opinion.engine.agreement.units import Units
from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.errors import ArgumentError


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinGroup:
    """Agreement of each unit's raters, and its mean.

    by_unit : (U,), 0 to 1; NaN where fewer than two rated
    mean : over units, with the interval of a mean of units
    """

    by_unit: Floats
    mean: Agreement


def within_group_agreement(
    ratings: ArrayLike | Units, *, n_options: int, step: float = 1.0, level: float = 0.95
) -> WithinGroup:
    """One minus the raters' variance over that of ratings drawn evenly from the scale.

    Parameters
    ----------
    ratings : (U, R), score points on a scale of even steps, NaN where not rated; or its list
    n_options : how many scores the scale has, 2 or more
    step : distance between two neighbouring scores, score points
    level : of the interval, 0 to 1

    Returns
    -------
    0 is the spread of even guessing (or more, set to 0), 1 is one and the same score

    Raises
    ------
    ArgumentError : n_options is below 2
    NothingRatedError

    References
    ----------
    James, Demaree and Wolf (1984), eq. 1; below 0 set to 0 as in LeBreton and Senter (2008).
    """
    require_level(level)
    if isinstance(ratings, Units):
        n_raters = ratings.n_ratings
        variance = variance_within(ratings.unit, ratings.score)
    else:
        table = as_table(ratings)
        n_raters, variance = (~np.isnan(table)).sum(axis=1), _variance_of_units(table)
    raw = 1 - variance / (even_variance(n_options) * step**2)
    paired = n_raters >= 2
    below = int((raw[paired] < 0).sum())
    cautions = (*rated_once(int((n_raters == 1).sum())),)
    if below:
        cautions += (
            f"{below} units spread more than even guessing and count as 0; raters may fall into "
            "camps there.",
        )
    by_unit = np.maximum(raw, 0.0)
    return WithinGroup(by_unit=by_unit, mean=_mean(by_unit[paired], cautions, level=level))


def within_group_agreement_of_criteria(ratings: ArrayLike, *, n_options: int) -> Floats:
    """Agreement on several criteria together, each unit's mean variance stepped up.

    Parameters
    ----------
    ratings : (U, R, J), U units, R raters, J criteria on one scale; NaN where not rated
    n_options : how many scores the scale has, 2 or more

    Returns
    -------
    (U,), 0 to 1; NaN where no criterion was rated twice

    Raises
    ------
    ArgumentError : n_options is below 2, or the array has not three dimensions

    References
    ----------
    James, Demaree and Wolf (1984), eq. 2.
    """
    table = np.asarray(ratings, dtype=np.float64)
    if table.ndim != 3:
        raise ArgumentError(f"Expected units x raters x criteria; got {table.ndim} dimensions.")
    n_units, n_raters, n_criteria = table.shape
    flat = table.transpose(0, 2, 1).reshape(n_units * n_criteria, n_raters)
    variance = _variance_of_units(flat).reshape(n_units, n_criteria)
    seen = ~np.isnan(variance)
    n_seen = seen.sum(axis=1)
    with np.errstate(invalid="ignore"):
        share = np.where(seen, variance, 0).sum(axis=1) / n_seen / even_variance(n_options)
    return stepped_up_over_criteria(share, n_seen)


def stepped_up_over_criteria(share: Floats, n_criteria: Floats | Integers) -> Floats:
    """From a unit's mean variance, as a share of even guessing, to agreement on all criteria.

    Parameters
    ----------
    share : (U,), 0 or more, NaN where nothing was rated twice
    n_criteria : (U,), criteria that the mean is over

    Returns
    -------
    (U,), 0 to 1
    """
    share = np.minimum(share, 1.0)
    with np.errstate(invalid="ignore"):
        stepped_up = n_criteria * (1 - share) / (n_criteria * (1 - share) + share)
    return np.asarray(np.where(n_criteria > 0, stepped_up, np.nan))


def even_variance(n_options: int) -> float:
    """Variance of even guessing on a scale of whole steps."""
    if n_options < 2:
        raise ArgumentError(f"A scale has two scores or more; got n_options {n_options}.")
    return (n_options**2 - 1) / 12


def variance_within(unit: Integers, score: Floats) -> Floats:
    """Sample variance of each unit's scores, listed in any order; NaN where there is only one."""
    m = np.bincount(unit)
    gap = score - (np.bincount(unit, weights=score) / m)[unit]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.bincount(unit, weights=gap**2) / (m - 1))


def _variance_of_units(table: Floats) -> Floats:
    """Sample variance over raters; NaN where fewer than two rated."""
    given = ~np.isnan(table)
    n = given.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(given, table, 0).sum(axis=1) / n
        squares = np.where(given, table - mean[:, None], 0) ** 2
        return np.asarray(np.where(n >= 2, squares.sum(axis=1) / (n - 1), np.nan))


def _mean(by_unit: Floats, cautions: tuple[str, ...], *, level: float) -> Agreement:
    n = len(by_unit)
    if not n:
        return undefined(level=level, n=0, cautions=(NO_PAIRS, *cautions))
    mean = float(by_unit.mean())
    half = np.nan
    if n > 1:
        half = float(student.ppf((1 + level) / 2, n - 1) * by_unit.std(ddof=1)) / n**0.5
    return Agreement(
        estimate=mean,
        low=float(np.maximum(mean - half, 0.0)),
        high=float(np.minimum(mean + half, 1.0)),
        level=level,
        n=n,
        cautions=(*few_units(n), *cautions),
    )
