"""What was changed in the text on its way to the page."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import override

from second_opinion.reports.writing.blocks import Block, Items, Paragraph
from second_opinion.reports.writing.document import Part

_MOST_LISTED = 200


def on_text(blocks: tuple[Block, ...]) -> Part:
    """The closing chapter."""
    return Part(title=_("Notes on the text"), anchor="notes", blocks=blocks)


def disallowed_removed() -> Paragraph:
    """Said where somebody wrote characters that must not stand in a document."""
    return Paragraph(
        text=_(
            "Invisible control characters stood in the text that was given to us. They have been "
            "removed; nothing that can be read was changed."
        )
    )


def replaced(characters: tuple[str, ...], *, language: str) -> tuple[Block, ...]:
    """The characters that no font of the printed report has, with their names."""
    with override(language):
        listed = [
            f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
            for character in characters[:_MOST_LISTED]
        ]
        if len(characters) > _MOST_LISTED:
            listed.append(_("and %(more)d more") % {"more": len(characters) - _MOST_LISTED})
        return (
            Paragraph(
                text=_(
                    "The fonts of this file lack the characters below. Where they were written, "
                    "their code points stand in square brackets. The report's page shows them as "
                    "they were written."
                )
            ),
            Items(items=tuple(listed)),
        )


def title(*, language: str) -> str:
    """The closing chapter's title, for a chapter added after the writing."""
    with override(language):
        return _("Notes on the text")


def working_copy(*, language: str) -> str:
    """What stands on each page of a file that can be changed."""
    with override(language):
        return _("Working copy, open to changes. The report that counts is the PDF.")
