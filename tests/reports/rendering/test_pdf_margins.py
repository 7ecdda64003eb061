"""Nothing that people write runs off the paper."""

import dataclasses

import pymupdf
import pytest

from second_opinion.reports.rendering import pdf_of
from second_opinion.reports.writing.blocks import Items, Paragraph, Table
from tests.reports import samples
from tests.reports.case_files import FIRST

MM = 72 / 25.4
LEFT, RIGHT, FOOT = 30 * MM, 180 * MM, 291 * MM
# a line holds about ninety of these: some words are just too wide for a quotation, or for a list
WORDS = " ".join("n" * length for length in range(60, 100))


def outside(source):
    with pymupdf.open(stream=pdf_of(samples.document(source)), filetype="pdf") as paper:
        return [
            word
            for page in paper
            for left, _top, right, bottom, word, *_place in page.get_text("words")
            if left < LEFT - 1 or right > RIGHT + 1 or bottom > FOOT + 1
        ]


def test_words_about_as_wide_as_a_line_are_broken_in_quotations_and_lists():
    spoken = samples.opinion(FIRST, (4, 4, 4), by="Maria", evidence=(WORDS,), conclusion=WORDS)

    assert outside(samples.case(spoken, open_questions=(WORDS,))) == []


@pytest.mark.parametrize("letter", ["x", "word ", "line\n", "中"])
def test_a_long_role_and_reference_leave_the_paper_below_the_foot_white(letter):
    source = samples.two_opinions(role=letter * 300, reference=letter * 300)

    with pymupdf.open(stream=pdf_of(samples.document(source)), filetype="pdf") as paper:
        below = [page.get_pixmap(clip=(0, FOOT + 1, *page.rect[2:])) for page in paper]

    assert len(below) > 3
    assert all(strip.is_unicolor for strip in below)


def test_an_ordinary_word_stays_whole_in_a_table_of_many_sources():
    sources = ("första", "andra", "formulär", "test", "arbetsprov", "referens")
    table = Table(
        caption="Poäng per kriterium och källa",
        columns=("Kriterium", *sources, "isär"),
        rows=(("Kvalitet och säkerhet", *("inte observerat",) * len(sources), "0"),),
        shares=(5, *[3] * len(sources), 2),
    )

    assert words_in(with_blocks(table)).count("observerat") == len(sources)


def test_a_short_list_is_not_parted_between_two_pages():
    points = Items(items=tuple(f"Punkt {number}" for number in range(6)))

    for lines in range(16, 40):
        filling = tuple(Paragraph(text="Rad.") for _ in range(lines))
        with pymupdf.open(stream=pdf_of(with_blocks(*filling, points)), filetype="pdf") as paper:
            holding = [page.number for page in paper if "Punkt" in page.get_text()]
        assert len(holding) == 1


def with_blocks(*blocks):
    document = samples.document(samples.two_opinions())
    part = dataclasses.replace(document.parts[-1], blocks=blocks)
    return dataclasses.replace(document, parts=(part,))


def words_in(document):
    with pymupdf.open(stream=pdf_of(document), filetype="pdf") as paper:
        return [word for page in paper for *_, word, _b, _l, _w in page.get_text("words")]
