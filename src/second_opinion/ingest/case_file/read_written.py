"""The tables [[written]] of a case file: what its author writes of each candidate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from second_opinion.ingest.case_file.entries import (
    CriterionEntry,
    InstrumentEntry,
    OpinionEntry,
)
from second_opinion.ingest.case_file.section import Section
from second_opinion.ingest.case_file.written import (
    CONCLUSIONS,
    MOST_REASONS,
    AnswerEntry,
    OverrideEntry,
    SentenceEntry,
    SourceEntry,
    SourceKind,
    WrittenEntry,
)
from second_opinion.ingest.errors import CaseFileError, listed, nearest, quoted

_TABLES = ("answer", "reason", "risk", "starting", "reference_question")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What sentences may be tied to in this case, and which questions there are."""

    questions: Sequence[str]
    candidates: Sequence[str]
    criteria: Sequence[CriterionEntry]
    opinions: Sequence[OpinionEntry]
    instruments: Sequence[InstrumentEntry]
    languages: Sequence[str]
    language: str


def read_written(section: Section, known: Known) -> WrittenEntry:
    """All that is written of one candidate, in one language."""
    section.only("candidate", "language", "override", *_TABLES)
    candidate = section.name("candidate")
    if candidate not in known.candidates:
        raise _unknown(section, "candidate", candidate, known.candidates)
    found = {
        name: [
            Section(f"{section.place}, [[written.{name}]] {place}", table)
            for place, table in enumerate(section.tables(name), start=1)
        ]
        for name in _TABLES
    }
    for name in ("reason", "risk"):
        if len(found[name]) > MOST_REASONS:
            raise found[name][MOST_REASONS].refusal(
                found=f"Page one has room for {MOST_REASONS} of these.",
                mend="Keep the strongest.",
            )
    reader = _Sentences(known, candidate)
    return WrittenEntry(
        candidate=candidate,
        language=section.one_of("language", known.languages, default=known.language),
        answers=_answers(found["answer"], reader),
        reasons=reader.all(found["reason"]),
        risks=tuple(reader.risk(each) for each in found["risk"]),
        starting=reader.all(found["starting"]),
        to_ask_references=reader.all(found["reference_question"]),
        override=_override(section),
    )


def require_one_each(written: Sequence[WrittenEntry], sections: Sequence[Section]) -> None:
    """Refuse two of one candidate in one language, and two conclusions on one."""
    seen: dict[tuple[str, str], Section] = {}
    concluded: dict[str, str] = {}
    for entry, section in zip(written, sections, strict=True):
        earlier = seen.setdefault((entry.candidate, entry.language), section)
        if earlier is not section:
            raise section.refusal(
                found=f"{quoted(entry.candidate)} is written of at {earlier.place} already.",
                mend="Put all of it into one [[written]], or give it another language.",
            )
        if entry.override is None:
            continue
        other = concluded.setdefault(entry.candidate, entry.override.conclusion)
        if other != entry.override.conclusion:
            raise section.refusal(
                key="override",
                found=f"In the other language the conclusion is {quoted(other)}.",
                mend="Conclude the same in both.",
            )


