"""Lines of a text file, read so that no file can fill the memory or pass as what it is not."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from second_opinion.ingest.errors import FileError, unreadable

LONGEST_LINE = 1_000_000  # characters; a row of ratings has far fewer, a disk image has no end
_AT_ONCE = 1 << 18  # characters
LARGEST_DOCUMENT = 5_000_000  # bytes of a file that is read whole

# how a line starts, undecodable bytes being kept as lone surrogates
_SIGNATURES = (
    ("PK\x03\x04", "a workbook or an archive"),
    ("PAR1", "a Parquet file"),
    ("%PDF", "a PDF"),
    ("\udcff\udcfe", "text in UTF-16"),
    ("\udcfe\udcff", "text in UTF-16"),
)
_MEND = "Save it as text (CSV) in UTF-8."


def lines_of(path: Path) -> Iterator[str]:
    """Each line with its line break; a byte order mark is dropped.

    Raises
    ------
    FileError : missing, a folder, binary, not UTF-8, or a line without end
    """
    # chained in C: a line costs no step of Python unless something is wrong with it
    return chain.from_iterable(_groups_of_lines(path))


def _groups_of_lines(path: Path) -> Iterator[Iterable[str]]:
    number, rest = 0, ""
    try:
        # surrogateescape lets the fault be found in its own line and not in a block of lines
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
            while block := stream.read(_AT_ONCE):
                lines = io.StringIO(rest + block, newline="").readlines()
                rest = lines.pop()  # it may go on, or its line break may
                yield _refusing_what_is_no_text(lines, place=str(path), number=number)
                number += len(lines)
                if len(rest) > LONGEST_LINE:
                    _refuse_what_is_no_text(rest, place=str(path), number=number + 1)
            yield _refusing_what_is_no_text([rest] * bool(rest), place=str(path), number=number)
    except OSError as fault:
        raise unreadable(str(path), fault) from fault


def _refusing_what_is_no_text(lines: list[str], *, place: str, number: int) -> Iterable[str]:
    """The lines, looked at one by one only if one of them is no text; the first always is."""
    if number and _is_text("".join(lines)) and max(map(len, lines), default=0) <= LONGEST_LINE:
        return lines
    return _looked_at(lines, place=place, number=number)


def _looked_at(lines: list[str], *, place: str, number: int) -> Iterator[str]:
    for position, line in enumerate(lines, start=number + 1):
        _refuse_what_is_no_text(line, place=place, number=position)
        yield line


def text_of(path: Path, *, largest: int = LARGEST_DOCUMENT) -> str:
    """A whole document of at most so many bytes.

    Raises
    ------
    FileError : missing, a folder, not UTF-8, or too large to be a document
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(largest + 1)
    except OSError as fault:
        raise unreadable(str(path), fault) from fault
    if len(content) > largest:
        raise FileError(
            place=str(path),
            found=f"The file is larger than {largest // 1_000_000} MB.",
            mend="Check that it is the right file.",
        )
    text = content.decode("utf-8-sig", errors="surrogateescape")
    for number, line in enumerate(text.split("\n"), start=1):
        _refuse_what_is_no_text(line, place=str(path), number=number)
    return text


def _refuse_what_is_no_text(line: str, *, place: str, number: int) -> None:
    if len(line) > LONGEST_LINE:
        raise FileError(
            place=f"{place}, line {number}",
            found=f"The line goes on for more than {LONGEST_LINE:,} characters without a break.",
            mend="Check that it is the right file; each row needs a line of its own.",
        )
    if number == 1:
        _refuse_known_signatures(line, place=place)
    if "\0" in line:
        raise FileError(
            place=f"{place}, line {number}", found="This is binary, not text.", mend=_MEND
        )
    if not _is_utf8(line):
        raise FileError(
            place=f"{place}, line {number}",
            found="This is not text in UTF-8 (perhaps another encoding, perhaps binary).",
            mend=_MEND,
        )


def _is_text(text: str) -> bool:
    return "\0" not in text and _is_utf8(text)


def _is_utf8(text: str) -> bool:
    """Whether no undecodable byte was kept in the text as a lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse_known_signatures(line: str, *, place: str) -> None:
    for signature, kind in _SIGNATURES:
        if line.startswith(signature):
            raise FileError(place=place, found=f"This is {kind}, not text in UTF-8.", mend=_MEND)
