"""Files from outside: known by content, refused with a reason, without metadata when kept."""

import zipfile
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from second_opinion.candidates.analysis.uploads import cleaned, document, plain_name
from second_opinion.candidates.errors import FileError
from tests import files
from tests.files import TRACE


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (files.pdf(), "application/pdf"),
        (files.picture("PNG"), "image/png"),
        (files.picture("JPEG"), "image/jpeg"),
        (files.word(), "wordprocessingml.document"),
        (files.open_document(), "opendocument.text"),
        ("Å, عربي, 👩🏽‍🚀\n\tmore".encode(), "text/plain"),
    ],
)
def test_each_kind_is_known_by_its_content_and_is_the_same_every_time(content, kind):
    once = cleaned(content)

    assert once.media_type.endswith(kind)
    assert cleaned(content) == once
    assert cleaned(once.content).media_type == once.media_type


def test_a_pdf_keeps_its_pages_and_loses_author_script_and_attachments():
    kept = cleaned(files.pdf("Zqtext")).content

    with pikepdf.open(BytesIO(kept)) as pdf:
        assert b"Zqtext" in pdf.pages[0].Contents.read_bytes()
        assert "/Metadata" not in pdf.Root
        assert "/OpenAction" not in pdf.Root
        assert not pdf.attachments
        assert "/Info" not in pdf.trailer
        assert str(pdf.pages[0].Annots[0].Contents) == "x"
        everything = b"".join(part.unparse(resolved=True) for part in pdf.objects)
    assert TRACE.encode() not in kept + everything


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_stands_upright_and_says_nothing_of_where_it_was_taken(kind):
    kept = cleaned(files.picture(kind)).content

    with Image.open(BytesIO(kept)) as image:
        assert image.size == (4, 8)
        assert not dict(image.getexif())
    assert TRACE.encode() not in kept


def test_a_see_through_picture_stays_so():
    written = BytesIO()
    Image.new("P", (4, 4)).save(written, format="PNG", transparency=0)

    with Image.open(BytesIO(cleaned(written.getvalue()).content)) as image:
        assert image.info["transparency"] == 0


@pytest.mark.parametrize("make", [files.word, files.open_document])
def test_a_document_keeps_its_text_and_loses_its_authors(make):
    kept = cleaned(make(**{"word/media/a.jpg": files.picture()})).content

    with zipfile.ZipFile(BytesIO(kept)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
        times = {member.date_time for member in archive.infolist()}
    assert any(b"Zqtext" in content for content in members.values())
    assert TRACE.encode() not in b"".join(members.values())
    assert len(times) == 1


def test_what_hangs_behind_a_picture_does_not_come_along():
    assert b"trailing" not in cleaned(files.picture() + b"trailing").content


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03 a program",
        b"\x7fELF\x02\x01",
        b"#!/bin/sh\nrm -rf /\n",
        b"\xca\xfe\xba\xbe",
        b"   ",
        b"text\x00with a null",
        "latin å".encode("latin-1"),
    ],
)
def test_programs_and_the_unknown_are_not_taken_whatever_they_are_called(content):
    with pytest.raises(FileError, match="This kind of file cannot be taken"):
        cleaned(content)


@pytest.mark.parametrize(
    "content",
    [
        files.archive({"a.txt": "any archive"}),
        files.archive({"[Content_Types].xml": "", "xl/workbook.xml": ""}),
        files.word(**{"word/vbaProject.bin": "macros"}),
        files.word(**{"word/embeddings/a.EXE": ""}),
        files.open_document(**{"Basic/Standard/a.xml": "macros"}),
    ],
)
def test_other_archives_and_macros_are_not_taken(content):
    with pytest.raises(FileError, match="without macros"):
        cleaned(content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7 no more than that", "PDF is broken"),
        (files.pdf(password="hush"), "locked with a password"),
        (files.picture()[:40], "picture is broken"),
        (files.picture("PNG")[:40], "picture is broken"),
        (b"PK\x03\x04 broken", "locked or broken"),
        (files.word()[:-40], "locked or broken"),
        (files.picture() + files.word(), "two kinds of file"),
        (files.pdf() + files.word(), "two kinds of file"),
        (files.word(**{"a": files.pdf()}).replace(b"[Content", b"%PDF-tent", 1), "two kinds"),
    ],
)
def test_broken_locked_and_double_files_are_refused_with_the_reason(content, why):
    with pytest.raises(FileError, match=why):
        cleaned(content)


def test_what_grows_beyond_measure_when_unpacked_is_not_unpacked(monkeypatch):
    bomb = files.word(**{"word/a.xml": b"0" * 10_000_000})
    assert len(bomb) < 20_000
    monkeypatch.setattr(document, "MOST_UNPACKED", 5_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("it was unpacked"))

    with pytest.raises(FileError, match="far larger than any text"):
        cleaned(bomb)


def test_a_picture_of_too_many_pixels_is_not_decoded():
    written = BytesIO()
    Image.new("1", (8_000, 8_000)).save(written, format="PNG")
    assert len(written.getvalue()) < 100_000

    with pytest.raises(FileError, match="64 million pixels, and the limit is 60"):
        cleaned(written.getvalue())


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("C:\\Users\\Kim\\cv.pdf", "cv.pdf"),
        ("../../etc/passwd", "passwd"),
        ("cv\u202efdp.exe", "cvfdp.exe"),  # shown from right to left it would end with pdf
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie: b.pdf"),
        ("سيرة ذاتية 👩🏽‍🚀.pdf", "سيرة ذاتية 👩🏽‍🚀.pdf"),
        ("", "file"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_no_path_and_hides_nothing(name, plain):
    assert plain_name(name) == plain
