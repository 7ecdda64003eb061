"""The report as a tagged PDF (PDF/UA-1) fit for an archive (PDF/A-2a), by Typst.

The words go in as data, never as markup. The same document gives the same bytes: the fonts are
pinned and the timestamp is the day of issue.
"""

from __future__ import annotations

import dataclasses
import re

import typst

from second_opinion.reports.errors import ReportError
from second_opinion.reports.rendering.brand import brand, branded
from second_opinion.reports.rendering.characters import VisibleText
from second_opinion.reports.rendering.compiler import compiled
from second_opinion.reports.rendering.isolating import kept_apart
from second_opinion.reports.rendering.plain import as_plain
from second_opinion.reports.writing import notes
from second_opinion.reports.writing.characters import with_every_text
from second_opinion.reports.writing.document import Part, ReportDocument

_WITHOUT_GLYPH = re.compile(r"the text `(\".*?\")` could not be displayed", re.DOTALL)


def pdf_of(document: ReportDocument) -> bytes:
    """A PDF/UA-1 and PDF/A-2a file; a character that no font has is listed, its code point shown.

    Raises
    ------
    ReportError : the compiler refuses the document for another reason
    """
    without_glyph: frozenset[str] = frozenset()
    while True:
        try:
            visible = _shown(document, without_glyph)
            shown = branded(kept_apart(as_plain(visible), visible), brand())
            return compiled(shown, issued_on=document.issued_on)
        except typst.TypstError as refused:
            named = _characters_named(str(refused))
            if not named - without_glyph:
                raise ReportError(f"The PDF could not be made: {refused}.") from refused
            without_glyph |= named  # grows at every turn, so this ends


def _characters_named(message: str) -> frozenset[str]:
    """What the compiler says it has no glyph for; plain ASCII always has one."""
    found = _WITHOUT_GLYPH.search(message)
    return frozenset(character for character in (found[1] if found else "") if ord(character) > 127)


def _shown(document: ReportDocument, without_glyph: frozenset[str]) -> ReportDocument:
    visible = VisibleText(also=without_glyph)
    shown = with_every_text(document, visible.of)
    if not visible.replaced:
        return shown
    blocks = notes.replaced(visible.replaced, language=document.language)
    *others, last = shown.parts
    if last.anchor == "notes":
        noted = dataclasses.replace(last, blocks=(*last.blocks, *blocks))
        return dataclasses.replace(shown, parts=(*others, noted))
    title = notes.title(language=document.language)
    return dataclasses.replace(
        shown, parts=(*shown.parts, Part(title=title, anchor="notes", blocks=blocks))
    )
