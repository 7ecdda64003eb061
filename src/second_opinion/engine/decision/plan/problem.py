"""What can be measured, what it costs, and how certain a choice of it makes the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from second_opinion.engine.arrays import Floats, Integers
from second_opinion.engine.decision.arguments import finite, strictly_within, within
from second_opinion.engine.decision.information import value_of_spread
from second_opinion.engine.errors import ArgumentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One method used on one criterion.

    method : its name; two measures of one criterion by one method are one source
    criterion : its place in the profile
    error_variance : of the reading, above 0, score points squared
    minutes : of the candidate's time, 0 or more
    price : money, 0 or more

    Raises
    ------
    ArgumentError
    """

    method: str
    criterion: int
    error_variance: float
    minutes: float
    price: float = 0.0

    def __post_init__(self) -> None:
        strictly_within(self.error_variance, name="error_variance", low=0)
        within(self.minutes, name="minutes", low=0)
        within(self.price, name="price", low=0)
        if self.criterion < 0:
            raise ArgumentError(f"criterion must be 0 or more; got {self.criterion}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """One measure of a plan, the most worth its minutes first.

    measure : its place among those offered
    minutes, price, risk : after it, in all
    risk_fall_per_minute : what its minutes buy; infinite where it takes none
    """

    measure: int
    minutes: float
    price: float
    risk: float
    risk_fall_per_minute: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A choice of measures.

    measures : places among those offered, in their own order
    steps : the same, the most worth its minutes first
    risk_before, risk : expected loss from deciding on the whole as it is then known
    variance_before, variance : of the weighted whole
    least_variance : no plan within the limits, with or without enough sources, goes below it
    next_minute : the greatest fall in risk per minute among what was left out; 0 where nothing is
    toggled : (n_measures,), the risk with that measure added, or taken out where it is in the plan
    short_of_sources : criteria with fewer independent sources than asked for
    is_exact : every choice was looked at; else greedy, and least_variance says how good it is
    """

    measures: tuple[int, ...]
    steps: tuple[PlanStep, ...]
    minutes: float
    price: float
    risk_before: float
    risk: float
    variance_before: float
    variance: float
    least_variance: float
    next_minute: float
    toggled: tuple[float, ...]
    short_of_sources: tuple[int, ...]
    is_exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """The measures as arrays.

    squares : (n_criteria,), squared weights; variances : (n_criteria,), what is believed now
    criterion, source : (n_measures,), codes; one source is one method on one criterion
    precision, minutes, price : (n_measures,)
    """

    squares: Floats
    variances: Floats
    criterion: Integers
    source: Integers
    precision: Floats
    minutes: Floats
    price: Floats
    most_minutes: float
    most_price: float
    sources: int
    away: float
    slope: float

    def variance(self, chosen: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Floats:
        """(...), variance of the whole; chosen is (..., n_measures)."""
        by_criterion = self.criterion[:, None] == np.arange(len(self.variances))
        gained = (chosen * self.precision) @ by_criterion
        left = np.divide(
            self.variances,
            1 + self.variances * gained,
            out=np.zeros_like(gained),
            where=np.isfinite(gained),
        )
        whole: Floats = left @ self.squares
        return whole

    def covered(self, chosen: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Floats:
        """(...), sources that count: no criterion counts more than are asked for."""
        n_sources = int(self.source.max(initial=-1)) + 1
        by_source = (self.source[:, None] == np.arange(n_sources)).astype(np.float64)
        has_source = (chosen.astype(np.float64) @ by_source) > 0
        of_criterion = np.zeros((n_sources, len(self.variances)))
        of_criterion[self.source, self.criterion] = 1.0
        counted: Floats = np.minimum(has_source @ of_criterion, self.sources).sum(axis=-1)
        return counted

    def risk(self, variance: float) -> float:
        """Expected loss from deciding with that much still unknown."""
        spread = np.sqrt(np.array([max(variance, 0.0)]))
        value = value_of_spread(
            np.array([self.away]), spread, threshold=np.zeros(1), slope=np.array([self.slope])
        )
        return float(value[0])


def problem_of(
    weights: ArrayLike,
    variances: ArrayLike,
    measures: Sequence[Measure],
    *,
    minutes: float,
    price: float,
    sources: int,
    mean: float,
    threshold: float,
    slope: float,
) -> Problem:
    """The measures as arrays, checked."""
    weight = within(weights, name="weights", low=0)
    variance = within(variances, name="variances", low=0)
    if weight.ndim != 1 or weight.shape != variance.shape or not weight.size:
        raise ArgumentError(f"weights {weight.shape} and variances {variance.shape} do not fit.")
    if weight.sum() <= 0:
        raise ArgumentError("weights must not all be 0.")
    if sources < 0:
        raise ArgumentError(f"sources must be 0 or more; got {sources}.")
    for measure in measures:
        if measure.criterion >= len(weight):
            raise ArgumentError(f"criterion {measure.criterion} is not in the profile.")
    names = sorted({(measure.criterion, measure.method) for measure in measures})
    return Problem(
        squares=np.square(weight / weight.sum()),
        variances=variance,
        criterion=np.array([measure.criterion for measure in measures], dtype=np.int64),
        source=np.array(
            [names.index((measure.criterion, measure.method)) for measure in measures],
            dtype=np.int64,
        ),
        precision=np.array([1 / measure.error_variance for measure in measures]),
        minutes=np.array([measure.minutes for measure in measures], dtype=np.float64),
        price=np.array([measure.price for measure in measures], dtype=np.float64),
        most_minutes=float(within(minutes, name="minutes", low=0)),
        most_price=float(within(price, name="price", low=0)),
        sources=sources,
        away=float(finite(mean, name="mean") - finite(threshold, name="threshold")),
        slope=float(within(slope, name="slope", low=0)),
    )
