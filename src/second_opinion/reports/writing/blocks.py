"""What a part of a report is made of: headings, text, lists, tables, and what is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from second_opinion.reports.writing.drawn import Agreement, Coverage, Drawing, Hundreds


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
