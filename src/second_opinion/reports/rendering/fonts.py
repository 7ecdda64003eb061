"""The fonts of the printed report: the compiler's own, and packages for further scripts.

All are loaded by path and none of the system's is, so that a report looks the same, and is the
same bytes, wherever it is made.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import typst

# Packages pinned in pyproject.toml, each with its files in a folder of that name.
PACKAGES = ("fontpkg_amiri", "fontpkg_noto_sans_devanagari", "fontpkg_noto_sans_thai")

# In the order in which a character is looked for; report.typ and the drawings are set in these.
FAMILIES = (
    "Libertinus Serif",
    "Amiri",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "New Computer Modern",
    "DejaVu Sans Mono",
)


@cache
def fonts() -> typst.Fonts:
    """Read once in a process: reading them takes longer than setting a short report."""
    folders = [str(resources.files(package).joinpath("files")) for package in PACKAGES]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)
