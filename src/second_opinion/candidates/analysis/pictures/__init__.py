"""A file of a candidate's without its pictures, for whoever shall not see what somebody looks like.

It is made anew each time, with pictures in it or none: the copy of a file that held none goes the
same way. Where a picture stood an empty place is left, and nothing of the picture, its size in
bytes neither.
"""

import zipfile
import zlib
from collections.abc import Callable

import pikepdf

from second_opinion.candidates.analysis.pictures.document import document_without_pictures
from second_opinion.candidates.analysis.pictures.pdf import pdf_without_pictures
from second_opinion.candidates.analysis.uploads.document import OPEN_DOCUMENT, WORD

_WITHOUT: dict[str, Callable[[bytes], bytes]] = {
    "application/pdf": pdf_without_pictures,
    WORD: document_without_pictures,
    OPEN_DOCUMENT: document_without_pictures,
    "text/plain": bytes,  # letters and nothing else
}

_UNREADABLE = (
    pikepdf.PikepdfError,
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    TypeError,
    RuntimeError,
)

__all__ = ["without_pictures"]


def without_pictures(content: bytes, media_type: str) -> bytes | None:
    """The same file with nothing where a picture was; None where nothing would be left.

    content : as `uploads.cleaned` wrote it

    None too for a kind that is not known here, and for a file that can no longer be read: what
    cannot be made without pictures is not given without them.
    """
    make = _WITHOUT.get(media_type)
    if make is None:
        return None
    try:
        return make(content)
    except _UNREADABLE:
        return None
