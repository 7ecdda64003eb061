"""Anchors: measures that are known from before, in a text file with facet, label and measure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from second_opinion.ingest.errors import AnchorFileError, RefusedRow, listed, nearest, quoted
from second_opinion.ingest.ratings_file.numbers import read_numbers
from second_opinion.ingest.ratings_file.reader import read_sheet
from second_opinion.ingest.ratings_file.sheet import Sheet

COLUMNS = ("facet", "label", "measure")
_CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """Known measures that these ratings can use.

    known : by facet, then label: the measure in logits
    not_rated : anchors of a facet that the ratings have, but for a label they do not: in words
    """

    known: Mapping[str, Mapping[str, float]]
    not_rated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    facet: str
    label: str
    text: str
    measure: float


def read_anchor_file(path: Path, *, labels: Mapping[str, Sequence[str]]) -> Anchors:
    """The anchors in a file with the columns facet, label and measure; others are not read.

    labels : by facet, whom or what the ratings have

    Raises
    ------
    FileError, ColumnError
    AnchorFileError : rows that cannot be read, or not a single anchor for these ratings
    """
    sheet = read_sheet(path, wanted=COLUMNS)
    columns = [sheet.texts(name) for name in COLUMNS]
    numbers = read_numbers(
        [columns[2]], rows=sheet.rows.tolist(), names=[quoted("measure")], path=sheet.path
    )
    lines = [
        _Line(*line)
        for line in zip(
            sheet.rows.tolist(),
            *(column.cells for column in columns),
            numbers.score[:, 0].tolist(),
            strict=True,
        )
    ]
    refused = sorted(_refused(sheet, lines, labels), key=lambda each: each.row)
    if refused:
        raise AnchorFileError.of_rows(sheet.path, refused)
    known: dict[str, dict[str, float]] = {}
    for line in lines:
        if line.label in labels[line.facet]:
            known.setdefault(line.facet, {})[line.label] = line.measure
    if not known:
        raise AnchorFileError(
            place=sheet.path,
            found="It holds no anchor for anyone in these ratings.",
            mend=f"Anchors are for {_what_there_is(labels)}.",
        )
    return Anchors(known=known, not_rated=tuple(_not_rated(lines, labels)))


def _refused(
    sheet: Sheet, lines: Sequence[_Line], labels: Mapping[str, Sequence[str]]
) -> Iterator[RefusedRow]:
    yield from sheet.refused
    first_row: dict[tuple[str, str], int] = {}
    for line in lines:
        earlier = first_row.setdefault((line.facet, line.label), line.row)
        refused = _wrong_facet(line, labels) or _wrong_label(line, earlier) or _wrong_measure(line)
        if refused:
            yield refused


def _wrong_facet(line: _Line, labels: Mapping[str, Sequence[str]]) -> RefusedRow | None:
    if line.facet in labels:
        return None
    if line.facet == _CANDIDATE:
        reason = "Candidates are what is measured; anchor assessors or criteria."
    else:
        there_are = f"There is no facet {quoted(line.facet)}; there are {listed(labels)}."
        reason = f"{there_are} {nearest(line.facet, labels)}".rstrip()
    return RefusedRow(line.row, quoted("facet"), reason)


def _wrong_label(line: _Line, earlier: int) -> RefusedRow | None:
    if not line.label:
        return RefusedRow(line.row, quoted("label"), "The cell is empty; say whose anchor it is.")
    if earlier == line.row:
        return None
    name = f"{line.facet.capitalize()} {quoted(line.label)}"
    return RefusedRow(
        line.row, quoted("label"), f"{name} is anchored already, on row {earlier}; one anchor each."
    )


def _wrong_measure(line: _Line) -> RefusedRow | None:
    if not math.isnan(line.measure):
        return None
    stands = f"{quoted(line.text)} is not a number" if line.text else "The cell is empty"
    return RefusedRow(
        line.row, quoted("measure"), f"{stands}; an anchor needs its measure in logits."
    )


def _not_rated(lines: Sequence[_Line], labels: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for line in lines:
        if line.label not in labels[line.facet]:
            hint = nearest(line.label, labels[line.facet]).rstrip()
            yield f"{line.facet} {quoted(line.label)}{f' ({hint})' if hint else ''}"


def _what_there_is(labels: Mapping[str, Sequence[str]]) -> str:
    return "; ".join(f"{facet} {listed(names, most=3)}" for facet, names in labels.items())
