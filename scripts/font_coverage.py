"""Find out anew which characters the fonts of the printed report can show.

    python scripts/font_coverage.py             write coverage.txt for what is installed
    python scripts/font_coverage.py --check     write nothing; fail if it would change

Typst does not tell which characters it can show, and one that no font has stops a tagged compile.
So every assigned code point is compiled, many at a time, halving what is refused. It takes about
a minute and is due when the requirement on typst or on a font changes.
"""

from __future__ import annotations

import importlib.metadata
import json
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import typst

from second_opinion.reports.rendering.compiler import STANDARDS
from second_opinion.reports.rendering.fonts import FAMILIES, PACKAGES, fonts

TARGET = (
    Path(__file__).parent.parent / "src/second_opinion/reports/rendering/typst" / "coverage.txt"
)
HEADER = """\
# Code points, as hexadecimal ranges, that the fonts of the printed report can display.
# Found by compiling each assigned code point outside the large Han and Hangul blocks as PDF/UA-1
# with typst {version} and the packages below; marks behind the letter a. Whatever is not listed is
# printed as its code point.
# {packages}
"""
TEMPLATE = """\
#set document(title: "Coverage")
#set text(lang: "en", font: json(bytes(sys.inputs.fonts)))
#let characters = json(bytes(sys.inputs.characters))
#for character in characters [#character #text(weight: 600, character) ]
"""
LARGE_BLOCKS = ((0x3400, 0x9FFF), (0xAC00, 0xD7A3), (0x20000, 0x3FFFF))
NEVER_SHOWN = ("Cc", "Cs", "Co", "Cn")
AT_A_TIME = 512


def code_points() -> Iterator[int]:
    """What is assigned and may be text."""
    for point in range(0x20, 0x110000):
        in_large_block = any(first <= point <= last for first, last in LARGE_BLOCKS)
        if not in_large_block and unicodedata.category(chr(point)) not in NEVER_SHOWN:
            yield point


def shown(points: Sequence[int], compiler: typst.Compiler) -> list[int]:
    """Those of the points that compile."""
    try:
        characters = [_in_context(chr(point)) for point in points]
        compiler.compile(
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=0,
            sys_inputs={"characters": json.dumps(characters), "fonts": json.dumps(FAMILIES)},
        )
    except typst.TypstError:
        if len(points) == 1:
            return []
        middle = len(points) // 2
        return shown(points[:middle], compiler) + shown(points[middle:], compiler)
    return list(points)


def document() -> str:
    """The file's text for the wheel that is installed."""
    everything = list(code_points())
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "coverage.typ"
        source.write_text(TEMPLATE, encoding="utf-8")
        compiler = typst.Compiler(str(source), font_paths=fonts(), ignore_system_fonts=True)
        found = [
            point
            for start in range(0, len(everything), AT_A_TIME)
            for point in shown(everything[start : start + AT_A_TIME], compiler)
        ]
    header = HEADER.format(
        version=importlib.metadata.version("typst"),
        packages=", ".join(
            f"{name} {importlib.metadata.version(name)}"
            for name in (package.replace("_", "-") for package in PACKAGES)
        ),
    )
    return header + "".join(f"{line}\n" for line in _ranges(found))


def _in_context(character: str) -> str:
    return f"a{character}" if unicodedata.category(character).startswith("M") else character


def _ranges(points: Sequence[int]) -> Iterator[str]:
    first = last = points[0]
    for point in [*points[1:], -1]:
        if point != last + 1:
            yield f"{first:X}" if first == last else f"{first:X}-{last:X}"
            first = point
        last = point


if __name__ == "__main__":
    text = document()
    if "--check" not in sys.argv:
        TARGET.write_text(text, encoding="utf-8")
    elif TARGET.read_text(encoding="utf-8") != text:
        sys.exit(f"{TARGET.name} is out of date; run: python scripts/font_coverage.py")
