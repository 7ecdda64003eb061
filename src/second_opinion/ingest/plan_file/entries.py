"""An assessment to be planned, as plain input."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCriterion:
    """One criterion; weight is percent of the whole."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodEntry:
    """One method and the criteria that it can be used on.

    minutes, price : for each criterion that it is used on, and each candidate
    reliability : of one reading of one criterion, 0 to 1; None where standard_error is given
    standard_error : of that reading, score points; None where reliability is given
    """

    name: str
    criteria: tuple[str, ...]
    minutes: float
    price: float = 0.0
    reliability: float | None = None
    standard_error: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """What is to be known, by which methods it could be, and within which limits.

    scale_low, scale_high, bar : score points
    expected : where the whole is believed to lie now; None takes the planning default
    minutes : the most of the candidate's time; price : the most money, None without a limit
    sources : different methods wanted on each criterion
    yearly_pay : in `currency`, so that the risk becomes money; None leaves it in score points
    """

    role: str = ""
    language: str = "sv"
    currency: str = "SEK"
    scale_low: float
    scale_high: float
    bar: float
    expected: float | None = None
    minutes: float
    price: float | None = None
    sources: int = 2
    yearly_pay: float | None = None
    criteria: tuple[PlanCriterion, ...]
    methods: tuple[MethodEntry, ...]
