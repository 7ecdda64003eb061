"""From a case file to a case, or to the sentence that says what is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from second_opinion.ingest.case_file.entries import CaseFile, OpinionEntry
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
from second_opinion.ingest.case_file.section import Section
from second_opinion.ingest.errors import CaseFileError, quoted
from second_opinion.ingest.text_file import text_of

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
    if not text.strip():
        raise CaseFileError(place=str(path), found="The file is empty.", mend=_SEE_EXAMPLE)
    case = Section(str(path), _parsed(text, path=path)).only(*_KEYS)
    lines = HeadingLines(text)
    scale = read_scale(case)
    bar = scale.require(case.number("bar"), section=case, key="bar")
    sections = _sections(case, "criterion", lines)
    criteria = tuple(read_criterion(section, scale) for section in sections)
    _require_distinct([criterion.name for criterion in criteria], sections)
    require_whole(criteria, case=case)
    candidates = _candidates(case, lines)
    names = tuple(criterion.name for criterion in criteria)
    return CaseFile(
        role=case.name("role"),
        client=case.name("client", required=False),
        provider=case.name("provider", required=False),
        reference=case.name("reference", required=False),
        language=case.one_of("language", LANGUAGES, default="sv"),
        ordered_on=case.day("ordered_on"),
        open_questions=case.texts("open_questions"),
        scale_low=scale.low,
        scale_high=scale.high,
        bar=bar,
        criteria=criteria,
        candidates=candidates,
        opinions=_opinions(case, lines, candidates=candidates, criteria=names, scale=scale),
    )


def _parsed(text: str, *, path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except RecursionError as fault:
        raise CaseFileError(
            place=str(path), found="Lists or tables are nested too deeply.", mend=_SEE_EXAMPLE
        ) from fault
    except ValueError as fault:  # also what Python says of a number with thousands of digits
        raise CaseFileError(
            place=str(path),
            found=f"This is not TOML: {fault}.",
            mend=f"Correct that place; {_SEE_EXAMPLE}",
        ) from fault


def _sections(case: Section, key: str, lines: HeadingLines) -> list[Section]:
    """The tables [[key]], of which there must be one."""
    tables = case.tables(key)
    if not tables:
        raise case.refusal(found=f"There is no [[{key}]].", mend=f"Add one; {_SEE_EXAMPLE}")
    return [
        Section(
            f"{case.place}{lines.line(key, number, of=len(tables))}, [[{key}]] {number + 1}", table
        )
        for number, table in enumerate(tables)
    ]


def _candidates(case: Section, lines: HeadingLines) -> tuple[str, ...]:
    sections = _sections(case, "candidate", lines)
    names = tuple(section.only("name").name("name") for section in sections)
    _require_distinct(names, sections)
    return names


def _opinions(
    case: Section,
    lines: HeadingLines,
    *,
    candidates: tuple[str, ...],
    criteria: tuple[str, ...],
    scale: RatingScale,
) -> tuple[OpinionEntry, ...]:
    sections = _sections(case, "opinion", lines)
    ratings = [section.tables("rating") for section in sections]
    n_ratings = sum(map(len, ratings))
    opinions: list[OpinionEntry] = []
    before = 0
    for section, tables in zip(sections, ratings, strict=True):
        own = [
            Section(
                f"{case.place}{lines.line('opinion.rating', before + number, of=n_ratings)}, "
                f"[[opinion]] {len(opinions) + 1}, [[opinion.rating]] {number + 1}",
                table,
            )
            for number, table in enumerate(tables)
        ]
        before += len(tables)
        opinions.append(
            read_opinion(section, own, candidates=candidates, criteria=criteria, scale=scale)
        )
    require_one_opinion_each(opinions, sections)
    require_all_rated(opinions, candidates=candidates, criteria=criteria, case=case)
    return tuple(opinions)


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
