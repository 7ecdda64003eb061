"""How far apart the elements of a facet lie, compared with how well they are known."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from second_opinion.engine.arrays import Floats
from second_opinion.engine.facets.tables.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation(Table):
    """Spread of one facet's measures; NaN where fewer than two elements have one.

    n_elements : with a measure and a standard error
    mean, standard_deviation : of the measures, logits; the latter with n - 1
    error : root mean squared standard error, logits
    true_standard_deviation : what is left once the errors' share is taken away, logits
    separation : true standard deviation over error
    strata : how many levels can be told apart, (4 separation + 1) / 3
    reliability : share of the measures' variance that is true, 0 to 1; of assessors it says how
        surely they differ in severity, not how much they agree
    fixed_chi_square, fixed_degrees, fixed_probability : are all elements alike?
    random_chi_square, random_degrees, random_probability : are they a sample from a normal?
    """

    n_elements: int
    mean: float
    standard_deviation: float
    error: float
    true_standard_deviation: float
    separation: float
    strata: float
    reliability: float
    fixed_chi_square: float
    fixed_degrees: int
    fixed_probability: float
    random_chi_square: float
    random_degrees: int
    random_probability: float


def separation(measure: Floats, standard_error: Floats, *, centred: bool) -> Separation:
    """Separation, strata, reliability, and both tests of homogeneity.

    Parameters
    ----------
    measure, standard_error : (n_elements,), logits; elements where either is not finite, or the
        error is zero (an anchor), are left out
    centred : the measures were made to add up to zero, and their errors know it

    References
    ----------
    Wright and Masters (1982), ch. 5; Fisher (1992) for strata; Hedges and Olkin (1985), ch. 6
    and 9, for the two chi-squares.
    """
    used = np.isfinite(measure) & np.isfinite(standard_error) & (standard_error > 0)
    value, n = measure[used], int(used.sum())
    if n < 2:
        return _undefined(value, n)
    variance = np.square(standard_error[used])
    error_variance = _freed_of_centring(variance) if centred else variance
    observed, error = float(value.var(ddof=1)), float(error_variance.mean())
    true = max(observed - error, 0.0)
    ratio = math.sqrt(true / error)
    fixed, random = _chi_square(value, error_variance), _chi_square(value, error_variance + true)
    return Separation(
        n_elements=n,
        mean=float(value.mean()),
        standard_deviation=math.sqrt(observed),
        error=math.sqrt(error),
        true_standard_deviation=math.sqrt(true),
        separation=ratio,
        strata=(4 * ratio + 1) / 3,
        reliability=true / observed if observed > 0 else 0.0,
        fixed_chi_square=fixed,
        fixed_degrees=n - 1,
        fixed_probability=float(chi2.sf(fixed, n - 1)),
        random_chi_square=random,
        random_degrees=n - 2,
        random_probability=float(chi2.sf(random, n - 2)) if n > 2 else math.nan,
    )


def _chi_square(measure: Floats, variance: Floats) -> float:
    precision = 1 / variance
    return float(precision @ measure**2 - (precision @ measure) ** 2 / precision.sum())


def _freed_of_centring(variance: Floats) -> Floats:
    """Error variances of the elements on their own, from those of deviations from their mean.

    A deviation's variance is v (1 - 2/n) + mean(v)/n where errors are independent; solved for v,
    which gives every element the same if there are only two.
    """
    n = len(variance)
    mean = variance.mean() * n / (n - 1)
    if n == 2:
        return np.full(2, mean)
    # Where one element has nearly all of the error the solution can leave the possible.
    freed: Floats = np.maximum((variance - mean / n) / (1 - 2 / n), variance * (n - 1) / (2 * n))
    return freed


def _undefined(value: Floats, n: int) -> Separation:
    nan = math.nan
    return Separation(
        n_elements=n,
        mean=float(value.mean()) if n else nan,
        standard_deviation=nan,
        error=nan,
        true_standard_deviation=nan,
        separation=nan,
        strata=nan,
        reliability=nan,
        fixed_chi_square=nan,
        fixed_degrees=0,
        fixed_probability=nan,
        random_chi_square=nan,
        random_degrees=0,
        random_probability=nan,
    )
