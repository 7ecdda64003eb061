"""What a Word file is put together from; python-docx where it knows how, else Word's own XML."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from datetime import datetime

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph

from second_opinion.drawings import pen
from second_opinion.reports.writing.blocks import Note

LEAD, SMALL, SOURCE, FACT = "Report Lead", "Report Small", "Report Source", "Report Fact"
_FONT, _LABEL = "Cambria", Mm(48)
_INK, _QUIET = (RGBColor.from_string(tone[1:].upper()) for tone in (pen.INK, pen.QUIET))
_LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}
_SIZES = {"Title": 21, "Heading 1": 14, "Heading 2": 11.5, "Heading 3": 10.5}


def empty(*, language: str) -> WordDocument:
    """An A4 file with the report's styles in its language."""
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(30)
    section.top_margin = section.bottom_margin = Mm(26)
    _style(made, "Normal", size=10.5, after=6)
    for name, size in _SIZES.items():
        _style(made, name, size=size, before=0 if name == "Title" else 14, after=4, is_bold=True)
        borders = made.styles[name].element.find(qn("w:pPr")).find(qn("w:pBdr"))
        if borders is not None:
            borders.getparent().remove(borders)
    _style(made, "Quote", size=10.5, after=4, indent=Mm(6))
    _style(made, "Caption", size=9.5, before=8, after=3, is_quiet=True)
    _style(made, LEAD, size=12, after=6)
    _style(made, SMALL, size=9.5, after=6, is_quiet=True)
    _style(made, SOURCE, size=9.5, after=8, indent=Mm(6), is_quiet=True)
    _style(made, FACT, size=10, after=3, indent=_LABEL, first=-_LABEL)
    made.styles[FACT].paragraph_format.tab_stops.add_tab_stop(_LABEL)
    _speak(made, _LANGUAGES[language])
    return made


def describe(made: WordDocument, *, title: str, language: str, written_at: datetime) -> None:
    properties = made.core_properties
    properties.title, properties.language = title, _LANGUAGES[language]
    properties.author = properties.last_modified_by = "Second Opinion"
    properties.comments = ""
    properties.created = properties.modified = written_at


def head_and_foot(made: WordDocument, *, head: str, foot: str, page_words: tuple[str, str]) -> None:
    section = made.sections[0]
    above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
    above.style = below.style = made.styles[SMALL]
    above.add_run(head)
    below.add_run(f"{foot} \N{MIDDLE DOT} {page_words[0]} ")
    _field(below, "PAGE")
    below.add_run(f" {page_words[1]} ")
    _field(below, "NUMPAGES")


def heading(
    made: WordDocument, words: str, *, level: int, opens_page: bool = False, anchor: str = ""
) -> None:
    """Anchor : the place that a link leads to; empty where none does"""
    paragraph = text(made, words, style=f"Heading {level}")
    paragraph.paragraph_format.page_break_before = opens_page
    if anchor:
        _mark(paragraph, anchor, number=len(made.element.body))


def text(made: WordDocument, words: str, *, style: str, is_directed: bool = False) -> WordParagraph:
    """A paragraph; of somebody's own words, in the direction of the script they begin in."""
    paragraph = made.add_paragraph(style=style)
    paragraph.add_run(words)
    if is_directed and _is_rtl(words):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for run in paragraph.runs:
            run.font.rtl = True
    return paragraph


def facts(made: WordDocument, statements: Sequence[tuple[str, str]]) -> None:
    """Labels and statements, as paragraphs with a hanging label: they are no table."""
    for label, words in statements:
        paragraph = made.add_paragraph(style=FACT)
        paragraph.add_run(f"{label}\t").font.color.rgb = _QUIET
        paragraph.add_run(words)


def sources(made: WordDocument, notes: Sequence[Note]) -> None:
    """What each number rests on, with a link to where the whole of it stands."""
    for note in notes:
        paragraph = made.add_paragraph(style=FACT)
        paragraph.add_run(f"{note.number}\t").font.color.rgb = _QUIET
        paragraph.add_run(f"{note.text} " if note.target else note.text)
        if note.target:
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), _place(note.target))
            run = paragraph.add_run(note.target_title)
            run.font.underline = True
            link.append(run._r)
            paragraph._p.append(link)


