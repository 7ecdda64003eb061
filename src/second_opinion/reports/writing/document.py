"""The report as one plain object: words in the reader's language, drawings as numbers.

A page, a PDF and later formats are all rendered from it, so they cannot say different things.
Texts are plain strings: whatever a person wrote in them is to appear literally.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One opinion's score; place is 0 for the first opinion, 1 for the second, and so on."""

    value: float
    value_label: str
    label: str
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """An interval with its most likely value; a faint one is shown for comparison only."""

    label: str
    low: float
    mean: float
    high: float
    mean_label: str
    is_faint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A level drawn across the ruler."""

    value: float
    label: str
    is_minimum: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Dots and intervals on a ruler; the title says the finding, the description says it all."""

    kind: ClassVar[str] = "drawing"

    title: str
    description: str
    scale_low: float
    scale_high: float
    dots_label: str = ""
    dots: tuple[Dot, ...] = ()
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """One criterion with each opinion's score, and what is said of their difference."""

    name: str
    dots: tuple[Dot, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Several values of several things, row by row on one ruler: opinions on each criterion, say.

    key : whose mark is whose, by place; bar : None where there is no level to reach
    """

    kind: ClassVar[str] = "drawing"

    title: str
    description: str
    scale_low: float
    scale_high: float
    bar: Mark | None
    rows: tuple[AgreementRow, ...]
    key: tuple[str, ...]
    ticks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """One criterion, and for each source whether it was seen, not seen, or not looked for."""

    name: str
    cells: tuple[Literal["seen", "not seen", "not asked"], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Criteria by sources; key says what a filled and an open square mean."""

    kind: ClassVar[str] = "drawing"

    title: str
    description: str
    sources: tuple[str, ...]
    rows: tuple[CoverageRow, ...]
    key: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HundredRow:
    """How many of a hundred, under one way of doing it; words say the number."""

    name: str
    count: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hundreds:
    """A grid of a hundred for each row; key says what a filled and an open square mean."""

    kind: ClassVar[str] = "drawing"

    title: str
    description: str
    rows: tuple[HundredRow, ...]
    key: tuple[str, str]


Drawn = Drawing | Agreement | Coverage | Hundreds


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A title inside a part, with an anchor to link to; level 3 or 4."""

    kind: ClassVar[str] = "heading"

    level: Literal[3, 4]
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text. A lead opens a part; small print stands back.

    notes : the numbers of what it rests on, in the document's `Notes`
    """

    kind: ClassVar[str] = "paragraph"

    text: str
    tone: Literal["lead", "text", "small"] = "text"
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A labelled statement."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Statements that are looked up rather than read through."""

    kind: ClassVar[str] = "facts"

    items: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list; numbered where the order is the client's own."""

    kind: ClassVar[str] = "items"

    items: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """What an assessor wrote, in paragraphs, and who wrote it."""

    kind: ClassVar[str] = "quotation"

    paragraphs: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence with what it rests on, by number; the remark stands back behind it.

    below : what belongs to it and stands on a line of its own
    """

    text: str
    notes: tuple[int, ...] = ()
    remark: str = ""
    below: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """Sentences that somebody answers for, one under another; language where it is another."""

    kind: ClassVar[str] = "statements"

    items: tuple[Statement, ...]
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two columns: a title and its sentences."""

    title: str
    items: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """For and against beside each other, on paper and on a wide screen."""

    kind: ClassVar[str] = "sides"

    left: Side
    right: Side
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Questions with their answers."""

    kind: ClassVar[str] = "answers"

    items: tuple[Side, ...]
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a number or a sentence rests on, and where in the report more of it stands.

    target : the anchor of a part or heading; empty where there is none
    """

    number: int
    text: str
    target: str = ""
    target_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """All sources that sentences point to by number."""

    kind: ClassVar[str] = "notes"

    items: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under headings; the first cell of a row names it.

    numeric : columns, from 0, that are set flush right and take the width they need
    shares : how the columns of words share the rest of a line, where not alike
    """

    kind: ClassVar[str] = "table"

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    shares: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is found of one candidate: the words, with their drawing beside them."""

    kind: ClassVar[str] = "finding"

    heading: Heading
    paragraph: Paragraph
    drawing: Drawing


Block = (
    Agreement
    | Answers
    | Coverage
    | Drawing
    | Facts
    | Finding
    | Heading
    | Hundreds
    | Items
    | Notes
    | Paragraph
    | Quotation
    | Sides
    | Statements
    | Table
)


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
