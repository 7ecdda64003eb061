"""What an author writes of one candidate, each sentence with what it rests on."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

CONCLUSIONS = (
    "supported",
    "supported with conditions",
    "not supported",
    "evidence insufficient",
)
"""Those of the engine's rule, by their words; here, so that reading a file waits for no SciPy."""

MOST_REASONS = 3
"""Reasons for, and risks: the strongest three of each, or page one is no page."""


class SourceKind(StrEnum):
    """What a written sentence may rest on."""

    RATING = "rating"
    ANCHOR = "anchor"
    INSTRUMENT = "instrument"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """One thing that a sentence rests on, always of the candidate it is written of.

    by : the assessor of a rating, the name of an instrument; empty of an anchor
    level : of an anchor, score points; None of anything else
    """

    kind: SourceKind
    criterion: str
    by: str = ""
    level: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceEntry:
    """A sentence; without a source it is its author's judgement, and is shown as that.

    condition : of a risk, when it bites
    """

    text: str
    sources: tuple[SourceEntry, ...] = ()
    condition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerEntry:
    """An answer to an open question, by its number from 1, or why there is none."""

    question: int
    sentences: tuple[SentenceEntry, ...] = ()
    not_answered: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideEntry:
    """Another conclusion than the rule's, and why."""

    conclusion: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenEntry:
    """All that is written of one candidate in one language.

    starting : advice on getting started
    to_ask_references : questions for references
    """

    candidate: str
    language: str
    answers: tuple[AnswerEntry, ...] = ()
    reasons: tuple[SentenceEntry, ...] = ()
    risks: tuple[SentenceEntry, ...] = ()
    starting: tuple[SentenceEntry, ...] = ()
    to_ask_references: tuple[SentenceEntry, ...] = ()
    override: OverrideEntry | None = None

    @property
    def is_empty(self) -> bool:
        return not (
            self.sentences or self.override or any(one.not_answered for one in self.answers)
        )

    @property
    def sentences(self) -> tuple[SentenceEntry, ...]:
        """All of them, in the order of the report."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[SentenceEntry]:
        yield from self.reasons
        yield from self.risks
        for answer in self.answers:
            yield from answer.sentences
        yield from self.starting
        yield from self.to_ask_references


def written_as_dict(written: WrittenEntry) -> dict[str, Any]:
    """As values that JSON can hold; written_from_dict gives an equal entry back."""
    plain: dict[str, Any] = _plain(dataclasses.asdict(written))
    return plain


def written_from_dict(stored: Mapping[str, Any]) -> WrittenEntry:
    """What written_as_dict stored; trusts its input."""
    override = stored["override"]
    return WrittenEntry(
        candidate=stored["candidate"],
        language=stored["language"],
        answers=tuple(
            AnswerEntry(
                question=one["question"],
                sentences=_sentences(one["sentences"]),
                not_answered=one["not_answered"],
            )
            for one in stored["answers"]
        ),
        reasons=_sentences(stored["reasons"]),
        risks=_sentences(stored["risks"]),
        starting=_sentences(stored["starting"]),
        to_ask_references=_sentences(stored["to_ask_references"]),
        override=None if override is None else OverrideEntry(**override),
    )


def _plain(value: Any) -> Any:  # noqa: ANN401 - any tree of JSON values
    if isinstance(value, SourceKind):
        return value.value
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple | list) else value


def _sentences(stored: list[Mapping[str, Any]]) -> tuple[SentenceEntry, ...]:
    return tuple(
        SentenceEntry(
            text=one["text"],
            condition=one["condition"],
            sources=tuple(
                SourceEntry(
                    kind=SourceKind(source["kind"]),
                    criterion=source["criterion"],
                    by=source["by"],
                    level=source["level"],
                )
                for source in one["sources"]
            ),
        )
        for one in stored
    )
