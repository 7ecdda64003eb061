import io

import docx
import pikepdf
import pymupdf
import pytest
from PIL import Image

from second_opinion.drawings import pen
from second_opinion.reports.rendering import page_of, pdf_of, word_of
from tests.reports import samples

NAME, ACCENT, DARK = "Kullberg & Öst <Partner>", "#7a1f4b", "#e58ab4"


@pytest.fixture(params=["svg", "png"])
def branded(request, settings, tmp_path):
    path = tmp_path / f"logo.{request.param}"
    if request.param == "png":
        Image.new("RGBA", (300, 60), ACCENT).save(path)
    else:
        path.write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 60">'
            f'<rect width="300" height="60" fill="{ACCENT}"/></svg>'
        )
    settings.SECOND_OPINION_PROVIDER_NAME = NAME
    settings.SECOND_OPINION_LOGO = path
    settings.SECOND_OPINION_ACCENT = (ACCENT, DARK)
    return samples.document(samples.two_opinions())


def test_the_pdf_has_the_logo_with_the_name_in_its_place_and_the_accent(branded):
    made = pdf_of(branded)

    with pikepdf.open(io.BytesIO(made)) as file, file.open_metadata() as metadata:
        said = [str(each.Alt) for each in file.objects if _is_figure(each)]
        assert metadata["pdfaid:part"] == "2"
    assert NAME in said
    with pymupdf.open(stream=made) as document:
        colours = document[0].get_pixmap(dpi=150).color_count(colors=True)
    assert any(_is_near(colour, ACCENT) for colour in colours)
    assert not any(_is_near(colour, pen.ACCENT) for colour in colours)


def _is_near(colour, wanted):
    """But for what a colour profile rounds."""
    return all(
        abs(ours - theirs) <= 2
        for ours, theirs in zip(colour, bytes.fromhex(wanted[1:]), strict=True)
    )


def _is_figure(each):
    return isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"


def test_the_page_has_them_too(branded):
    source = page_of(branded)

    assert 'alt="Kullberg &amp; Öst &lt;Partner&gt;"' in source
    assert f"--accent: {ACCENT}" in source
    assert f"--accent: {DARK}" in source


def test_the_word_file_has_them_too(branded):
    made = docx.Document(io.BytesIO(word_of(branded)))

    assert made.inline_shapes[0]._inline.docPr.get("descr") == NAME


def test_without_a_logo_the_name_stands_there_and_without_a_name_nothing(settings):
    document = samples.document(samples.two_opinions())
    without = page_of(document)
    settings.SECOND_OPINION_PROVIDER_NAME = "Öst AB"

    with pymupdf.open(stream=pdf_of(document)) as made:
        assert made[0].get_text().startswith("Öst AB")
    assert "letterhead small" in page_of(document)
    assert '<p class="letterhead' not in without


def test_words_that_look_like_our_accent_stay_as_they_are(settings):
    settings.SECOND_OPINION_ACCENT = (ACCENT, DARK)
    name = f'fill="{pen.ACCENT}"'
    spoken = samples.opinion(samples.FIRST, (4, 4, 4), by="Maria", on=name)

    made = pdf_of(samples.document(samples.case(spoken, candidates=(name,))))

    with pikepdf.open(io.BytesIO(made)) as file:
        said = [str(each.Alt) for each in file.objects if _is_figure(each)]
    assert any(name in words for words in said)
