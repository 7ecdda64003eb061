"""Typst, called so that it is fast, gives the same bytes, and forgets what it has set.

A file claims two standards: PDF/UA-1, which a screen reader needs, and PDF/A-2a, which an archive
does. PDF/A-4 needs PDF 2.0, which PDF/UA-1 does not allow.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from importlib import resources
from typing import Any, Literal

import typst

from second_opinion.reports.rendering.fonts import FAMILIES, fonts

STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
_TEMPLATE, _NOTHING = "report.typ", "nothing.typ"
# The compiler keeps what it reckoned in the last ten runs, some 50 MB for a long report. Ten runs
# on an empty file, a few milliseconds, let it go.
_RUNS_REMEMBERED = 10


def compiled(report: dict[str, Any], *, issued_on: date) -> bytes:
    """The report of `plain.as_plain` as a PDF, dated midnight of a day.

    Raises
    ------
    typst.TypstError : the compiler refuses it
    """
    folder = resources.files(__package__).joinpath("typst")
    with resources.as_file(folder) as root:
        try:
            made = _compiler(str(root), _TEMPLATE).compile(
                format="pdf",
                pdf_standards=[*STANDARDS],
                sys_inputs={"report": json.dumps(report), "fonts": json.dumps(FAMILIES)},
                timestamp=int(datetime.combine(issued_on, datetime.min.time(), UTC).timestamp()),
            )
        finally:
            nothing = _compiler(str(root), _NOTHING)
            for _ in range(_RUNS_REMEMBERED):
                nothing.compile(format="pdf", timestamp=0)
    if not isinstance(made, bytes):  # pragma: no cover - a PDF is one file
        raise TypeError(type(made))
    return made


def _compiler(root: str, name: str) -> typst.Compiler:
    """A compiler of its own for each report: one may not be used by two threads at a time."""
    return typst.Compiler(f"{root}/{name}", root=root, font_paths=fonts(), ignore_system_fonts=True)
