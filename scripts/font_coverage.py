"""Which characters the fonts inside the Typst wheel have: writes coverage.json for the reports.

Typst does not tell, and a character that no font has stops a tagged compile. The fonts lie as plain
OpenType files inside the wheel's library; their character maps are read from there. Run it after
the typst requirement has changed; a test says so when it is due.
"""

from __future__ import annotations

import importlib.metadata
import io
import json
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

TARGET = Path(__file__).parents[1] / "src/second_opinion/reports/rendering/typst/coverage.json"
FAMILIES = ("Libertinus Serif", "NewComputerModern", "DejaVu Sans Mono")
# what people wrote is set upright, in the text's weight or, in titles, the nearest bolder one
STYLES = {
    "Libertinus Serif": (("Regular", 400), ("Regular", 600)),
    "NewComputerModern": (("Regular", 400), ("Bold", 700)),
    "DejaVu Sans Mono": (("Book", 400), ("Bold", 700)),
}
TYPST_NAMES = {"NewComputerModern": "New Computer Modern"}
SIGNATURES = (b"OTTO", b"\x00\x01\x00\x00")
TAG = re.compile(rb"[A-Za-z0-9/ ]{4}")


def embedded_fonts(library: bytes) -> Iterator[TTFont]:
    """Every OpenType file that stands in a library's bytes."""
    for signature in SIGNATURES:
        start = library.find(signature)
        while start >= 0:
            length = _length(library, start)
            if length:
                yield TTFont(io.BytesIO(library[start : start + length]), lazy=True)
            start = library.find(signature, start + 4)


def coverage(library: bytes) -> dict[str, list[list[int]]]:
    """Family -> runs [first, last] of code points that each style in use has."""
    found: dict[tuple[str, str, int], set[int]] = {}
    for font in embedded_fonts(library):
        names = font["name"]
        family = names.getDebugName(16) or re.sub("10$", "", names.getDebugName(1))
        style = names.getDebugName(17) or names.getDebugName(2)
        weight = font["OS/2"].usWeightClass
        style = style if style in ("Bold", "Book") else re.sub("Semibold", "Regular", style)
        found.setdefault((family, style, weight), set(font.getBestCmap()))
    return {
        TYPST_NAMES.get(family, family): _runs(
            set.intersection(*(found[family, *style] for style in STYLES[family]))
        )
        for family in FAMILIES
    }


def document() -> str:
    """The file's text for the Typst wheel that is installed."""
    (library,) = Path(typst.__file__).parent.glob("_typst*.so")
    content = {
        "source": f"character maps of the fonts inside typst {importlib.metadata.version('typst')},"
        " read by scripts/font_coverage.py",
        "families": coverage(library.read_bytes()),
    }
    return json.dumps(content, separators=(",", ":")) + "\n"


def _length(library: bytes, start: int) -> int:
    """Bytes of the font that starts here, or 0 where none does."""
    (n_tables,) = struct.unpack_from(">H", library, start + 4)
    if not 8 <= n_tables <= 40:
        return 0
    end, tags = 0, set()
    for index in range(n_tables):
        tag, _checksum, offset, length = struct.unpack_from(
            ">4sLLL", library, start + 12 + 16 * index
        )
        if not TAG.fullmatch(tag) or start + offset + length > len(library):
            return 0
        tags.add(tag)
        end = max(end, offset + length)
    return end + 4 if {b"cmap", b"name", b"OS/2"} <= tags else 0


def _runs(points: set[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for point in sorted(points):
        if runs and runs[-1][1] == point - 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return runs


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(0 if TARGET.read_text() == document() else "coverage.json is out of date")
    TARGET.write_text(document())