def items(made: WordDocument, lines: Sequence[str], *, is_numbered: bool) -> None:
    """A list of Word's own; a numbered one begins anew at 1."""
    number = _numbering_anew(made) if is_numbered else None
    for line in lines:
        style = "List Number" if is_numbered else "List Bullet"
        paragraph = text(made, line, style=style, is_directed=True)
        if number is not None:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = number


def table(
    made: WordDocument,
    *,
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[Length],
    numeric: Sequence[int],
) -> None:
    """A table whose first row is its head, repeated on each page, under its caption."""
    text(made, caption, style="Caption").paragraph_format.keep_with_next = True
    grid = made.add_table(rows=1 + len(rows), cols=len(columns))
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for cells, words in zip(grid.rows, (columns, *rows), strict=True):
        for place, (cell, each) in enumerate(zip(cells.cells, words, strict=True)):
            cell.width = widths[place]
            paragraph = cell.paragraphs[0]
            paragraph.style = made.styles[SMALL]
            paragraph.paragraph_format.space_before = Pt(2)
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.add_run(each).bold = cells is grid.rows[0] or None
            if place in numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for row in grid.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    grid.autofit = False
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    properties = grid._tbl.tblPr
    properties.append(_hairlines())
    said = OxmlElement("w:tblCaption")
    said.set(qn("w:val"), caption)
    properties.append(said)
    made.add_paragraph(style=SMALL).paragraph_format.space_after = Pt(0)


def keep_with_next(made: WordDocument) -> None:
    """What was written last stays on a page with what comes next."""
    made.paragraphs[-1].paragraph_format.keep_with_next = True


def picture(
    made: WordDocument,
    png: bytes,
    *,
    said: str,
    width: Length | None = None,
    height: Length | None = None,
) -> None:
    """A picture with its alternative text; the side that is not given follows from its shape."""
    shape = made.add_picture(io.BytesIO(png), width=width, height=height)
    properties = shape._inline.docPr
    properties.set("descr", said)


def _style(
    made: WordDocument,
    name: str,
    *,
    size: float,
    before: float = 0,
    after: float = 0,
    indent: Length | None = None,
    first: int | None = None,
    is_bold: bool = False,
    is_quiet: bool = False,
) -> None:
    known = name in [style.name for style in made.styles]
    style = made.styles[name] if known else made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not isinstance(style, ParagraphStyle):  # pragma: no cover - they are
        raise TypeError(name)
    font, paragraph = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = _FONT, Pt(size), is_bold, False
    font.color.rgb = _QUIET if is_quiet else _INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    paragraph.space_before, paragraph.space_after = Pt(before), Pt(after)
    paragraph.left_indent, paragraph.first_line_indent = indent, first


def _speak(made: WordDocument, language: str) -> None:
    """The language of all text that names none of its own."""
    for found in made.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), language)


def _hairlines() -> BaseOxmlElement:
    """Rules between rows, and none between columns."""
    borders = OxmlElement("w:tblBorders")
    for place in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{place}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", pen.RULE[1:])):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    return borders


def _mark(paragraph: WordParagraph, anchor: str, *, number: int) -> None:
    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for one in (begin, end):
        one.set(qn("w:id"), str(number))
    begin.set(qn("w:name"), _place(anchor))
    paragraph._p.append(begin)
    paragraph._p.append(end)


def _place(anchor: str) -> str:
    """Word's names of places know no hyphen."""
    return anchor.replace("-", "_")


def _field(paragraph: WordParagraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    field.append(OxmlElement("w:r"))
    field[0].append(OxmlElement("w:t"))
    field[0][0].text = "1"
    paragraph._p.append(field)


def _numbering_anew(made: WordDocument) -> int:
    """A numbering of its own with the look of the style List Number."""
    numbering = made.part.numbering_part.element
    style = made.styles["List Number"].element
    of_style = style.find(qn("w:pPr")).find(qn("w:numPr")).find(qn("w:numId"))
    source = numbering.num_having_numId(of_style.val)
    number = numbering.add_num(source.abstractNumId.val)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def _is_rtl(words: str) -> bool:
    strong = (unicodedata.bidirectional(letter) for letter in words)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"