@dataclass(frozen=True, slots=True)
class _Sentences:
    """Reads sentences of one candidate, and refuses a source that is not there."""

    known: Known
    candidate: str

    def all(self, sections: Sequence[Section]) -> tuple[SentenceEntry, ...]:
        return tuple(self.one(each.only("text", "sources")) for each in sections)

    def one(self, section: Section) -> SentenceEntry:
        return SentenceEntry(
            text=section.text("text", required=True), sources=self.sources(section)
        )

    def risk(self, section: Section) -> SentenceEntry:
        section.only("text", "condition", "sources")
        return SentenceEntry(
            text=section.text("text", required=True),
            condition=section.text("condition", required=True),
            sources=self.sources(section),
        )

    def sources(self, section: Section) -> tuple[SourceEntry, ...]:
        found = (
            self._source(Section(f"{section.place}, source {place}", table))
            for place, table in enumerate(section.tables("sources"), start=1)
        )
        return tuple(dict.fromkeys(found))

    def _source(self, section: Section) -> SourceEntry:
        kind = next((kind for kind in SourceKind if kind.value in section.values), None)
        if kind is None:
            raise section.refusal(
                found="It says neither rating, anchor nor instrument.",
                mend='Write as { rating = "a criterion", by = "an assessor" }.',
            )
        if kind is SourceKind.RATING:
            return self._rating(section.only("rating", "by"))
        if kind is SourceKind.ANCHOR:
            return self._anchor(section.only("anchor", "level"))
        return self._reading(section.only("instrument", "criterion"))

    def _rating(self, section: Section) -> SourceEntry:
        criterion, by = section.name("rating"), section.name("by")
        own = [one for one in self.known.opinions if one.candidate == self.candidate]
        if by not in (one.assessor for one in own):
            raise _unknown(section, "by", by, [one.assessor for one in own])
        rated = [rating.criterion for one in own if one.assessor == by for rating in one.ratings]
        if criterion not in rated:
            raise _unknown(section, "rating", criterion, rated)
        return SourceEntry(kind=SourceKind.RATING, criterion=criterion, by=by)

    def _anchor(self, section: Section) -> SourceEntry:
        name, level = section.name("anchor"), section.number("level")
        anchors = {one.name: one.anchors for one in self.known.criteria}
        if name not in anchors:
            raise _unknown(section, "anchor", name, list(anchors))
        if level not in anchors[name]:
            raise section.refusal(
                key="level",
                found=f"{quoted(name)} has no anchor at {level:g}.",
                mend="Write one of the levels under its [criterion.anchors].",
            )
        return SourceEntry(kind=SourceKind.ANCHOR, criterion=name, level=level)

    def _reading(self, section: Section) -> SourceEntry:
        name, criterion = section.name("instrument"), section.name("criterion")
        own = [one for one in self.known.instruments if one.candidate == self.candidate]
        if name not in (one.name for one in own):
            raise _unknown(section, "instrument", name, [one.name for one in own])
        read = [each.criterion for one in own if one.name == name for each in one.readings]
        if criterion not in read:
            raise _unknown(section, "criterion", criterion, read)
        return SourceEntry(kind=SourceKind.INSTRUMENT, criterion=criterion, by=name)


def _answers(sections: Sequence[Section], reader: _Sentences) -> tuple[AnswerEntry, ...]:
    """Sentences of one question make one answer, in the order of the questions."""
    sentences: dict[int, list[SentenceEntry]] = {}
    because: dict[int, str] = {}
    for section in sections:
        section.only("question", "text", "not_answered", "sources")
        number = _question(section, reader.known.questions)
        if "not_answered" in section.values:
            because[number] = section.text("not_answered", required=True)
        else:
            sentences.setdefault(number, []).append(reader.one(section))
        if number in because and number in sentences:
            raise section.refusal(
                key="not_answered",
                found=f"Question {number} has an answer as well.",
                mend="Keep the answer, or the reason that there is none.",
            )
    return tuple(
        AnswerEntry(
            question=number,
            sentences=tuple(sentences.get(number, ())),
            not_answered=because.get(number, ""),
        )
        for number in sorted({*sentences, *because})
    )


def _question(section: Section, questions: Sequence[str]) -> int:
    number = section.number("question")
    if number not in range(1, len(questions) + 1):
        raise section.refusal(
            key="question",
            found=f"There is no open question {number:g}; there are {len(questions)}.",
            mend="Write its number, from 1, in the order of open_questions.",
        )
    return int(number)


def _override(section: Section) -> OverrideEntry | None:
    if not section.table("override"):
        return None
    inside = Section(f"{section.place}, [written.override]", section.table("override"))
    inside.only("conclusion", "reason")
    return OverrideEntry(
        conclusion=inside.one_of("conclusion", CONCLUSIONS),
        reason=inside.text("reason", required=True),
    )


def _unknown(section: Section, key: str, name: str, known: Sequence[str]) -> CaseFileError:
    there = f"there are {listed(known)}" if known else "there are none"
    return section.refusal(
        key=key,
        found=f"There is no {quoted(name)} for this candidate; {there}.",
        mend=f"{nearest(name, known)}Write the name as elsewhere in the file.",
    )
