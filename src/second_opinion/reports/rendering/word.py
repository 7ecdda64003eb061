"""The report as a Word file, for those who go on working in Word.

It is marked as a working copy on each page: the report that counts is the PDF. Headings, lists,
quotations and tables are Word's own, so that its navigation and a screen reader find them. Every
character is Word's to show: it has fonts that the PDF has not.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from docx.document import Document as WordDocument
from docx.shared import Mm

from second_opinion.reports.rendering import word_parts as parts
from second_opinion.reports.rendering.brand import brand, recoloured
from second_opinion.reports.rendering.compiler import pictures
from second_opinion.reports.rendering.drawing import draw
from second_opinion.reports.writing import notes
from second_opinion.reports.writing.blocks import (
    Answers,
    Block,
    Facts,
    Finding,
    Heading,
    Items,
    Notes,
    Paragraph,
    Quotation,
    Sides,
    Statement,
    Statements,
    Table,
)
from second_opinion.reports.writing.document import ReportDocument
from second_opinion.reports.writing.drawn import Drawn

_PICTURE, _LOGO = Mm(105), Mm(12)  # a drawing's width, a logo's height
_TEXT, _NUMBERS = 150, 31  # the width of a line, and of a column of numbers, in millimetres
_HEADING_LEVELS = {3: 2, 4: 3}  # the title is Word's Title, so a part is a heading of level 1
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def word_of(document: ReportDocument) -> bytes:
    """A .docx file; the same document gives the same bytes."""
    made = parts.empty(language=document.language)
    parts.describe(
        made,
        title=f"{document.kicker}: {document.title}",
        language=document.language,
        written_at=datetime.combine(document.issued_on, datetime.min.time()),
    )
    parts.head_and_foot(
        made,
        head=notes.working_copy(language=document.language),
        foot=document.footer,
        page_words=document.page_words,
    )
    _write(made, document)
    file = io.BytesIO()
    made.save(file)
    return _without_clock(file.getvalue())


def _write(made: WordDocument, document: ReportDocument) -> None:
    look = brand()
    logo = [look.logo.svg] if look.logo else []
    drawings = [recoloured(draw(drawing), look) for drawing in _drawings(document)]
    drawn = iter(pictures([*logo, *drawings]))
    if logo:
        parts.picture(made, next(drawn), said=look.name, height=_LOGO)
    elif look.name:
        parts.text(made, look.name, style=parts.SMALL)
    parts.text(made, document.kicker, style=parts.SMALL)
    parts.text(made, document.title, style="Title")
    parts.facts(made, [(fact.label, fact.text) for fact in document.facts])
    for part in document.parts:
        parts.heading(made, part.title, level=1, opens_page=part.opens_page, anchor=part.anchor)
        for block in part.blocks:
            for each in _opened(block):
                if isinstance(each, Drawn):
                    parts.keep_with_next(made)
                    said = f"{each.title}. {each.description}"
                    parts.picture(made, next(drawn), said=said, width=_PICTURE)
                else:
                    _block(made, each)


def _opened(block: Block) -> tuple[Block, ...]:
    """A finding stands in Word as its parts, one below the other."""
    if isinstance(block, Finding):
        return (block.heading, block.paragraph, block.drawing)
    return (block,)


def _drawings(document: ReportDocument) -> list[Drawn]:
    return [
        each
        for part in document.parts
        for block in part.blocks
        for each in _opened(block)
        if isinstance(each, Drawn)
    ]


def _block(made: WordDocument, block: Block) -> None:
    match block:
        case Heading():
            level = _HEADING_LEVELS[block.level]
            parts.heading(made, block.text, level=level, anchor=block.anchor)
        case Paragraph():
            styles = {"lead": parts.LEAD, "small": parts.SMALL, "text": "Normal"}
            parts.text(made, block.text + _numbers(block.notes), style=styles[block.tone])
        case Facts():
            parts.facts(made, [(fact.label, fact.text) for fact in block.items])
        case Items():
            parts.items(made, block.items, is_numbered=block.is_numbered)
        case Quotation():
            for paragraph in block.paragraphs:
                parts.text(made, paragraph, style="Quote", is_directed=True)
            parts.text(made, block.source, style=parts.SOURCE)
        case Table():
            parts.table(
                made,
                caption=block.caption,
                columns=block.columns,
                rows=block.rows,
                widths=_widths(block),
                numeric=block.numeric,
            )
        case _:
            _said(made, block)


def _said(made: WordDocument, block: Block) -> None:
    """What somebody answers for, and what it rests on: the two sides one below the other."""
    match block:
        case Statements():
            parts.items(made, tuple(map(_statement, block.items)), is_numbered=False)
        case Sides():
            for side in (block.left, block.right):
                parts.heading(made, side.title, level=2)
                parts.items(made, tuple(map(_statement, side.items)), is_numbered=False)
        case Answers():
            for side in block.items:
                parts.heading(made, side.title, level=3)
                for one in side.items:
                    parts.text(made, _statement(one), style="Normal", is_directed=True)
        case Notes():
            parts.sources(made, block.items)
        case _:  # pragma: no cover - drawings are set, and findings opened, before
            raise TypeError(type(block))


def _statement(one: Statement) -> str:
    remark = f" ({one.remark})" if one.remark else ""
    below = f"\n{one.below}" if one.below else ""
    return f"{one.text}{_numbers(one.notes)}{remark}{below}"


def _numbers(notes: tuple[int, ...]) -> str:
    """In brackets, for Word has no place of its own for the notes of a whole report."""
    return f" [{', '.join(map(str, notes))}]" if notes else ""


def _widths(table: Table) -> list[Mm]:
    """Of the columns: numbers take what they need, words share the rest as the document says."""
    shares = [
        0 if place in table.numeric else dict(enumerate(table.shares)).get(place, 1)
        for place in range(len(table.columns))
    ]
    rest = _TEXT - _NUMBERS * len(table.numeric)
    return [Mm(rest * share / sum(shares)) if share else Mm(_NUMBERS) for share in shares]


def _without_clock(made: bytes) -> bytes:
    """The same files in the same order, dated as every other: a zip would note the time of day."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made)) as source,
        zipfile.ZipFile(file, "w") as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return file.getvalue()
