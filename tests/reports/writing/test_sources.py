"""Numbers of notes: in the order in which a reader meets them, and none missing on page one."""

import dataclasses
import re

import pytest

from second_opinion.ingest.case_file import SentenceEntry, SourceEntry, SourceKind, WrittenEntry
from second_opinion.reports.writing.blocks import Answers, Finding, Heading, Notes, Paragraph, Sides
from tests.reports import samples

RATING = SourceEntry(kind=SourceKind.RATING, criterion="Judgement", by=samples.MARIA)
ANCHOR = SourceEntry(kind=SourceKind.ANCHOR, criterion="Judgement", level=5)
WRITTEN = WrittenEntry(
    candidate=samples.ANNA,
    language="en",
    reasons=(SentenceEntry(text="Tests what she is told.", sources=(ANCHOR, RATING)),),
)
CASES = {
    "two opinions": samples.two_opinions(written=(WRITTEN,)),
    "three finalists": samples.three_finalists(written=(WRITTEN,)),
    "declared": samples.declared(),
}


@pytest.fixture(params=CASES)
def document(request):
    return samples.document(CASES[request.param])


def met(value):
    """Every number of a note in running text, as it is read."""
    if isinstance(value, tuple):
        return [number for each in value for number in met(each)]
    if isinstance(value, Notes) or not dataclasses.is_dataclass(value):
        return []
    return [
        number
        for field in dataclasses.fields(value)
        for number in (
            getattr(value, field.name) if field.name == "notes" else met(getattr(value, field.name))
        )
    ]


def test_notes_are_numbered_as_they_are_met_and_each_is_listed_once(document):
    (listed,) = (
        block for part in document.parts for block in part.blocks if isinstance(block, Notes)
    )
    numbers = [note.number for note in listed.items]

    assert list(dict.fromkeys(met(document.parts))) == numbers
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_number_of_a_note_leads_to_what_it_was_given_for():
    document = samples.document(CASES["two opinions"])
    told = {
        note.number: note.text
        for part in document.parts
        for block in part.blocks
        if isinstance(block, Notes)
        for note in block.items
    }
    (sides,) = (block for block in document.parts[0].blocks if isinstance(block, Sides))

    said = {told[number] for number in sides.left.items[0].notes}

    assert any("what level 5 looks like" in text for text in said)
    assert any("Maria Öberg, first opinion, on Judgement" in text for text in said)


def test_every_figure_on_page_one_has_the_number_of_its_source(document):
    answer = document.parts[0]
    notes = {
        note.number: note.target
        for part in document.parts
        for block in part.blocks
        if isinstance(block, Notes)
        for note in block.items
    }
    anchors = {part.anchor for part in document.parts} | {
        block.anchor
        for part in document.parts
        for block in part.blocks
        if isinstance(block, Heading)
    }

    naked = [one.text for one in said_in(answer) if re.search(r"\d", one.text) and not one.notes]

    assert naked == []
    assert set(notes.values()) <= anchors  # the first click leads to the note, the second here


def said_in(part):
    """Paragraphs and sentences that hold figures; a client's question is the client's."""
    for block in part.blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Finding):
            yield block.paragraph
        elif isinstance(block, Sides):
            yield from (*block.left.items, *block.right.items)
        elif isinstance(block, Answers):
            yield from (one for side in block.items for one in side.items)
