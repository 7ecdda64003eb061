"""From a case file to a case, or to the sentence that says what is wrong with it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from second_opinion.ingest.case_file.beside import read_dependence, read_instrument
from second_opinion.ingest.case_file.course import read_commission, read_guide
from second_opinion.ingest.case_file.entries import (
    BeliefEntry,
    CaseFile,
    InstrumentEntry,
    OpinionEntry,
    OpinionKind,
)
from second_opinion.ingest.case_file.judging import read_belief, read_outlook, read_rule
from second_opinion.ingest.case_file.lines import HeadingLines
from second_opinion.ingest.case_file.opinions import (
    read_opinion,
    require_all_rated,
    require_one_opinion_each,
)
from second_opinion.ingest.case_file.profile import (
    RatingScale,
    read_criterion,
    read_scale,
    require_whole,
)
from second_opinion.ingest.case_file.read_written import Known, read_written, require_one_each
from second_opinion.ingest.case_file.section import Section
from second_opinion.ingest.case_file.written import WrittenEntry
from second_opinion.ingest.errors import quoted
from second_opinion.ingest.text_file import text_of
from second_opinion.ingest.toml_file import parsed

LANGUAGES = ("sv", "en")
_KEYS = (
    "role",
    "client",
    "provider",
    "reference",
    "language",
    "ordered_on",
    "open_questions",
    "scale",
    "bar",
    "criterion",
    "candidate",
    "opinion",
    "dependence",
    "instrument",
    "worked_out",
    "reference_group",
    "value_set",
    "chosen_by",
    "no_first_opinion",
    "profile_changes",
    "conclusion_rule",
    "author",
    "written",
    "commission",
    "guide",
    "profile_fixed_on",
    "opened_on",
)
_SEE_EXAMPLE = "`second-opinion opine --example` prints a whole file."


def read_case_file(path: Path) -> CaseFile:
    """The case that a TOML file describes.

    Raises
    ------
    FileError : missing, a folder, binary, too large
    CaseFileError : no TOML, or no possible case
    """
    text = text_of(path)
    case = Section(str(path), parsed(text, path=path, example=_SEE_EXAMPLE)).only(*_KEYS)
    lines = HeadingLines(text)
    scale = read_scale(case)
    bar = scale.require(case.number("bar"), section=case, key="bar")
    sections = _sections(case, "criterion", lines)
    criteria = tuple(read_criterion(section, scale) for section in sections)
    _require_distinct([criterion.name for criterion in criteria], sections)
    require_whole(criteria, case=case)
    candidates, beliefs = _candidates(case, lines), _beliefs(case, lines)
    names = tuple(criterion.name for criterion in criteria)
    opinions = _opinions(case, lines, candidates=candidates, criteria=names, scale=scale)
    known = Known(
        questions=case.texts("open_questions"),
        candidates=candidates,
        criteria=criteria,
        opinions=opinions,
        instruments=_instruments(case, lines, candidates=candidates, criteria=names, scale=scale),
        languages=LANGUAGES,
        language=case.one_of("language", LANGUAGES, default="sv"),
    )
    return dataclasses.replace(
        _declared(case, known, scale=scale, bar=bar),
        dependences=tuple(
            read_dependence(section, opinions=opinions, candidates=candidates)
            for section in _sections(case, "dependence", lines, required=False)
        ),
        outlook=read_outlook(case),
        beliefs=beliefs,
        no_first_opinion=_no_first_opinion(case, opinions),
        conclusion_rule=read_rule(case),
        written=_written(case, lines, known),
    )


def _declared(case: Section, known: Known, *, scale: RatingScale, bar: float) -> CaseFile:
    """What stands at the head of a file, with what was read of people and criteria."""
    return CaseFile(
        role=case.name("role"),
        client=case.name("client", required=False),
        provider=case.name("provider", required=False),
        reference=case.name("reference", required=False),
        language=known.language,
        ordered_on=case.day("ordered_on"),
        open_questions=tuple(known.questions),
        scale_low=scale.low,
        scale_high=scale.high,
        bar=bar,
        criteria=tuple(known.criteria),
        candidates=tuple(known.candidates),
        opinions=tuple(known.opinions),
        instruments=tuple(known.instruments),
        profile_changes=case.texts("profile_changes"),
        author=case.name("author", required=False),
        commission=read_commission(case),
        guide=read_guide(case),
        profile_fixed_on=case.day("profile_fixed_on"),
        opened_on=case.day("opened_on"),
    )


def _written(case: Section, lines: HeadingLines, known: Known) -> tuple[WrittenEntry, ...]:
    sections = _sections(case, "written", lines, required=False)
    written = tuple(read_written(section, known) for section in sections)
    require_one_each(written, sections)
    return written


def _sections(
    case: Section, key: str, lines: HeadingLines, *, required: bool = True
) -> list[Section]:
    """The tables [[key]], of which there must be one where they are required."""
    tables = case.tables(key)
    if required and not tables:
        raise case.refusal(found=f"There is no [[{key}]].", mend=f"Add one; {_SEE_EXAMPLE}")
    return [
        Section(
            f"{case.place}{lines.line(key, number, of=len(tables))}, [[{key}]] {number + 1}", table
        )
        for number, table in enumerate(tables)
    ]


def _candidates(case: Section, lines: HeadingLines) -> tuple[str, ...]:
    sections = _sections(case, "candidate", lines)
    known = ("name", "would_hire", "sureness")
    names = tuple(section.only(*known).name("name") for section in sections)
    _require_distinct(names, sections)
    return names


def _beliefs(case: Section, lines: HeadingLines) -> tuple[BeliefEntry, ...]:
    found = (
        read_belief(section, candidate=section.name("name"))
        for section in _sections(case, "candidate", lines)
    )
    return tuple(belief for belief in found if belief is not None)


def _no_first_opinion(case: Section, opinions: Sequence[OpinionEntry]) -> str:
    reason = case.text("no_first_opinion")
    if reason and any(opinion.kind is OpinionKind.FIRST for opinion in opinions):
        raise case.refusal(
            key="no_first_opinion",
            found="There is a first opinion in the file.",
            mend="Remove the key, or the opinion.",
        )
    return reason


def _opinions(
    case: Section,
    lines: HeadingLines,
    *,
    candidates: tuple[str, ...],
    criteria: tuple[str, ...],
    scale: RatingScale,
) -> tuple[OpinionEntry, ...]:
    sections = _sections(case, "opinion", lines)
    opinions = [
        read_opinion(section, own, candidates=candidates, criteria=criteria, scale=scale)
        for section, own in zip(
            sections, _inner(case, lines, sections, "opinion", "rating"), strict=True
        )
    ]
    require_one_opinion_each(opinions, sections)
    require_all_rated(opinions, candidates=candidates, criteria=criteria, case=case)
    return tuple(opinions)


def _instruments(
    case: Section,
    lines: HeadingLines,
    *,
    candidates: tuple[str, ...],
    criteria: tuple[str, ...],
    scale: RatingScale,
) -> tuple[InstrumentEntry, ...]:
    sections = _sections(case, "instrument", lines, required=False)
    return tuple(
        read_instrument(section, own, candidates=candidates, criteria=criteria, scale=scale)
        for section, own in zip(
            sections, _inner(case, lines, sections, "instrument", "reading"), strict=True
        )
    )


def _inner(
    case: Section, lines: HeadingLines, sections: Sequence[Section], outer: str, inner: str
) -> list[list[Section]]:
    """The tables [[outer.inner]] of each section, with the lines that they start on."""
    tables = [section.tables(inner) for section in sections]
    total = sum(map(len, tables))
    found, before = [], 0
    for number, own in enumerate(tables, start=1):
        found.append(
            [
                Section(
                    f"{case.place}{lines.line(f'{outer}.{inner}', before + place, of=total)}, "
                    f"[[{outer}]] {number}, [[{outer}.{inner}]] {place + 1}",
                    table,
                )
                for place, table in enumerate(own)
            ]
        )
        before += len(own)
    return found


def _require_distinct(names: Sequence[str], sections: Sequence[Section]) -> None:
    first: dict[str, Section] = {}
    for name, section in zip(names, sections, strict=True):
        earlier = first.setdefault(name, section)
        if earlier is not section:
            raise section.refusal(
                key="name",
                found=f"{quoted(name)} is the name at {earlier.place} already.",
                mend="Give each its own name.",
            )
