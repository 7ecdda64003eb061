"""The report as one plain object: words in the reader's language, drawings as numbers.

A page, a PDF and later formats are all rendered from it, so they cannot say different things.
Texts are plain strings: whatever a person wrote in them is to appear literally.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from second_opinion.reports.writing.blocks import Block, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One chapter of the report, with an anchor to link to."""

    title: str
    anchor: str
    blocks: tuple[Block, ...]
    opens_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDocument:
    """A whole report; kicker stands above the title, facts below it.

    note_word : what a voice says before the number of a note
    isolated : names that run from the right, to be kept apart from the sentences they stand in
    """

    language: str
    kicker: str
    title: str
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
    contents_title: str
    page_words: tuple[str, str]
    footer: str
    issued_on: date
    note_word: str = ""
    isolated: tuple[str, ...] = ()
