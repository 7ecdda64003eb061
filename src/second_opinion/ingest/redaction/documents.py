"""The words of a Word, OpenDocument or plain document, without what was written around them.

Metadata, comments, footers with names, and what tracked changes took out do not come along: only
the body is read, as it stands when all changes are accepted.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree

from second_opinion.ingest.errors import DocumentError

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_NOT_READ = frozenset(
    {
        f"{_WORD}del",
        f"{_WORD}moveFrom",
        f"{_WORD}commentReference",
        f"{_WORD}instrText",
        f"{_OFFICE}annotation",
        f"{_TEXT}tracked-changes",
        f"{_TEXT}note",
    }
)
_PARAGRAPHS = frozenset({f"{_WORD}p", f"{_TEXT}p", f"{_TEXT}h"})
_LARGEST = 20_000_000  # bytes of one member, unpacked


def text_of_document(content: bytes) -> str:
    """Paragraph by paragraph.

    Raises
    ------
    DocumentError : it is neither Word, OpenDocument nor UTF-8 text, or cannot be read
    """
    if not content.startswith(b"PK\x03\x04"):
        return _plain(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _body(archive)
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, OSError) as error:
        raise _refused("The document is broken.", "Save it anew.") from error


def _plain(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(
            "This is neither Word (.docx), OpenDocument (.odt) nor plain text in UTF-8.",
            "Save it as one of these.",
        ) from None


def _refused(found: str, mend: str) -> DocumentError:
    return DocumentError(place="document", found=found, mend=mend)


def _body(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    member = "word/document.xml" if "word/document.xml" in names else "content.xml"
    if archive.getinfo(member).file_size > _LARGEST:
        raise _refused("Unpacked, this document is far larger than any text.", "Shorten it.")
    raw = archive.read(member)
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", raw):
        raise _refused("This document declares entities, as no text has to.", "Save it anew.")
    paragraphs: list[str] = []
    _read(ElementTree.fromstring(raw), paragraphs)  # noqa: S314  no DTD and no entity gets here
    return "\n".join(line for line in map(str.strip, paragraphs) if line)


def _read(element: ElementTree.Element, paragraphs: list[str]) -> None:
    if element.tag in _NOT_READ:
        return
    if element.tag in _PARAGRAPHS or not paragraphs:
        paragraphs.append("")
    if element.tag in {f"{_WORD}t"} or element.tag.startswith(_TEXT):
        paragraphs[-1] += element.text or ""
    if element.tag in {f"{_WORD}tab", f"{_WORD}br", f"{_TEXT}tab", f"{_TEXT}s"}:
        paragraphs[-1] += " "
    for child in element:
        _read(child, paragraphs)
        if element.tag.startswith(_TEXT):
            paragraphs[-1] += child.tail or ""
