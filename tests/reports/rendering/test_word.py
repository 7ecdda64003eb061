import io
import shutil
import subprocess
import zipfile
from itertools import pairwise

import docx
import pymupdf
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from second_opinion.reports.rendering import word_of
from second_opinion.reports.writing.blocks import Finding, Items, Notes, Quotation, Table
from second_opinion.reports.writing.characters import every_text
from second_opinion.reports.writing.drawn import Drawn
from tests.reports import samples
from tests.reports.rendering.in_word import faults_of, links_in, text_of

CASES = {
    "two opinions": samples.two_opinions(open_questions=("Can she?", "Will she?")),
    "three finalists": samples.three_finalists(open_questions=("Who of them?",)),
    "nothing observed": samples.two_opinions((None,) * 3, (None,) * 3),
}
TONES = ("lead", "text", "small")
INTO_PDF = ("--headless", "--convert-to", "pdf", "--outdir")
NASTY = "<w:p/> {{ 7*7 }} {% now %} #set text(red) $x$ & \" ' ]]> \\n =1+1"


@pytest.fixture(params=[(name, language) for name in CASES for language in ("sv", "en")], ids=str)
def document(request):
    name, language = request.param
    return samples.document(CASES[name], language=language)


def read(document):
    return docx.Document(io.BytesIO(word_of(document)))


def of_style(made, prefix):
    return [one.text for one in made.paragraphs if one.style.name.startswith(prefix)]


def drawings_of(document):
    return blocks(document, Drawn) + [one.drawing for one in blocks(document, Finding)]


def read_texts(document):
    """All that a reader reads: no anchors, and no captions of contents, pages and notes."""
    head = (document.title, *(text for fact in document.facts for text in every_text(fact)))
    hidden = {*TONES, document.language, *anchors_of(document)}
    texts = (text for part in document.parts for text in every_text(part))
    return [*head, *(text for text in texts if text.strip() and text not in hidden)]


def anchors_of(document):
    for part in document.parts:
        yield part.anchor
        for block in part.blocks:
            yield getattr(block, "anchor", "")
            yield from (one.target for one in getattr(block, "items", ()) if hasattr(one, "target"))
            yield getattr(getattr(block, "heading", None), "anchor", "")


def blocks(document, kind):
    return [block for part in document.parts for block in part.blocks if isinstance(block, kind)]


def test_headings_are_words_own_and_no_level_is_skipped(document):
    made = read(document)

    assert of_style(made, "Title") == [document.title]
    assert of_style(made, "Heading 1") == [part.title for part in document.parts]
    levels = [int(one.style.name[-1]) for one in made.paragraphs if "Heading" in one.style.name]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_table_has_a_head_that_is_repeated_and_a_name(document):
    tables = blocks(document, Table)
    made = read(document).tables

    assert len(made) == len(tables)
    for grid, table in zip(made, tables, strict=True):
        assert tuple(cell.text for cell in grid.rows[0].cells) == table.columns
        assert grid.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert grid._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == table.caption
        assert sum(column.width for column in grid.columns) <= Mm(151)


def test_every_drawing_is_a_picture_with_its_words(document):
    drawings = drawings_of(document)

    said = [shape._inline.docPr.get("descr") for shape in read(document).inline_shapes]

    assert sorted(said) == sorted(f"{one.title}. {one.description}" for one in drawings)


def test_lists_and_quotations_are_words_own(document):
    made = read(document)

    numbered = [line for each in blocks(document, Items) if each.is_numbered for line in each.items]
    assert of_style(made, "List Number") == numbered
    quoted = [line for each in blocks(document, Quotation) for line in each.paragraphs]
    assert of_style(made, "Quote") == quoted


def test_language_and_title_are_set_and_every_page_says_that_it_is_a_working_copy(document):
    made = read(document)

    language = {"sv": "sv-SE", "en": "en-GB"}[document.language]
    assert {one.get(qn("w:val")) for one in made.styles.element.iter(qn("w:lang"))} == {language}
    assert made.core_properties.title == f"{document.kicker}: {document.title}"
    head = made.sections[0].header.paragraphs[0].text
    assert ("Arbetskopia" in head) if document.language == "sv" else ("Working copy" in head)


def test_same_report_is_the_same_bytes_and_holds_no_clock(document):
    made = word_of(document)

    assert made == word_of(document)
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_words_of_people_stand_literally():
    spoken = samples.opinion(
        samples.FIRST, (4, 4, 4), by=NASTY, on=NASTY, evidence=(NASTY,), conclusion=NASTY
    )

    made = read(samples.document(samples.case(spoken, role=NASTY, candidates=(NASTY,))))

    assert of_style(made, "Title") == [NASTY]
    assert NASTY in of_style(made, "Quote")


def test_no_text_of_the_report_is_lost(document):
    written = " ".join(text_of(word_of(document)).split())

    drawn = {text for one in drawings_of(document) for text in every_text(one)}
    lost = [text for text in read_texts(document) if " ".join(text.split()) not in written]

    assert [text for text in lost if text not in drawn] == []


def test_a_note_leads_on_to_where_the_whole_of_it_stands(document):
    notes = [note for each in blocks(document, Notes) for note in each.items]

    assert links_in(word_of(document)) == [note.target.replace("-", "_") for note in notes]


def test_an_office_program_has_nothing_to_repair(document):
    assert faults_of(word_of(document)) == []


@pytest.mark.parametrize("name", CASES)
def test_it_opens_in_an_office_program(tmp_path, name):
    """The format is checked above everywhere; this is the proof by a program, where one is."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    path = tmp_path / "report.docx"
    document = samples.document(CASES[name], language="sv")
    path.write_bytes(word_of(document))

    subprocess.run(
        [
            office,
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/office",
            *INTO_PDF,
            tmp_path,
            path,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )

    with pymupdf.open(tmp_path / "report.pdf") as opened:
        text = "".join(page.get_text() for page in opened)
    assert all(part.title.split()[0] in text for part in document.parts)
