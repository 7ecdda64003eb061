"""The fields of the writing page: from what is written to rows, and from what was sent back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from django.http import QueryDict
from django.utils.translation import gettext as _

from second_opinion.ingest.case_file import (
    CONCLUSIONS,
    MOST_REASONS,
    AnswerEntry,
    CaseFile,
    OverrideEntry,
    SentenceEntry,
    SourceEntry,
    WrittenEntry,
)
from second_opinion.reports.writing.draft_page import Material, Row, material_on, rows_of

_MOST_ROWS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One part of what is written, with its rows.

    is_question : an open question, which may also be left without an answer, for a reason
    """

    name: str
    title: str
    hint: str
    rows: tuple[Row, ...]
    is_question: bool = False
    not_answered: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Makes rows out of sentences: what they may rest on, and what is remarked on."""

    materials: tuple[Material, ...]
    language: str
    others: tuple[str, ...]

    def of(
        self, name: str, sentences: tuple[SentenceEntry, ...], *, least: int = 2, most: int = 12
    ) -> tuple[Row, ...]:
        return rows_of(
            name,
            sentences,
            least=least,
            most=most,
            materials=self.materials,
            language=self.language,
            others=self.others,
        )


def groups_of(written: WrittenEntry, case: CaseFile, rows: Rows) -> tuple[Group, ...]:
    """In the order of the report."""
    answers = {one.question: one for one in written.answers}
    most = MOST_REASONS
    return (
        Group(
            name="reasons",
            title=_("The three strongest reasons for"),
            hint=_("What was done or said that the role needs. Three at most."),
            rows=rows.of("reasons", written.reasons, least=most, most=most),
        ),
        Group(
            name="risks",
            title=_("The three greatest risks, and when they bite"),
            hint=_("What was seen, and the condition under which it matters in this role."),
            rows=rows.of("risks", written.risks, least=most, most=most),
        ),
        *(
            _question(number, question, answers.get(number), rows)
            for number, question in enumerate(case.open_questions, start=1)
            if question.strip()
        ),
        Group(
            name="starting",
            title=_("Getting started"),
            hint=_("Advice for the first months, given out apart from the report."),
            rows=rows.of("starting", written.starting),
        ),
        Group(
            name="to_ask_references",
            title=_("Questions for references"),
            hint=_("What somebody who has worked with the candidate could tell."),
            rows=rows.of("to_ask_references", written.to_ask_references),
        ),
    )


def _question(number: int, question: str, answer: AnswerEntry | None, rows: Rows) -> Group:
    name = f"answer{number}"
    return Group(
        name=name,
        title=question,
        hint=_("Answer it, or say why it could not be answered."),
        rows=rows.of(name, answer.sentences if answer else ()),
        is_question=True,
        not_answered=answer.not_answered if answer else "",
    )


def written_from(sent: QueryDict, case: CaseFile, candidate: str, language: str) -> WrittenEntry:
    """What was sent; a number that names no source is dropped, an empty row is none."""
    materials = {
        each.number: each.source for one in material_on(case, candidate) for each in one.materials
    }
    return WrittenEntry(
        candidate=candidate,
        language=language,
        reasons=_sentences(sent, "reasons", materials),
        risks=_sentences(sent, "risks", materials),
        answers=tuple(
            answer
            for number, _question in enumerate(case.open_questions, start=1)
            if (answer := _answer(sent, number, materials)) is not None
        ),
        starting=_sentences(sent, "starting", materials),
        to_ask_references=_sentences(sent, "to_ask_references", materials),
        override=_override(sent),
    )


def _answer(sent: QueryDict, number: int, materials: dict[int, SourceEntry]) -> AnswerEntry | None:
    """A sentence decides over a reason for none."""
    sentences = _sentences(sent, f"answer{number}", materials)
    because = sent.get(f"answer{number}-not_answered", "").strip()
    if not sentences and not because:
        return None
    return AnswerEntry(
        question=number, sentences=sentences, not_answered="" if sentences else because
    )


def _sentences(
    sent: QueryDict, name: str, materials: dict[int, SourceEntry]
) -> tuple[SentenceEntry, ...]:
    found: list[SentenceEntry] = []
    for place in count():
        if f"{name}-{place}-text" not in sent or place >= _MOST_ROWS:
            return tuple(found)
        text = " ".join(sent.get(f"{name}-{place}-text", "").split())
        if not text:
            continue
        found.append(
            SentenceEntry(
                text=text,
                condition=" ".join(sent.get(f"{name}-{place}-condition", "").split()),
                sources=_sources(sent.get(f"{name}-{place}-sources", ""), materials),
            )
        )
    return tuple(found)


def _sources(numbers: str, materials: dict[int, SourceEntry]) -> tuple[SourceEntry, ...]:
    named = (part for part in numbers.replace(",", " ").split() if part.isdecimal())
    found = (materials.get(int(part)) for part in named if len(part) < 5)
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _override(sent: QueryDict) -> OverrideEntry | None:
    conclusion = sent.get("override-conclusion", "")
    if conclusion not in CONCLUSIONS:
        return None
    return OverrideEntry(
        conclusion=conclusion, reason=" ".join(sent.get("override-reason", "").split())
    )
