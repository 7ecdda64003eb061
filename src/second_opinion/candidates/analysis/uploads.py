"""What a file is, by its content: its name may say anything."""

import unicodedata
import zipfile
from io import BytesIO

MOST_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 120
_JOINER = "\u200d"  # holds the parts of some emojis together
_PROGRAMS = (".exe", ".dll", ".js", ".vbs", "vbaproject.bin")

_BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
_OFFICE = "application/vnd.openxmlformats-officedocument"
_FOLDERS = {
    "word/": f"{_OFFICE}.wordprocessingml.document",
    "xl/": f"{_OFFICE}.spreadsheetml.sheet",
    "ppt/": f"{_OFFICE}.presentationml.presentation",
}
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


def media_type_of(content: bytes) -> str | None:
    """The type of a file that can be taken; None for all others, programs above all.

    Documents with macros are programs too.
    """
    for beginning, media_type in _BEGINNINGS.items():
        if content.startswith(beginning):
            return media_type
    if content.startswith(b"PK\x03\x04"):
        return _document_type(content)
    return "text/plain" if _is_text(content) else None


def plain_name(name: str) -> str:
    """A file's name without folders, and without signs that would make it look like another."""
    last = name.replace("\\", "/").rpartition("/")[2]
    visible = "".join(
        sign for sign in last if unicodedata.category(sign)[0] != "C" or sign == _JOINER
    )
    return " ".join(visible.split())[-LONGEST_NAME:] or "file"


def _document_type(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            if any(name.lower().endswith(_PROGRAMS) for name in names):
                return None
            if "[Content_Types].xml" in names:
                return next(
                    (kind for folder, kind in _FOLDERS.items() if folder in _tops(names)), None
                )
            if "mimetype" in names and archive.getinfo("mimetype").file_size < LONGEST_NAME:
                found = archive.read("mimetype").decode("ascii", "replace").strip()
                return found if found.startswith(_OPEN_DOCUMENT) else None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return None
    return None


def _tops(names: list[str]) -> set[str]:
    return {name.partition("/")[0] + "/" for name in names}


def _is_text(content: bytes) -> bool:
    if content.startswith(b"#!") or not content.strip():
        return False
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    allowed = "\n\r\t\f\ufeff"
    return all(sign in allowed or unicodedata.category(sign) != "Cc" for sign in text)
