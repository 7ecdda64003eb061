import zipfile
from io import BytesIO

import pytest

from second_opinion.candidates.analysis.uploads import media_type_of, plain_name


def archive(**members):
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for name, content in members.items():
            written.writestr(name, content)
    return file.getvalue()


TYPES = "[Content_Types].xml"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n...", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0...", "image/jpeg"),
        ("Å, عربي, 👩🏽‍🚀\n\tmore".encode(), "text/plain"),
        (archive(**{TYPES: "", "word/document.xml": ""}), "wordprocessingml.document"),
        (
            archive(**{TYPES: "", "xl/a.xml": "", "xl/printerSettings.bin": ""}),
            "spreadsheetml.sheet",
        ),
        (archive(mimetype="application/vnd.oasis.opendocument.text"), "opendocument.text"),
    ],
)
def test_what_can_be_taken_is_known_by_its_content(content, kind):
    assert media_type_of(content).endswith(kind)


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03 a program",
        b"\x7fELF\x02\x01",
        b"#!/bin/sh\nrm -rf /\n",
        b"\xca\xfe\xba\xbe",
        b"   ",
        b"text\x00with a null",
        b"PK\x03\x04 broken",
        archive(**{"a.txt": "any archive"}),
        archive(**{TYPES: "", "word/document.xml": "", "word/vbaProject.bin": "macros"}),
        archive(**{TYPES: "", "word/document.xml": "", "word/embeddings/a.EXE": ""}),
        "latin å".encode("latin-1"),
    ],
)
def test_programs_and_the_unknown_are_not_taken_whatever_they_are_called(content):
    assert media_type_of(content) is None


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
