"""Files as whoever shall not see what somebody looks like gets them: all but the pictures."""

import io
import time
import zipfile

import docx
import pikepdf
import pymupdf
import pytest
from PIL import Image

from second_opinion.candidates.analysis.pictures import without_pictures
from second_opinion.candidates.analysis.pictures.document import document_without_pictures
from second_opinion.candidates.analysis.uploads import cleaned
from second_opinion.candidates.analysis.uploads.document import OPEN_DOCUMENT, WORD
from tests import files

FACE = (201, 32, 64)


def a_face(kind="PNG"):
    written = io.BytesIO()
    Image.new("RGB", (300, 200), FACE).save(written, format=kind)
    return written.getvalue()


def cv_as_pdf():
    """Its text, a picture beside it, one written into the page, and one in a form of its own."""
    made = pymupdf.open()
    page = made.new_page()
    page.insert_text((72, 72), "Zqtext of the CV")
    page.insert_image(pymupdf.Rect(300, 300, 400, 400), stream=a_face())
    with pikepdf.open(io.BytesIO(made.tobytes())) as pdf:
        drawn = b"q 90 0 0 90 %d 100 cm\nBI /W 1 /H 1 /BPC 8 /CS /RGB ID \xc9\x20\x40 EI\nQ\n"
        form = pdf.make_stream(drawn % 100)
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox = pikepdf.Array([0, 0, 600, 800])
        pdf.pages[0].add_resource(form, pikepdf.Name.XObject, pikepdf.Name.Zqform)
        pdf.pages[0].contents_add(drawn % 300 + b"/Zqform Do\n")
        written = io.BytesIO()
        pdf.save(written)
    return cleaned(written.getvalue()).content


def cv_as_word(*, picture=True):
    made = docx.Document()
    made.add_paragraph("Zqtext of the CV")
    if picture:
        made.add_picture(io.BytesIO(a_face("JPEG")))
    written = io.BytesIO()
    made.save(written)
    return cleaned(written.getvalue()).content


def colours_of(content):
    with pymupdf.open(stream=content) as document:
        pixels = document[0].get_pixmap()
        return set(zip(*[iter(pixels.samples)] * 3, strict=True))


def members_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_pdf_keeps_its_text_and_loses_its_pictures_wherever_they_are_drawn():
    whole = cv_as_pdf()
    assert FACE in colours_of(whole)  # else nothing would be seen to go

    kept = without_pictures(whole, "application/pdf")

    assert FACE not in colours_of(kept)
    with pymupdf.open(stream=kept) as document:
        assert "Zqtext of the CV" in document[0].get_text()
        assert [one[2:4] for one in document[0].get_images()] == [(1, 1)]


def test_a_pdf_without_pictures_draws_what_it_drew():
    made = pymupdf.open()
    made.new_page().insert_text((72, 72), "Zqtext")
    whole = cleaned(made.tobytes()).content

    kept = without_pictures(whole, "application/pdf")

    assert colours_of(kept) == colours_of(whole)


def test_the_bytes_of_a_copy_tell_nothing_of_the_picture():
    one, other = (cleaned(pdf_with(picture)).content for picture in (a_face(), a_noisy_one()))
    assert len(other) > 10 * len(one)

    copies = [without_pictures(content, "application/pdf") for content in (one, other)]

    assert len(copies[0]) == len(copies[1])


def a_noisy_one():
    written = io.BytesIO()
    Image.effect_noise((300, 200), 90).save(written, format="PNG")
    return written.getvalue()


def pdf_with(picture):
    made = pymupdf.open()
    made.new_page().insert_image(pymupdf.Rect(10, 10, 110, 110), stream=picture)
    return made.tobytes()


def test_a_word_file_keeps_its_text_and_opens_with_a_point_where_a_picture_was():
    kept = without_pictures(cv_as_word(), WORD)

    document = docx.Document(io.BytesIO(kept))
    assert document.paragraphs[0].text == "Zqtext of the CV"
    (relation,) = (one for one in document.part.rels.values() if one.reltype.endswith("/image"))
    with Image.open(io.BytesIO(relation.target_part.blob)) as image:
        assert (image.format, image.size) == ("JPEG", (1, 1))


def test_a_word_file_without_pictures_stays_what_it_was():
    whole = cv_as_word(picture=False)

    members = members_of(without_pictures(whole, WORD))

    before = members_of(whole)
    assert {name for name in before if before[name] != members[name]} <= {"docProps/thumbnail.jpeg"}


def test_whatever_is_no_text_goes_from_a_document_by_name_and_by_beginning():
    kept = members_of(
        document_without_pictures(
            files.open_document(
                **{
                    "Pictures/a.svg": "<svg>Zqface</svg>",
                    "Pictures/b.webp": b"Zqface",
                    "ObjectReplacements/Object 1": b"Zqface",
                    "word/embeddings/o.bin": b"Zqface",
                    "word/renamed.xml": b"\xff\xd8\xffZqface",
                    "word/fonts/f.odttf": b"letters",
                }
            )
        )
    )

    assert b"Zqface" not in b"".join(kept.values())
    assert b"Zqtext" in kept["content.xml"]
    assert kept["word/fonts/f.odttf"] == b"letters"
    assert next(iter(kept)) == "mimetype"  # what OpenDocument is known by


@pytest.mark.parametrize("line_length", [76, 4000])
def test_a_picture_that_is_written_into_the_text_goes(line_length):
    letters = "/9j4Zqface" * 400
    lines = "\n".join(
        letters[begin : begin + line_length] for begin in range(0, len(letters), line_length)
    )
    text = f"<text>Zqtext<office:binary-data>{lines}</office:binary-data></text>"

    kept = document_without_pictures(files.open_document(**{"content.xml": text}))

    assert b"Zqface" not in members_of(kept)["content.xml"]
    assert b"Zqtext" in members_of(kept)["content.xml"]


def test_no_picture_is_fetched_from_the_web_when_a_copy_is_opened():
    relation = (
        '<Relationship Id="a" Type="http://x/relationships/image" Target="https://me.example/face"'
        ' TargetMode="External"/><Relationship Id="b" Type="http://x/hyperlink" '
        'Target="https://me.example/work" TargetMode="External"/>'
    )
    drawn = '<draw:image xlink:href="https://me.example/face"/><a xlink:href="https://work"/>'

    kept = members_of(
        document_without_pictures(
            files.open_document(**{"word/_rels/d.rels": relation, "content.xml": drawn})
        )
    )

    together = kept["word/_rels/d.rels"] + kept["content.xml"]
    assert b"me.example/face" not in together
    assert b"me.example/work" in together
    assert b"https://work" in together


@pytest.mark.parametrize("text", ["A" * 479 + " " * 50_000, ("A" * 100 + "\n") * 7 + "!" * 50_000])
def test_no_text_holds_the_search_up(text):
    content = files.open_document(**{"content.xml": f"<text>{text}</text>" * 20})
    before = time.process_time()

    document_without_pictures(content)

    assert time.process_time() - before < 2


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (files.picture("PNG"), "image/png"),
        (files.picture(), "image/jpeg"),
        (b"%PDF-1.7 broken", "application/pdf"),
        (b"PK broken", OPEN_DOCUMENT),
        (b"anything", "application/unheard-of"),
    ],
)
def test_what_is_a_picture_or_cannot_be_read_is_not_given_at_all(content, media_type):
    assert without_pictures(content, media_type) is None


def test_plain_text_is_given_as_it_is():
    assert without_pictures(b"Zqtext", "text/plain") == b"Zqtext"
