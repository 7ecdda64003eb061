"""What a provider may set of a report's look: a name and a logo at its head, and one accent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from second_opinion.drawings import pen
from second_opinion.drawings.logo import Logo, read_logo

_MARKUP = re.compile(r"<[^>]*>")  # in drawings words hold neither of these signs
_DRAWN = {"drawing", "finding"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """accent, dark_accent : #rrggbb, or empty for our own"""

    name: str = ""
    logo: Logo | None = None
    accent: str = ""
    dark_accent: str = ""

    @property
    def styles(self) -> str:
        """The accent as a style sheet that comes after site.css; empty without."""
        if not self.accent:
            return ""
        light, dark = (
            f":root {{ --accent: {accent}; --accent-strong: {accent}; }}"
            for accent in (self.accent, self.dark_accent)
        )
        return f"{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}\n"


def brand() -> Brand:
    """As it is set; the files were looked through when the program started."""
    accents = settings.SECOND_OPINION_ACCENT
    return Brand(
        name=settings.SECOND_OPINION_PROVIDER_NAME.strip(),
        logo=_logo(settings.SECOND_OPINION_LOGO) if settings.SECOND_OPINION_LOGO else None,
        accent=accents[0] if accents else "",
        dark_accent=accents[1] if accents else "",
    )


def branded(plain: dict[str, Any], look: Brand) -> dict[str, Any]:
    """The document of `plain.as_plain` with its head, and its drawings in the accent."""
    plain["brand"] = {
        "name": look.name,
        "logo": look.logo.svg if look.logo else "",
        "accent": look.accent or pen.ACCENT,
    }
    for part in plain["parts"]:
        for block in part["blocks"]:
            if block["kind"] in _DRAWN:
                drawing = block.get("drawing", block)
                drawing["svg"] = recoloured(drawing["svg"], look)
    return plain


def recoloured(svg: str, look: Brand) -> str:
    """A drawing in the accent; only markup is touched, never words."""
    if not look.accent:
        return svg
    return _MARKUP.sub(lambda tag: tag[0].replace(f'"{pen.ACCENT}"', f'"{look.accent}"'), svg)


@cache
def _logo(path: Path) -> Logo:
    return read_logo(path)
