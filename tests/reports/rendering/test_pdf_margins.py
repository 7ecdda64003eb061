"""Nothing that people write runs off the paper."""

import pymupdf
import pytest

from second_opinion.reports.rendering import pdf_of
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
