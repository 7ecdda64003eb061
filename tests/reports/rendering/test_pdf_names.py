"""Names that run from the right turn no sentence around, neither on paper nor on the page."""

import dataclasses

import pymupdf
import pytest

from second_opinion.reports.analysis import analyse
from second_opinion.reports.rendering import page_of, pdf_of
from second_opinion.reports.writing import write_memo
from second_opinion.reports.writing.blocks import Paragraph
from second_opinion.reports.writing.document import Part
from tests.reports import samples
from tests.reports.case_files import ISSUED

ONE, OTHER = "שרה", "דוד"
ISOLATE, END = "\u2068", "\u2069"


def saying(text, *, isolated=(ONE, OTHER)):
    whole = samples.document(samples.two_opinions())
    part = Part(title="Names", anchor="names", blocks=(Paragraph(text=text),))
    return dataclasses.replace(whole, parts=(part,), isolated=isolated)


def letters(document):
    """Where on their line the first letter of each name and the figure stand, from the left."""
    with pymupdf.open(stream=pdf_of(document), filetype="pdf") as made:
        found = {
            character["c"]: character["origin"][0]
            for block in made[0].get_text("rawdict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
            for character in span["chars"]
        }
    return found[ONE[0]], found["7"], found[OTHER[0]]


def test_what_stands_between_two_names_is_printed_between_them_in_the_order_it_was_written():
    first, figure, second = letters(saying(f"{ONE} 7 {OTHER}"))

    assert first < figure < second


def test_without_the_names_told_the_sentence_would_be_turned_around():
    """So that the test above can fail: this is what a name does that is not kept apart."""
    first, figure, second = letters(saying(f"{ONE} 7 {OTHER}", isolated=()))

    assert second < figure < first


def test_drawings_on_the_page_keep_names_apart_too():
    case = samples.case(
        samples.opinion(samples.FIRST, (4, 4, 4), by="A", on=ONE), candidates=(ONE,)
    )

    page = page_of(samples.document(case))
    drawing = page[page.index("<svg") : page.index("</svg>")]

    assert f"{ISOLATE}{ONE}{END}" in drawing


@pytest.mark.parametrize("write", [write_memo])
def test_further_documents_know_the_names_too(write):
    case = samples.three_finalists()

    made = write(case, analyse(case), language="en", issued_on=ISSUED)

    assert made.isolated == ("محمد العربي",)
