"""The answer is to stand on one page: counted as the whole report would print it."""

import pymupdf
import pytest

from second_opinion.ingest.case_file import SentenceEntry, WrittenEntry
from second_opinion.reports.rendering import pages_of_answer, pdf_of
from tests.reports import samples


def written(words):
    sentences = tuple(SentenceEntry(text=f"{n}. {words}") for n in range(3))
    return WrittenEntry(candidate=samples.ANNA, language="en", reasons=sentences, risks=sentences)


CASES = {
    "short": samples.two_opinions(written=(written("Led the change."),)),
    "long": samples.two_opinions(written=(written("Led the change, and explained it. " * 40),)),
    "very long": samples.two_opinions(written=(written("Said it again and again. " * 160),)),
    "three finalists": samples.three_finalists(),
}


def first_page_of_the_next_chapter(document):
    with pymupdf.open(stream=pdf_of(document), filetype="pdf") as made:
        title = document.parts[1].title
        return next(n for n, page in enumerate(made) if title in page.get_text())


@pytest.mark.parametrize("name", CASES)
def test_as_many_pages_are_counted_as_stand_before_the_next_chapter(name):
    document = samples.document(CASES[name])

    assert pages_of_answer(document) == first_page_of_the_next_chapter(document)


def test_a_short_answer_takes_one_page_and_a_long_one_more():
    assert pages_of_answer(samples.document(CASES["short"])) == 1
    assert pages_of_answer(samples.document(CASES["very long"])) > 1
