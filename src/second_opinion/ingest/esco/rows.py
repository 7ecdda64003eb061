"""Rows of one published file, one at a time: a cell may hold several lines."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from second_opinion.ingest.errors import EscoFileError, RefusedRow, nearest, quoted
from second_opinion.ingest.text_file import lines_of

URI = re.compile(r"http://data\.europa\.eu/esco/(skill|isced-f)/[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
LONGEST_CELL = 20_000  # characters; the longest description of a skill has a few thousand


def rows_of(
    path: Path, *, required: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its number as a spreadsheet counts, and its named cells without outer spaces.

    Raises
    ------
    FileError
    EscoFileError : no such column, a row of another length, a cell without end, no row at all
    """
    header: list[str] = []
    number = 0
    try:
        for number, cells in enumerate(csv.reader(lines_of(path), strict=True), start=1):
            if not header:
                header = _header_of(path, cells, required)
                places = {
                    name: header.index(name) for name in (*required, *optional) if name in header
                }
                blank = dict.fromkeys(optional, "")
            elif cells:
                _check_length(path, number, cells, header)
                yield number, blank | {name: cells[at].strip() for name, at in places.items()}
    except csv.Error as fault:
        raise EscoFileError(
            place=f"{path}, row {number + 1}",
            found=f"The row cannot be read as CSV ({fault}).",
            mend="Take the file as it was published, with its quotation marks.",
        ) from fault
    if number < 2:
        raise EscoFileError(
            place=str(path), found="It holds no row.", mend="Check that it is the right file."
        )


def uri_in(path: Path, row: int, column: str, text: str) -> str:
    """An identifier as ESCO writes it, or the refusal that says where it is not one."""
    if URI.fullmatch(text):
        return text
    stands = f"{quoted(text)} is no identifier of ESCO" if text else "The cell is empty"
    raise refused(path, row, column, f"{stands}; one begins http://data.europa.eu/esco/skill/.")


def refused(path: Path, row: int, column: str, reason: str) -> EscoFileError:
    return EscoFileError.of_rows(str(path), [RefusedRow(row, quoted(column), reason)])


def _header_of(path: Path, cells: list[str], required: Sequence[str]) -> list[str]:
    header = [cell.strip() for cell in cells]
    for name in required:
        if header.count(name) != 1:
            there = "twice" if name in header else "not"
            raise EscoFileError(
                place=f"{path}, row 1",
                found=f"The column {quoted(name)} is {there} there.",
                mend=f"{nearest(name, header)}Take the file as ESCO publishes it, in its CSV form.",
            )
    return header


def _check_length(path: Path, row: int, cells: list[str], header: list[str]) -> None:
    if len(cells) != len(header):
        raise EscoFileError.of_rows(
            str(path),
            [RefusedRow(row, "", f"It has {len(cells)} cells and the header has {len(header)}.")],
        )
    for name, cell in zip(header, cells, strict=True):
        if len(cell) > LONGEST_CELL:
            raise refused(path, row, name, f"The cell has more than {LONGEST_CELL:,} characters.")
