"""What an author has before them: quoted material with its numbers, fields, remarks and gaps."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from second_opinion.ingest.case_file import (
    CaseFile,
    OpinionEntry,
    SentenceEntry,
    SourceEntry,
    SourceKind,
    WrittenEntry,
)
from second_opinion.reports.writing import names, numbers
from second_opinion.reports.writing.linting import Remark, remarks_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A source with the number by which sentences name it; for says what it speaks for."""

    number: int
    source: SourceEntry
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCriterion:
    name: str
    materials: tuple[Material, ...]


def material_on(case: CaseFile, candidate: str) -> tuple[OnCriterion, ...]:
    """All that a sentence on one candidate may rest on, numbered through, always the same."""
    found: list[OnCriterion] = []
    number = 0
    for criterion in case.criteria:
        materials = []
        for source, label, text in _on(case, candidate, criterion.name):
            number += 1
            materials.append(Material(number=number, source=source, label=label, text=text))
        found.append(OnCriterion(name=criterion.name, materials=tuple(materials)))
    return tuple(found)


def _on(case: CaseFile, candidate: str, criterion: str) -> list[tuple[SourceEntry, str, str]]:
    return [
        *_ratings(case, candidate, criterion),
        *_readings(case, candidate, criterion),
        *_anchors(case, criterion),
    ]


def _ratings(case: CaseFile, candidate: str, criterion: str) -> list[tuple[SourceEntry, str, str]]:
    return [
        (
            SourceEntry(kind=SourceKind.RATING, criterion=criterion, by=opinion.assessor),
            _("%(who)s: %(score)s") % {"who": names.with_opinion(opinion), "score": _score(score)},
            " ".join(evidence) or reason,
        )
        for opinion in opinions_of(case, candidate)
        for rating in opinion.ratings
        if rating.criterion == criterion
        for score, evidence, reason in [(rating.score, rating.evidence, rating.reason_not_observed)]
    ]


def _readings(case: CaseFile, candidate: str, criterion: str) -> list[tuple[SourceEntry, str, str]]:
    return [
        (
            SourceEntry(kind=SourceKind.INSTRUMENT, criterion=criterion, by=instrument.name),
            instrument.name,
            _("%(value)s, give or take %(size)s")
            % {
                "value": numbers.score(reading.value),
                "size": numbers.size(reading.standard_error),
            },
        )
        for instrument in case.instruments
        if instrument.candidate == candidate
        for reading in instrument.readings
        if reading.criterion == criterion
    ]


def _anchors(case: CaseFile, criterion: str) -> list[tuple[SourceEntry, str, str]]:
    return [
        (
            SourceEntry(kind=SourceKind.ANCHOR, criterion=criterion, level=level),
            _("Level %(level)s") % {"level": numbers.score(level)},
            text,
        )
        for one in case.criteria
        if one.name == criterion
        for level, text in one.anchors.items()
    ]


def opinions_of(case: CaseFile, candidate: str) -> tuple[OpinionEntry, ...]:
    return tuple(one for one in case.opinions if one.candidate == candidate)


def _score(score: float | None) -> str:
    return _("not observed") if score is None else numbers.score(score)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One sentence's fields as they stand, and what is to be said of it."""

    name: str
    text: str = ""
    condition: str = ""
    sources: str = ""
    has_condition: bool = False
    remarks: tuple[Remark, ...] = ()
    rests_on: tuple[str, ...] = ()


def rows_of(
    name: str,
    sentences: tuple[SentenceEntry, ...],
    *,
    least: int,
    most: int,
    materials: tuple[Material, ...],
    language: str,
    others: tuple[str, ...],
) -> tuple[Row, ...]:
    """What is written, and empty rows to write more in."""
    rows = [
        _row(f"{name}-{place}", one, materials, language=language, others=others)
        for place, one in enumerate(sentences)
    ]
    empty = range(len(rows), min(max(len(rows) + 1, least), most))
    is_risk = name == "risks"
    return tuple(rows) + tuple(
        Row(name=f"{name}-{place}", has_condition=is_risk) for place in empty
    )


def _row(
    name: str,
    one: SentenceEntry,
    materials: tuple[Material, ...],
    *,
    language: str,
    others: tuple[str, ...],
) -> Row:
    named = [each for each in materials if each.source in one.sources]
    whole = f"{one.text} {one.condition}".strip()
    return Row(
        name=name,
        text=one.text,
        condition=one.condition,
        has_condition=name.startswith("risks"),
        sources=", ".join(str(each.number) for each in named),
        remarks=remarks_on(whole, language=language, others=others),
        rests_on=tuple(f"{each.source.criterion}: {each.label}" for each in named),
    )


def missing_in(written: WrittenEntry, questions: tuple[str, ...]) -> tuple[str, ...]:
    """What the report will say is missing, in the order of the report."""
    answered = {one.question for one in written.answers}
    unanswered = [
        str(number)
        for number, question in enumerate(questions, start=1)
        if question.strip() and number not in answered
    ]
    found = [
        (_("reasons for"), not written.reasons),
        (_("risks"), not written.risks),
        (
            _("answers to question %(numbers)s") % {"numbers": ", ".join(unanswered)},
            bool(unanswered),
        ),
        (_("advice on getting started"), not written.starting),
        (_("questions for references"), not written.to_ask_references),
    ]
    return tuple(words for words, is_missing in found if is_missing)


def all_remarks(
    written: WrittenEntry, *, others: tuple[str, ...]
) -> tuple[tuple[str, Remark], ...]:
    """Every remark with its sentence."""
    return tuple(
        (one.text, remark)
        for one in written.sentences
        for remark in remarks_on(
            f"{one.text} {one.condition}".strip(), language=written.language, others=others
        )
    )
