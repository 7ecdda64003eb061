"""Word and OpenDocument texts: archives, unpacked and packed anew without who wrote them."""

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from second_opinion.candidates.analysis.uploads.picture import cleaned_picture
from second_opinion.candidates.errors import FileError

MOST_UNPACKED = 200 * 1024 * 1024  # bytes
MOST_MEMBERS = 2_000
LONGEST_MIMETYPE = 120
PROGRAMS = (".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".jar", "vbaproject.bin")
MACROS_OF_OPEN_DOCUMENT = ("Basic/", "Scripts/")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text"
ALWAYS_THE_SAME_TIME = (1980, 1, 1, 0, 0, 0)  # the first that an archive can name

_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = b"http://schemas.openxmlformats.org"
_EMPTY = {
    "docProps/core.xml": _HEAD
    + b'<cp:coreProperties xmlns:cp="'
    + _OFFICE
    + b'/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": _HEAD
    + b'<Properties xmlns="'
    + _OFFICE
    + b'/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": _HEAD
    + b'<Properties xmlns="'
    + _OFFICE
    + b'/officeDocument/2006/custom-properties"/>',
    "meta.xml": b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'office:version="1.3"><office:meta/></office:document-meta>',
}
# Who made a comment or a tracked change, in Word and in OpenDocument.
_AUTHOR = re.compile(rb"""\b(w\d*:(?:author|initials|userId))=("[^"]*"|'[^']*')""")
_CREATOR = re.compile(rb"(<(dc:creator|meta:creator-initials)>)[^<]*(</\2>)")


def cleaned_document(content: bytes) -> tuple[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _refuse_bombs(archive)
            media_type = _kind(archive)
            return media_type, _packed_anew(archive)
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError) as error:
        raise FileError(
            _(
                "The document is locked or broken and cannot be read. Save it anew. Nothing was "
                "saved."
            )
        ) from error


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    """By the sizes that the archive names: no member is read beyond what it names."""
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED or len(members) > MOST_MEMBERS:
        raise FileError(
            _("Unpacked, this document is far larger than any text. Nothing was saved.")
        )
    if len({member.filename for member in members}) < len(members):
        raise zipfile.BadZipFile("two members of one name")


def _kind(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    has_programs = any(name.lower().endswith(PROGRAMS) for name in names)
    if {"[Content_Types].xml", "word/document.xml"} <= set(names) and not has_programs:
        return WORD
    is_open = "mimetype" in names and archive.getinfo("mimetype").file_size < LONGEST_MIMETYPE
    if is_open and archive.read("mimetype").strip() == OPEN_DOCUMENT.encode():
        has_programs |= any(name.startswith(MACROS_OF_OPEN_DOCUMENT) for name in names)
        if not has_programs:
            return OPEN_DOCUMENT
    raise FileError(
        _(
            "Of archives only Word (.docx) and OpenDocument (.odt) texts can be taken, and those "
            "without macros and programs. Nothing was saved."
        )
    )


def _packed_anew(archive: zipfile.ZipFile) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as anew:
        for member in archive.infolist():
            if member.is_dir():
                continue
            kept = zipfile.ZipInfo(member.filename, ALWAYS_THE_SAME_TIME)
            # OpenDocument wants its kind to stand first, and not compressed.
            is_plain = member.filename == "mimetype"
            kept.compress_type = zipfile.ZIP_STORED if is_plain else zipfile.ZIP_DEFLATED
            anew.writestr(kept, _without_authors(member.filename, archive.read(member)))
    return written.getvalue()


def _without_authors(name: str, content: bytes) -> bytes:
    if name in _EMPTY:
        return _EMPTY[name]
    match PurePosixPath(name).suffix.lower():
        case ".xml":
            return _CREATOR.sub(rb"\1\3", _AUTHOR.sub(rb'\1=""', content))
        case ".png" | ".jpg" | ".jpeg":
            return _picture(content)
    return content


def _picture(content: bytes) -> bytes:
    """Pictures inside have been somewhere too; what no reader can read says nothing of it."""
    try:
        return cleaned_picture(content)[1]
    except FileError:
        return content
