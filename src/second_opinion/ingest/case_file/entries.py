"""A case as plain input: what a case file says, and what a stored case is turned into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class OpinionKind(StrEnum):
    """Whose opinion it is: the client's, the provider's, or a further assessor's."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionEntry:
    """One criterion of the requirement profile.

    weight : percent of the whole
    minimum : score points that a candidate must reach; None where no minimum is set
    anchors : what a scale point looks like, by score, in ascending order
    """

    name: str
    weight: float
    minimum: float | None = None
    anchors: Mapping[float, str] = field(default_factory=dict)
    definition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingEntry:
    """One score, or the reason there is none; score None means "not observed"."""

    criterion: str
    score: float | None
    evidence: tuple[str, ...] = ()
    reason_not_observed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionEntry:
    """All of one assessor's ratings on one candidate."""

    assessor: str
    candidate: str
    kind: OpinionKind
    ratings: tuple[RatingEntry, ...]
    conclusion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A whole case: role, questions, requirement profile, candidates and opinions.

    bar, scale_low, scale_high : score points
    """

    role: str
    client: str = ""
    provider: str = ""
    reference: str = ""
    language: str = "sv"
    ordered_on: date | None = None
    open_questions: tuple[str, ...] = ()
    scale_low: float
    scale_high: float
    bar: float
    criteria: tuple[CriterionEntry, ...]
    candidates: tuple[str, ...]
    opinions: tuple[OpinionEntry, ...]
