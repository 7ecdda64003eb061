"""The structure tree of the PDF, read as a screen reader reads it."""

import io
from itertools import pairwise

import pikepdf
import pytest

from second_opinion.reports.rendering import pdf_of
from second_opinion.reports.writing.blocks import Finding, Quotation, Table
from second_opinion.reports.writing.drawn import Drawn
from tests.reports import samples

CASES = {
    "one opinion": samples.one_opinion(),
    "two opinions": samples.two_opinions(),
    "three finalists": samples.three_finalists(),
    "nothing observed": samples.two_opinions((None,) * 3, (None,) * 3),
}


@pytest.fixture(params=[(name, language) for name in CASES for language in ("en", "sv")], ids=str)
def document(request):
    name, language = request.param
    return samples.document(CASES[name], language=language)


@pytest.fixture
def elements(document):
    """Every structure element, in reading order."""
    with pikepdf.open(io.BytesIO(pdf_of(document))) as file:
        yield list(elements_under(file.Root.StructTreeRoot))


def elements_under(node):
    for child in children_of(node):
        yield child
        yield from elements_under(child)


def children_of(node):
    inner = node.get("/K", [])
    inner = list(inner) if isinstance(inner, pikepdf.Array) else [inner]
    return [each for each in inner if isinstance(each, pikepdf.Dictionary) and "/S" in each]


def of_type(elements, name):
    return [element for element in elements if str(element.S) == f"/{name}"]


def blocks(document, kind):
    return [block for part in document.parts for block in part.blocks if isinstance(block, kind)]


def test_every_drawing_is_a_figure_that_says_what_it_shows(document, elements):
    drawings = blocks(document, Drawn) + [each.drawing for each in blocks(document, Finding)]

    alts = (str(figure.Alt) for figure in of_type(elements, "Figure"))
    said = [alt.translate({0x2068: None, 0x2069: None}) for alt in alts]  # names are kept apart

    assert sorted(said) == sorted(f"{each.title}. {each.description}" for each in drawings)


def test_every_table_has_its_columns_as_header_cells(document, elements):
    heads = [len(of_type(elements_under(table), "TH")) for table in of_type(elements, "Table")]

    assert heads == [len(table.columns) for table in blocks(document, Table)]


def test_headings_never_skip_a_level(document, elements):
    levels = [int(str(each.S)[2]) for each in elements if str(each.S) in ("/H1", "/H2", "/H3")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert levels.count(2) == len(document.parts)
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_what_an_assessor_wrote_is_tagged_as_a_quotation(document, elements):
    assert len(of_type(elements, "BlockQuote")) == len(blocks(document, Quotation))


def test_footers_are_no_content(document):
    with pikepdf.open(io.BytesIO(pdf_of(document))) as file:
        for page in file.pages:
            marks = [
                str(operands[0])
                for operands, operator in pikepdf.parse_content_stream(page)
                if str(operator) in ("BMC", "BDC")
            ]
            assert "/Artifact" in marks
