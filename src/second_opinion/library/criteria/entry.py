"""A criterion of the library, in the shape of its file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from second_opinion.library.validity import DEFAULT_VALUE_SET, VALUE_SETS

LANGUAGES = {"sv": "Swedish", "en": "English"}
SCALE_POINTS = ("1", "2", "3", "4", "5")
DESCRIBED = ("1", "3", "5")
"""The points of the five-point scale that every criterion describes; 2 and 4 may be added."""

PLACEHOLDER = re.compile(r"\[[^\]]*\]")

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120)]
Anchors = dict[Literal["1", "2", "3", "4", "5"], Line]


class Group(StrEnum):
    """What a criterion is about, for whoever looks for one."""

    LEADERSHIP = "leadership"
    THINKING = "thinking"
    GETTING_DONE = "getting_done"
    COOPERATION = "cooperation"
    RESPONSIBILITY = "responsibility"
    SUBJECT = "subject"


class Seniority(StrEnum):
    """How far the role reaches: own work or one unit, or a whole organisation."""

    UNIT = "unit"
    ORGANISATION = "organisation"


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Question(_Entry):
    """One question, and what to ask further."""

    question: Line
    probes: tuple[Line, ...] = Field(min_length=2, max_length=6)

    def texts(self) -> tuple[str, ...]:
        return (self.question, *self.probes)


class AnchorsBySeniority(_Entry):
    unit: Anchors
    organisation: Anchors

    @field_validator("unit", "organisation")
    @classmethod
    def _are_described(cls, anchors: Anchors) -> Anchors:
        lacking = [point for point in DESCRIBED if point not in anchors]
        if lacking:
            raise ValueError(f"describe the level {' and '.join(lacking)} too")
        return anchors


class Wording(_Entry):
    """All that a criterion says in one language.

    words : what somebody may search by
    past_behaviour : about what the candidate did; situational : about what the candidate would do
    """

    name: Name
    words: tuple[Name, ...] = Field(min_length=1, max_length=20)
    definition: Line
    why: Line
    listen_for: tuple[Line, ...] = Field(min_length=2, max_length=6)
    rating_errors: tuple[Line, ...] = Field(min_length=1, max_length=6)
    anchors: AnchorsBySeniority
    past_behaviour: tuple[Question, ...] = Field(min_length=3, max_length=6)
    situational: tuple[Question, ...] = Field(min_length=2, max_length=6)

    def anchors_for(self, seniority: Seniority) -> dict[str, str]:
        """The described points of the five-point scale, the lowest first."""
        described = getattr(self.anchors, seniority.value)
        return {point: described[point] for point in SCALE_POINTS if point in described}

    def questions(self) -> Iterator[tuple[str, Question]]:
        """Each with its place in the file."""
        for field in ("past_behaviour", "situational"):
            for number, question in enumerate(getattr(self, field), start=1):
                yield f"{field} {number}", question


class LibraryCriterion(_Entry):
    """One work criterion.

    measured_by : methods by their names in the value sets of validity, the best suited first
    is_pattern : its [places] have to be filled in before use
    needed_words : words that the linter would refuse and the work demands, each with the reason
    """

    key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{2,59}$")]
    group: Group
    measured_by: tuple[str, ...] = Field(min_length=1)
    is_pattern: bool = False
    needed_words: dict[str, Line] = Field(default_factory=dict)
    sv: Wording
    en: Wording

    @field_validator("measured_by")
    @classmethod
    def _are_known(cls, methods: tuple[str, ...]) -> tuple[str, ...]:
        known = VALUE_SETS[DEFAULT_VALUE_SET].methods
        if unknown := [method for method in methods if method not in known]:
            raise ValueError(
                f"no validity is known for {', '.join(unknown)}; choose among {', '.join(known)}"
            )
        return methods

    def wording(self, language: str) -> Wording:
        return self.sv if language == "sv" else self.en

    def filled_in(self, subject: str) -> LibraryCriterion:
        """A pattern with a subject in its [places]; another criterion stays as it is."""
        if not self.is_pattern:
            return self
        written = {**self.model_dump(mode="json"), "is_pattern": False}
        return LibraryCriterion.model_validate(_filled(written, subject))


def _filled(written: object, subject: str) -> object:
    """Every text in lists and tables with the subject in its [places]."""
    if isinstance(written, str):
        return PLACEHOLDER.sub(lambda _match: subject, written)
    if isinstance(written, dict):
        return {key: _filled(value, subject) for key, value in written.items()}
    return [_filled(each, subject) for each in written] if isinstance(written, list) else written
