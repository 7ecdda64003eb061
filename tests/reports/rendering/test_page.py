import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from second_opinion.reports.analysis import analyse
from second_opinion.reports.rendering import render_page
from tests.reports.case_files import ISSUED, TWO_OPINIONS, a_case, about, an_opinion

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Outline(HTMLParser):
    """Tags with their attributes, headings with their text, and whether all tags close."""

    def __init__(self, source):
        super().__init__()
        self.tags, self.headings, self.text, self._open = [], [], [], []
        self.feed(source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self._open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append([int(tag[1]), ""])

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, text):
        self.text.append(text)
        if self._open and re.fullmatch("h[1-6]", self._open[-1]):
            self.headings[-1][1] += text

    def all_of(self, tag):
        return [attributes for each, attributes in self.tags if each == tag]


def page(case, language="en"):
    return render_page(case, analyse(case), language=language, issued_on=ISSUED)


@pytest.mark.parametrize("language", ["en", "sv"])
def test_page_says_its_language_and_title(language):
    source = page(a_case(), language=language)

    outline = Outline(source)
    assert outline.all_of("html") == [{"lang": language}]
    assert "<title>Second opinion: Head of Finance</title>" in source


def test_page_stands_alone():
    outline = Outline(page(a_case()))

    assert outline.all_of("link") == []
    assert outline.all_of("script") == []
    assert outline.all_of("img") == []
    assert not re.search(r"url\(|@import", page(a_case()))
    assert "--accent" in page(a_case())


def test_headings_form_a_tree_under_one_title():
    levels = [
        level
        for level, _text in Outline(
            page(a_case(*TWO_OPINIONS, *about("Alex"), candidates=("Kim", "Alex")))
        ).headings
    ]

    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_contents_lead_to_what_is_there():
    outline = Outline(page(a_case()))

    ids = [attributes["id"] for _tag, attributes in outline.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [attributes["href"] for attributes in outline.all_of("a")]
    assert targets
    assert {target.removeprefix("#") for target in targets} <= set(ids)


def test_every_drawing_is_named_and_every_table_has_caption_and_headers():
    outline = Outline(page(a_case()))

    drawings, tables = outline.all_of("svg"), outline.all_of("table")
    assert len(drawings) == 7  # the whole, three of the candidate, one of each criterion
    assert all(drawing["role"] == "img" for drawing in drawings)
    assert len(outline.all_of("caption")) == len(tables)
    assert all(cell.get("scope") in {"col", "row"} for cell in outline.all_of("th"))


@pytest.mark.parametrize(
    "nasty", ["<script>alert(1)</script>", "{{ 7|add:7 }} {% now 'Y' %}", "a & b < c > d \" '"]
)
def test_words_of_people_appear_literally(nasty):
    opinion = an_opinion((4, 4, 4), assessor=nasty, candidate=nasty, evidence=(nasty,))

    outline = Outline(page(a_case(opinion, role=nasty, candidates=(nasty,))))

    assert nasty in "".join(outline.text)
    assert outline.headings[0][1] == nasty
    assert outline.all_of("script") == []


def test_characters_of_any_script_stand_as_they_were_written():
    name = "李小龙 محمد 😀"

    source = page(a_case(an_opinion((4, 4, 4), candidate=name), candidates=(name,)))

    assert name in source
    assert "[U+" not in source
