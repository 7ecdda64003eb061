"""What an order file says, as it was written; None and empty where it says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ChosenBy(StrEnum):
    """How the finalists were chosen before the first opinion was formed."""

    NOTHING = "nothing"
    APPLICATION = "application"
    SCREENING = "screening"
    TESTS = "tests"


class Dependence(StrEnum):
    """What the second assessor shares with the first."""

    INDEPENDENT = "independent"
    SAME_EMPLOYER = "same employer"
    SAME_TRAINING = "same training"
    SAME_MATERIAL = "same material"


class Alternative(StrEnum):
    """What could be done instead, cheaper; the values are the keys of the file."""

    OWN_INTERVIEW = "own_interview"
    REFERENCES = "references"
    TESTS = "tests"


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalistEntry:
    """One candidate and the orderer's own answer: would you hire, how sure, of ten."""

    name: str
    would_hire: bool = True
    sureness: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileEntry:
    """One criterion: its weight in percent, and whether the first opinion saw anything of it."""

    name: str
    weight: float
    is_observed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondOpinionEntry:
    """What would be ordered; price is for one opinion on one candidate.

    shares : of the profile's weight that each method looks at; the whole where it is not named
    """

    price: float
    methods: tuple[str, ...] = ()
    shares: Mapping[str, float] = field(default_factory=dict)
    days: float | None = None
    reliability: float | None = None
    dependence: Dependence = Dependence.INDEPENDENT
    error_correlation: float | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFile:
    """An order before it is placed.

    prices, days : of the alternatives, where the file says them
    not_possible : alternatives that are ruled out
    """

    role: str
    client: str = ""
    language: str = "sv"
    currency: str = "SEK"
    yearly_pay: float | None = None
    sd_performance: float | None = None
    tenure: float | None = None
    cost_of_wrong_hire: float | None = None
    delay_per_day: float = 0.0
    reference_group: str = ""
    worked_out: float | None = None
    worked_out_range: tuple[float, float] | None = None
    chosen_by: ChosenBy = ChosenBy.APPLICATION
    value_set: str
    first_method: str | None = None
    first_assessor: str = ""
    second: SecondOpinionEntry
    candidates: tuple[FinalistEntry, ...]
    criteria: tuple[ProfileEntry, ...] = ()
    prices: Mapping[Alternative, float]
    not_possible: frozenset[Alternative] = frozenset()
