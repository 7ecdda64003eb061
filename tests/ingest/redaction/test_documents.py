"""Only the words of the body: no metadata, no comments, nothing that a tracked change took out."""

import zipfile
from io import BytesIO

import pytest

from second_opinion.ingest.errors import DocumentError
from second_opinion.ingest.redaction import text_of_document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def packed(**members):
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_x", ".xml"), content)
    return written.getvalue()


def word(body):
    return packed(
        word__document_x=f"<w:document {W}><w:body>{body}</w:body></w:document>",
        docProps__core_x="<x>Anna Ek</x>",
        word__comments_x=f"<w:comments {W}><w:t>Anna is great</w:t></w:comments>",
    )


def test_word_with_tracked_changes_comments_and_metadata():
    found = text_of_document(
        word(
            "<w:p><w:r><w:t>I bought </w:t></w:r>"
            '<w:del w:author="Anna Ek"><w:r><w:delText>badly</w:delText>'
            "<w:t>ill</w:t></w:r></w:del>"
            '<w:ins w:author="Anna Ek"><w:r><w:t>steel</w:t></w:r></w:ins>'
            "<w:r><w:commentReference/></w:r></w:p><w:p><w:r><w:t>And sold it.</w:t></w:r></w:p>"
        )
    )

    assert found == "I bought steel\nAnd sold it."


def test_open_document_with_an_annotation():
    found = text_of_document(
        packed(
            content_x=f"<office:document-content {OFFICE}><office:body><office:text>"
            "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
            "<text:h>Steel</text:h><text:p>I bought <office:annotation><dc:creator>Anna"
            "</dc:creator><text:p>hm</text:p></office:annotation>steel."
            "</text:p></office:text></office:body></office:document-content>",
            meta_x="<x>Anna Ek</x>",
        )
    )

    assert found == "Steel\nI bought steel."


def test_plain_text_is_itself():
    assert text_of_document("Räksmörgås".encode()) == "Räksmörgås"


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00",
        b"PK\x03\x04 broken",
        packed(word__document_x="<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"),
        packed(other_x="<x/>"),
    ],
)
def test_what_cannot_be_read_is_refused(content):
    with pytest.raises(DocumentError, match="Nothing was done"):
        text_of_document(content)
