"""Expectancy tables: of those in each band of scores, how many succeed, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.arguments import finite, strictly_within, whole, within
from second_opinion.engine.decision.normal import both_above
from second_opinion.engine.errors import ArgumentError

_GREATEST = 0.99


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectancy:
    """Success by band, from the lowest scores to the highest.

    success, low, high : (n_bands,), share who succeed, and its interval; 0 to 1
    n : (n_bands,), people counted in each band; None where nobody was counted
    level : of the interval
    """

    success: Floats
    low: Floats
    high: Floats
    n: Floats | None
    level: float


def expectancy_table(
    validity: float,
    base_rate: float,
    *,
    validity_sd: float = 0.0,
    bands: int = 5,
    level: float = 0.8,
) -> Expectancy:
    """Success in bands of equally many people, by the bivariate normal distribution.

    The interval holds what the validity is from setting to setting, at that level.

    Parameters
    ----------
    validity : 0 to .99
    base_rate : between 0 and 1
    validity_sd : from setting to setting, 0 or more
    bands : 2 or more
    level : between 0 and 1

    Raises
    ------
    ArgumentError

    References
    ----------
    Lawshe, Bolda, Brune and Auclair (1958), table I; here exactly.
    """
    centre = float(within(validity, name="validity", low=0, high=_GREATEST))
    base = float(strictly_within(base_rate, name="base_rate", low=0, high=1))
    spread = float(within(validity_sd, name="validity_sd", low=0))
    n = int(_bands(bands))
    reach = spread * float(ndtri((1 + _level(level)) / 2))
    ends = np.clip([centre, centre - reach, centre + reach], 0.0, _GREATEST)
    success, one, other = _success(ends, base, n)
    return Expectancy(
        success=success,
        low=np.minimum(one, other),
        high=np.maximum(one, other),
        n=None,
        level=level,
    )


def observed_expectancy(
    scores: ArrayLike, successes: ArrayLike, *, bands: int = 5, level: float = 0.8
) -> Expectancy:
    """Success in bands of equally many people, as it was counted.

    Parameters
    ----------
    scores : (n,)
    successes : (n,), 1 or True where it worked out, else 0
    bands : 2 or more, at most n; equal scores stay in one band
    level : of the interval, between 0 and 1

    Raises
    ------
    ArgumentError

    References
    ----------
    Wilson (1927), the score interval of a share.
    """
    score, success = finite(scores, name="scores"), within(successes, name="successes", low=0)
    if score.ndim != 1 or score.shape != success.shape:
        raise ArgumentError(f"scores {score.shape} and successes {success.shape} must be one list.")
    if not np.isin(success, (0.0, 1.0)).all():
        raise ArgumentError("successes must be 0 or 1.")
    n = int(_bands(bands))
    if score.size < n:
        raise ArgumentError(f"bands must be at most the number of scores, {score.size}; got {n}.")
    edges = np.quantile(score, np.arange(1, n) / n)
    band = np.searchsorted(edges, score, side="right")
    counted = np.bincount(band, minlength=n).astype(np.float64)
    good = np.bincount(band, weights=success, minlength=n).astype(np.float64)
    low, high = _wilson(good, counted, float(ndtri((1 + _level(level)) / 2)))
    share = np.divide(good, counted, out=np.full(n, np.nan), where=counted > 0)
    return Expectancy(success=share, low=low, high=high, n=counted, level=level)


def _success(validity: Floats, base: float, bands: int) -> Floats:
    """(n_validities, n_bands)."""
    cuts = ndtri(np.arange(bands + 1) / bands)
    cuts[0], cuts[-1] = -40.0, 40.0
    line = np.full((len(validity), bands + 1), -ndtri(base))
    above = both_above(
        line, np.broadcast_to(cuts, line.shape), np.broadcast_to(validity[:, None], line.shape)
    )
    share: Floats = np.clip(-np.diff(above, axis=1) * bands, 0.0, 1.0)
    return share


def _wilson(good: Floats, n: Floats, z: float) -> tuple[Floats, Floats]:
    safe = np.maximum(n, 1.0)
    centre = (good + z**2 / 2) / (safe + z**2)
    reach = z * np.sqrt(good * (safe - good) / safe + z**2 / 4) / (safe + z**2)
    empty = n == 0
    low = np.where(empty, 0.0, np.maximum(centre - reach, 0.0))
    return low, np.where(empty, 1.0, np.minimum(centre + reach, 1.0))


def _bands(bands: int) -> Floats:
    return whole(bands, name="bands", low=2)


def _level(level: float) -> float:
    return float(strictly_within(level, name="level", low=0, high=1))
