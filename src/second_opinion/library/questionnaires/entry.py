"""A questionnaire, in the shape of its file: items, scales, and what the register says of it."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from second_opinion.library.questionnaires.five_factors import with_known_texts

LANGUAGES = {"sv": "Swedish", "en": "English"}
FEWEST_CATEGORIES, MOST_CATEGORIES = 3, 9
"""Fewer than three answers leave nothing to grade; more than nine nobody tells apart."""
FEWEST_ITEMS = 3  # of a scale; two cannot be told apart
FEWEST_FOR_PARAMETERS = 500  # answers in one language and setting, before a form may be adaptive

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,59}$")]
Id = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=600)]


class Use(StrEnum):
    """What a questionnaire is made for."""

    SELECTION = "selection"
    DEVELOPMENT = "development"
    DEMONSTRATION = "demonstration"


class Keyed(StrEnum):
    """Whether agreeing is more of what the scale measures, or less."""

    PLUS = "plus"
    MINUS = "minus"


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Entry):
    """One text in the languages of the questionnaire; what nobody translated is read as it is."""

    sv: Line | None = None
    en: Line | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.sv is None and self.en is None:
            raise ValueError("write it in one language at least")
        return self

    def in_language(self, language: str) -> str:
        first, second = (self.sv, self.en) if language == "sv" else (self.en, self.sv)
        return first or second or ""


class Item(_Entry):
    """One statement.

    facet : the part of the scale that it belongs to, where the scale has parts
    """

    id: Id
    scale: Key
    keyed: Keyed
    facet: str = Field(default="", max_length=60)
    sv: Line | None = None
    en: Line | None = None

    @property
    def is_reversed(self) -> bool:
        return self.keyed == Keyed.MINUS

    def text(self, language: str) -> str:
        return (self.sv if language == "sv" else self.en) or ""


class Scale(_Entry):
    """What the answers to its items are summed into.

    alpha : reliability of all its items together
    deviation, middle : of the mean answer between people, and where the middle of people lies
    middle_error : standard error of the middle for the candidates it is used on
    basis : where these four come from
    criteria : of the library, that it bears on
    higher, lower : what to ask about where the answers lie above or below the person's others
    """

    key: Key
    name: Words
    measures: Words
    higher: Words
    lower: Words
    alpha: float = Field(gt=0, lt=1)
    deviation: float = Field(gt=0)
    middle: float
    middle_error: float = Field(ge=0)
    basis: Words
    criteria: tuple[Key | str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _with_texts(cls, written: object) -> object:
        return with_known_texts(written) if isinstance(written, dict) else written


class Norm(_Entry):
    """Whom a norm describes: one group of everybody, how many, and when."""

    group: Words
    n: int = Field(ge=300)
    year: int = Field(ge=1950, le=2100)


class Register(_Entry):
    """What it is for, who reviewed it, and what it must not be used as."""

    uses: tuple[Use, ...] = Field(min_length=1)
    purpose: Words
    certificate: Words
    reliability: Words
    norms: Words
    norm: Norm | None = None
    limits: Words


class Signature(_Entry):
    """A named psychologist who answers for something, and when they signed."""

    psychologist: Line
    on: Line


class Adaptive(_Entry):
    """Leave to ask adaptively in one language: parameters, and who switched it on."""

    language: str
    setting: Line
    n_answers: int = Field(ge=FEWEST_FOR_PARAMETERS)
    parameters: Line
    signed: Signature


class Provenance(_Entry):
    """Where the items come from, under which licence, and the hash of what was read."""

    source: Line
    licence: Line
    credit: Line
    sha256: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = ""
    read_on: str = ""
    left_out: tuple[Line, ...] = ()


class Questionnaire(_Entry):
    """One questionnaire in one version.

    minutes : what it takes a candidate
    validated_in : languages in which it was shown that it measures what it says
    health_signed : the psychologist who answers for parts near health; None where there are none
    """

    key: Key
    version: Id
    name: Words
    languages: tuple[str, ...] = Field(min_length=1)
    minutes: int = Field(ge=1, le=120)
    validated_in: tuple[str, ...] = ()
    measures_types: bool = False
    instruction: Words
    choices: dict[str, tuple[Line, ...]]
    register_entry: Register = Field(alias="register")
    provenance: Provenance
    health_signed: Signature | None = None
    adaptive: tuple[Adaptive, ...] = ()
    scale: tuple[Scale, ...] = Field(min_length=1)
    item: tuple[Item, ...] = Field(min_length=FEWEST_ITEMS)

    @field_validator("languages")
    @classmethod
    def _are_ours(cls, languages: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := [each for each in languages if each not in LANGUAGES]:
            raise ValueError(f"the pages speak {', '.join(LANGUAGES)}, and not {unknown[0]}")
        return languages

    @field_validator("measures_types")
    @classmethod
    def _are_no_types(cls, measures_types: bool) -> bool:
        if measures_types:
            raise ValueError(
                "a tool that sorts people into types is refused: people differ by degrees, most "
                "lie near the middle, and many get another type when they answer again"
            )
        return measures_types

    @property
    def n_categories(self) -> int:
        return len(next(iter(self.choices.values())))

    def items_of(self, scale: str) -> tuple[Item, ...]:
        return tuple(item for item in self.item if item.scale == scale)

    def faults(self) -> list[tuple[str, str]]:
        """What is wrong between its parts: the place, and the sentence."""
        return [*self._of_choices(), *self._of_items(), *self._of_scales()]

    def _of_choices(self) -> list[tuple[str, str]]:
        faults = []
        for language in self.languages:
            given = self.choices.get(language, ())
            place = f"choices, {LANGUAGES[language]}"
            if not given:
                faults.append((place, "The answers are missing in this language. Write them."))
            elif len(given) < FEWEST_CATEGORIES:
                faults.append(
                    (
                        place,
                        f"There are {len(given)} answers to choose among, too few: at least "
                        f"{FEWEST_CATEGORIES} are needed.",
                    )
                )
            elif len(given) > MOST_CATEGORIES or len(given) != self.n_categories:
                faults.append(
                    (
                        place,
                        f"There are {len(given)} answers: every language needs the same number, "
                        f"at most {MOST_CATEGORIES}.",
                    )
                )
        return faults

    def _of_items(self) -> list[tuple[str, str]]:
        scales = {scale.key for scale in self.scale}
        twice = [
            each for each, count in Counter(item.id for item in self.item).items() if count > 1
        ]
        faults = [
            (f"item {each}", "This id stands twice. Give every item an id of its own.")
            for each in twice
        ]
        for language in self.languages:
            same = Counter(item.text(language).casefold() for item in self.item)
            faults += [
                (f"item {item.id}", f"The {LANGUAGES[language]} text is missing. Write it.")
                for item in self.item
                if not item.text(language)
            ]
            faults += [
                (LANGUAGES[language], f"“{text}” stands twice. Ask each thing once.")
                for text, count in same.items()
                if text and count > 1
            ]
        return faults + [
            (
                f"item {item.id}",
                f"There is no scale {item.scale}: the scales are {', '.join(sorted(scales))}.",
            )
            for item in self.item
            if item.scale not in scales
        ]

    def _of_scales(self) -> list[tuple[str, str]]:
        return [
            (
                f"scale {scale.key}",
                f"It has {len(self.items_of(scale.key))} items: at least {FEWEST_ITEMS} are "
                "needed.",
            )
            for scale in self.scale
            if len(self.items_of(scale.key)) < FEWEST_ITEMS
        ]
