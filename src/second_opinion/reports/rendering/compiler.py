"""Typst, called so that it is fast, gives the same bytes, and forgets what it has set.

A file claims two standards: PDF/UA-1, which a screen reader needs, and PDF/A-2a, which an archive
does. PDF/A-4 needs PDF 2.0, which PDF/UA-1 does not allow.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import typst

from second_opinion.reports.rendering.fonts import FAMILIES, fonts

STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
_TEMPLATE, _DRAWINGS, _NOTHING = "report.typ", "drawings.typ", "nothing.typ"
# The compiler keeps what it reckoned in the last ten runs, some 50 MB for a long report. Ten runs
# on an empty file, a few milliseconds, let it go.
_RUNS_REMEMBERED = 10
_SHARP = 220.0  # dots an inch


def compiled(report: dict[str, Any], *, issued_on: date) -> bytes:
    """The report of `plain.as_plain` as a PDF, dated midnight of a day.

    Raises
    ------
    typst.TypstError : the compiler refuses it
    """
    with _run(_TEMPLATE) as compiler:
        made = compiler.compile(
            format="pdf",
            pdf_standards=[*STANDARDS],
            sys_inputs={"report": json.dumps(report), "fonts": json.dumps(FAMILIES)},
            timestamp=int(datetime.combine(issued_on, datetime.min.time(), UTC).timestamp()),
        )
    if not isinstance(made, bytes):  # pragma: no cover - a PDF is one file
        raise TypeError(type(made))
    return made


def pages_of(report: dict[str, Any]) -> int:
    """How many pages a report of `plain.as_plain` takes.

    Raises
    ------
    typst.TypstError : the compiler refuses it
    """
    with _run(_TEMPLATE) as compiler:
        made = compiler.compile(
            format="svg",
            sys_inputs={"report": json.dumps(report), "fonts": json.dumps(FAMILIES)},
        )
    return 1 if isinstance(made, bytes) else len(made or ())


def pictures(drawings: Sequence[str]) -> list[bytes]:
    """SVG drawings as PNG, sharp on paper."""
    if not drawings:
        return []
    with _run(_DRAWINGS) as compiler:
        made = compiler.compile(
            format="png",
            ppi=_SHARP,
            sys_inputs={"drawings": json.dumps(drawings), "fonts": json.dumps(FAMILIES)},
        )
    return [made] if isinstance(made, bytes) else list(made or ())


@contextmanager
def _run(name: str) -> Iterator[typst.Compiler]:
    """A compiler of its own for each run: one may not be used by two threads at a time."""
    with resources.as_file(resources.files(__package__).joinpath("typst")) as root:
        try:
            yield _compiler(root, name)
        finally:
            nothing = _compiler(root, _NOTHING)
            for _ in range(_RUNS_REMEMBERED):
                nothing.compile(format="pdf", timestamp=0)


def _compiler(root: Path, name: str) -> typst.Compiler:
    return typst.Compiler(
        str(root / name), root=str(root), font_paths=fonts(), ignore_system_fonts=True
    )
