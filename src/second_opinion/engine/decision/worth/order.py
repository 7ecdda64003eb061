"""What an order says, in numbers: stakes, what is known, and what could be asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from second_opinion.engine.arrays import Floats
from second_opinion.engine.decision.arguments import finite, strictly_within, within
from second_opinion.engine.errors import ArgumentError


class OptionKind(StrEnum):
    """What could be asked; the first is what the order is about."""

    SECOND_OPINION = "second opinion"
    INDEPENDENT_ASSESSOR = "independent assessor"
    ONE_CRITERION = "one criterion"
    OWN_INTERVIEW = "own interview"
    REFERENCES = "references"
    TESTS = "tests"


CHEAPER = frozenset({OptionKind.OWN_INTERVIEW, OptionKind.REFERENCES, OptionKind.TESTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to learn more.

    reliability : of one such opinion, as a reading of the whole among applicants; 0 to 1
    error_correlation : of its error with the first opinion's, 0 to 1
    price : of one opinion on one candidate
    delay_cost : of waiting for it, however many are asked
    most : how many of it are looked at
    criterion : the place of the only criterion it looks at; None for the whole

    Raises
    ------
    ArgumentError
    """

    name: str
    kind: OptionKind
    reliability: float
    error_correlation: float = 0.0
    price: float
    delay_cost: float = 0.0
    most: int = 1
    criterion: int | None = None

    def __post_init__(self) -> None:
        strictly_within(self.reliability, name="reliability", low=0, high=1)
        correlation = within(self.error_correlation, name="error_correlation", low=0, high=1)
        within(self.price, name="price", low=0)
        within(self.delay_cost, name="delay_cost", low=0)
        if correlation == 1:
            raise ArgumentError("error_correlation must lie below 1: that is the same opinion.")
        if self.most < 1:
            raise ArgumentError(f"most must be 1 or more; got {self.most}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """A figure with the range in which it probably lies."""

    value: float
    low: float
    high: float

    def require_order(self, name: str) -> None:
        if not self.low <= self.value <= self.high:
            raise ArgumentError(
                f"{name} must lie in its own range: {self.low:g} to {self.high:g} does not hold "
                f"{self.value:g}."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """All that the worth of asking rests on.

    slope : worth of one standard deviation of performance over the tenure, money
    base_rate : share of the reference group who worked out, between 0 and 1
    true_validity : of a perfectly reliable assessment, among applicants, 0 to .95
    sd_ratio : how much finalists vary beside applicants in what is assessed, above 0, up to 1
    first_reliability : of the first opinion, among applicants; 0 where there is none
    standing : (n_candidates,), the first opinion's verdict, standardised over the reference group
    weights : (n_criteria,), 0 or more; one criterion when the profile is not known
    is_observed : (n_criteria,), whether the first opinion saw anything of it
    specific_share : share of a criterion's true variance that is its own, 0 to 1
    residual_share : share of a single rating's error that is its own, 0 to 1
    options : what could be asked; the first is what the order is about

    Raises
    ------
    ArgumentError
    """

    slope: Between
    base_rate: Between
    true_validity: Between
    sd_ratio: Between
    first_reliability: float
    standing: tuple[float, ...]
    options: tuple[Option, ...]
    weights: tuple[float, ...] = (1.0,)
    is_observed: tuple[bool, ...] = (True,)
    specific_share: float = 0.3
    residual_share: float = 0.42

    def __post_init__(self) -> None:
        self._require_figures()
        finite(self.standing, name="standing")
        within(self.first_reliability, name="first_reliability", low=0, high=1)
        within(self.specific_share, name="specific_share", low=0, high=1)
        within(self.residual_share, name="residual_share", low=0, high=1)
        if not self.standing:
            raise ArgumentError("standing must name at least one candidate.")
        if not self.options or self.options[0].kind is not OptionKind.SECOND_OPINION:
            raise ArgumentError("options must start with the second opinion that is ordered.")
        self._require_criteria()

    def _require_figures(self) -> None:
        for name, low, high in (
            ("slope", 0.0, np.inf),
            ("base_rate", 0.0, 1.0),
            ("true_validity", 0.0, 0.95),
            ("sd_ratio", 0.0, 1.0),
        ):
            figure: Between = getattr(self, name)
            within((figure.value, figure.low, figure.high), name=name, low=low, high=high)
            figure.require_order(name)
        for name in ("base_rate", "sd_ratio"):
            edge: Between = getattr(self, name)
            strictly_within((edge.low, edge.value), name=name, low=0)
        strictly_within(self.base_rate.high, name="base_rate", low=0, high=1)

    def _require_criteria(self) -> None:
        weights = within(self.weights, name="weights", low=0)
        if weights.sum() <= 0:
            raise ArgumentError("weights must not all be 0.")
        if len(self.is_observed) != len(self.weights):
            raise ArgumentError(
                f"is_observed has {len(self.is_observed)} entries for {len(self.weights)} criteria."
            )
        for option in self.options:
            if option.criterion is not None and not 0 <= option.criterion < len(self.weights):
                raise ArgumentError(f"criterion {option.criterion} is not in the profile.")

    @property
    def shares(self) -> Floats:
        """(n_criteria,): the weights as shares of 1."""
        weights = np.asarray(self.weights, dtype=np.float64)
        share: Floats = weights / weights.sum()
        return share
