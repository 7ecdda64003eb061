"""What is believed of the candidates now, and how far an answer could move that belief.

The true whole T of a finalist has variance 1. It is made of what is common to all criteria and of
what is each criterion's own. Every opinion is a reading of T, of the part of it that was observed,
or of one criterion, with an error that may go with the first opinion's. All is normal, so the
preposterior variance has a closed form.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.range_restriction import (
    range_restricted,
    reliability_indirectly_restricted,
)
from second_opinion.engine.decision.success import break_even
from second_opinion.engine.decision.worth.order import Order
from second_opinion.engine.decision.worth.scenarios import Scenarios

_NO_ERROR = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Beliefs:
    """Performance as believed now, and how far each option moves that, by scenario.

    threshold : (S,), performance at which hiring is as good as not
    mean : (S, C), expected performance of each candidate
    whole_mean : (S, C), and whole_variance : (S,), of the true whole T
    validity : (S,), of T among finalists
    spread : (S, O, N), preposterior standard deviation of expected performance
    """

    threshold: Floats
    mean: Floats
    whole_mean: Floats
    whole_variance: Floats
    validity: Floats
    spread: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """How a reading without error goes with T and with the first one, and its error's size.

    with_whole, with_first, true_variance : (O,)
    error_factor : (O,), its error variance beside that of an opinion on the whole
    """

    with_whole: Floats
    with_first: Floats
    true_variance: Floats
    error_factor: Floats


def beliefs_of(order: Order, figures: Scenarios) -> Beliefs:
    """The beliefs of every scenario, and the reach of every option up to its most opinions."""
    validity = np.asarray(range_restricted(figures.true_validity, figures.sd_ratio))
    first_with_whole, first_true, first_error = _first(order, figures.sd_ratio)
    first_total = first_true + first_error
    whole_variance = 1 - first_with_whole**2 / first_total
    whole_mean = (first_with_whole / np.sqrt(first_total))[:, None] * figures.standing
    reading = _readings(order)
    ratio = figures.sd_ratio[:, None]
    error = (
        _error_variance(figures.reliability, ratio, figures.reliability > 0) * reading.error_factor
    )
    rho = figures.error_correlation
    shared = reading.with_first + rho * np.sqrt(error * first_error[:, None])
    n = np.arange(1, max(option.most for option in order.options) + 1)
    # errors that all go with the first one's by rho go with each other by rho squared at least
    mean_error = error[..., None] * (1 + (n - 1) * (rho**2)[..., None]) / n
    explained = _explained(
        reading.with_whole[:, None],
        first_with_whole[:, None, None],
        later=reading.true_variance[:, None] + mean_error,
        first=first_total[:, None, None],
        shared=shared[..., None],
    )
    explained = np.minimum(explained, whole_variance[:, None, None])
    return Beliefs(
        threshold=np.asarray(break_even(figures.base_rate)),
        mean=validity[:, None] * whole_mean,
        whole_mean=whole_mean,
        whole_variance=whole_variance,
        validity=validity,
        spread=validity[:, None, None] * np.sqrt(explained),
    )


def _explained(
    with_whole: Floats, first_with_whole: Floats, *, later: Floats, first: Floats, shared: Floats
) -> Floats:
    """Variance of T that a later reading explains beyond the first one, no weight negative.

    Where the best weight of either would be negative, it is left out: a rule that marks somebody
    down for having been liked before is not ours.
    """
    news = with_whole - first_with_whole * shared / first
    both = np.maximum(news, 0.0) ** 2 / np.maximum(later - shared**2 / first, _NO_ERROR)
    alone = np.maximum(with_whole**2 / later - first_with_whole**2 / first, 0.0)
    first_counts = first_with_whole * later >= with_whole * shared
    explained: Floats = np.where(first_counts, both, alone)
    return explained


def _first(order: Order, ratio: Floats) -> tuple[Floats, float, Floats]:
    """The first reading: its covariance with T, its true variance, its error variance by scenario.

    Without a first opinion, or where it observed nothing, it goes with nothing.
    """
    seen = order.shares * np.asarray(order.is_observed)
    weight = seen.sum()
    if order.first_reliability <= 0 or weight <= 0:
        return np.zeros_like(ratio), 1.0, np.zeros_like(ratio)
    common, own = _parts(order)
    with_whole = common + own * float(seen @ order.shares) / weight
    true = common + own * float(seen @ seen) / weight**2
    factor = _error_of(order, float(seen @ seen) / weight**2)
    error = factor * _error_variance(np.asarray(order.first_reliability), ratio, np.asarray(True))
    return np.full_like(ratio, with_whole), true, error


def _readings(order: Order) -> _Reading:
    common, own = _parts(order)
    seen = order.shares * np.asarray(order.is_observed)
    weight = seen.sum()
    has_first = order.first_reliability > 0 and weight > 0
    first_with_whole = common + own * float(seen @ order.shares) / weight if has_first else 0.0
    rows = []
    for option in order.options:
        if option.criterion is None:
            rows.append((1.0, first_with_whole, 1.0, 1.0))
            continue
        share = order.shares[option.criterion]
        in_first = common + own * seen[option.criterion] / weight if has_first else 0.0
        rows.append((common + own * share, in_first, common + own, _error_of(order, 1.0)))
    columns = np.array(rows, dtype=np.float64).T
    return _Reading(
        with_whole=columns[0],
        with_first=columns[1],
        true_variance=columns[2],
        error_factor=columns[3],
    )


def _parts(order: Order) -> tuple[float, float]:
    """Variances of what criteria have in common and of what is each one's own, so that T has 1."""
    squares = float(order.shares @ order.shares)
    total = 1 - order.specific_share + order.specific_share * squares
    return (1 - order.specific_share) / total, order.specific_share / total


def _error_of(order: Order, squares: float) -> float:
    """Error variance of a reading of fewer criteria, beside that of the whole."""
    of_whole = float(order.shares @ order.shares)
    q = order.residual_share
    return (1 - q + q * squares) / (1 - q + q * of_whole)


def _error_variance(
    reliability: Floats, ratio: Floats, is_there: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
) -> Floats:
    """Error variance in units of finalists' true variance."""
    among_finalists = np.asarray(
        reliability_indirectly_restricted(np.where(is_there, reliability, 0.5), ratio)
    )
    error: Floats = (1 - among_finalists) / among_finalists
    return error
