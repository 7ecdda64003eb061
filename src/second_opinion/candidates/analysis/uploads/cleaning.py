"""One door for every file: what it is by its content, and that content without metadata.

A kind is known by a program for that kind having read the file and written it anew, so that what
lies before, behind or between its parts does not come along.
"""

import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _

from second_opinion.candidates.analysis.uploads.document import cleaned_document
from second_opinion.candidates.analysis.uploads.pdf import cleaned_pdf
from second_opinion.candidates.analysis.uploads.picture import cleaned_picture
from second_opinion.candidates.errors import FileError

PDF, ZIP = b"%PDF-", b"PK\x03\x04"
NEAR_THE_BEGINNING = 1024  # bytes in which readers of PDF look for its mark


@dataclass(frozen=True, slots=True)
class Cleaned:
    media_type: str
    content: bytes


Cleaning = Callable[[bytes], tuple[str, bytes]]
BY_BEGINNING: dict[bytes, Cleaning] = {
    PDF: cleaned_pdf,
    b"\x89PNG\r\n\x1a\n": cleaned_picture,
    b"\xff\xd8\xff": cleaned_picture,
    ZIP: cleaned_document,
}


def cleaned(content: bytes) -> Cleaned:
    """A PDF, a Word or OpenDocument text, a picture (PNG or JPEG) or plain text, without metadata.

    Raises
    ------
    FileError : any other kind, two kinds in one, locked, broken, or far larger once unpacked
    """
    beginning = next((one for one in BY_BEGINNING if content.startswith(one)), None)
    if beginning is None:
        return Cleaned("text/plain", _text(content))
    _refuse_two_in_one(content, beginning)
    return Cleaned(*BY_BEGINNING[beginning](content))


def _refuse_two_in_one(content: bytes, beginning: bytes) -> None:
    is_also_zip = beginning != ZIP and zipfile.is_zipfile(BytesIO(content))
    is_also_pdf = beginning != PDF and PDF in content[:NEAR_THE_BEGINNING]
    if is_also_zip or is_also_pdf:
        raise FileError(
            _(
                "This file is two kinds of file at once, and so cannot be taken. Save it anew in "
                "the program that it was made with. Nothing was saved."
            )
        )


def _text(content: bytes) -> bytes:
    if content.startswith(b"#!") or not content.strip():
        raise _unknown_kind()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _unknown_kind() from error
    allowed = "\n\r\t\f\ufeff"
    if any(unicodedata.category(sign) == "Cc" and sign not in allowed for sign in text):
        raise _unknown_kind()
    return content


def _unknown_kind() -> FileError:
    return FileError(
        _(
            "This kind of file cannot be taken. Send a PDF, a Word (.docx) or OpenDocument (.odt) "
            "text without macros, a picture (PNG or JPEG), or plain text. Nothing was saved."
        )
    )
