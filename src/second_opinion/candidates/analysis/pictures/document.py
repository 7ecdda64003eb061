"""Word and OpenDocument: text and what styles it stay as they are, and nothing else does."""

import re
import zipfile
from functools import cache
from io import BytesIO
from pathlib import PurePosixPath

from PIL import Image

_TEXTS = (".xml", ".rels", ".rdf")
_FONTS = frozenset({".odttf", ".ttf", ".otf"})
_FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".bmp": "BMP"}
_ALSO_PICTURES = frozenset({".png", ".tif", ".tiff", ".emf", ".wmf", ".webp"})
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
_XML_BEGINS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")
# A picture may be written into the text itself, or lie on the web, from where it would be fetched.
# Nothing is tried twice here: no text of any length can hold this up.
_AS_TEXT = re.compile(
    rb"[A-Za-z0-9+/=]{480,}+|(?:[A-Za-z0-9+/=]{60,479}+\s{1,40}+){8,}+[A-Za-z0-9+/=]*"
)
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_TARGET = re.compile(rb"""(\bTarget=)("[^"]*"|'[^']*')""")
_FETCHED = re.compile(rb"""(<draw:image\b[^>]*\bxlink:href=)("\w+:[^"]*"|'\w+:[^']*')""")


def document_without_pictures(content: bytes) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as archive, zipfile.ZipFile(written, "w") as anew:
        for member in archive.infolist():
            kept = _kept(member.filename, archive.read(member))
            anew.writestr(member, kept, compress_type=member.compress_type)
    return written.getvalue()


def _kept(name: str, content: bytes) -> bytes:
    """What is no text by its name and by its beginning is no text: it goes."""
    ending = PurePosixPath(name).suffix.lower()
    if name == "mimetype" or ending in _FONTS:
        return content
    if name.lower().endswith(_TEXTS) and content.lstrip().startswith(_XML_BEGINS):
        return _without_what_is_fetched(_AS_TEXT.sub(b"", content))
    if ending == ".svg":
        return _SVG
    return _smallest(_FORMATS.get(ending, "PNG")) if _is_picture(ending) else b""


def _is_picture(ending: str) -> bool:
    return ending in _FORMATS or ending in _ALSO_PICTURES


@cache
def _smallest(kind: str) -> bytes:
    """One white point: a document that names a picture must find one, or is called broken."""
    written = BytesIO()
    Image.new("L", (1, 1), 255).save(written, format=kind)
    return written.getvalue()


def _without_what_is_fetched(text: bytes) -> bytes:
    text = _FETCHED.sub(rb'\1""', text)
    return _RELATION.sub(_kept_relation, text)


def _kept_relation(found: re.Match[bytes]) -> bytes:
    relation = found.group()
    if b"/image" in relation and b"External" in relation:
        return _TARGET.sub(rb'\1"NULL"', relation)
    return relation
