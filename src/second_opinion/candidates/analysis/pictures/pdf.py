"""PDF: every picture becomes a single point that is not painted, wherever it is used."""

import re
from io import BytesIO

import pikepdf

_BEGINS_A_PICTURE = re.compile(rb"(?<!\S)BI\s")
_UNPAINTED = b"\x80"  # of a stencil, a point that lets through what lies under it
_KEPT_BY_THE_WRITER = frozenset({"/Length", "/Filter", "/DecodeParms"})


def pdf_without_pictures(content: bytes) -> bytes:
    with pikepdf.open(BytesIO(content)) as pdf:
        for part in pdf.objects:
            if isinstance(part, pikepdf.Stream):
                _emptied(part)
        for page in pdf.pages:
            _without_inline(pdf, page)
        form = pdf.Root.get("/AcroForm")
        if form is not None and "/XFA" in form:  # a second page description, with pictures as text
            del form["/XFA"]
        written = BytesIO()
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


def _emptied(part: pikepdf.Stream) -> None:
    """A picture; or a form, a pattern or what stands in a note, whose pictures lie in its text.

    Letters that are drawn as pictures stay: without them a page would be empty.
    """
    if part.get("/Subtype") == "/Image":
        _unpainted(part)
    elif part.get("/Subtype") == "/Form" or part.get("/PatternType") == 1:
        kept = _drawn_without_pictures(part, part.read_bytes())
        if kept is not None:
            part.write(kept)


def _unpainted(picture: pikepdf.Stream) -> None:
    for key in set(picture.keys()) - _KEPT_BY_THE_WRITER:
        del picture[key]
    picture.write(_UNPAINTED)
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width = picture.Height = picture.BitsPerComponent = 1
    picture.ImageMask = True


def _without_inline(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    if "/Contents" not in page:
        return
    contents = page.obj.Contents
    parts = contents if isinstance(contents, pikepdf.Array) else [contents]
    kept = _drawn_without_pictures(page, b"\n".join(part.read_bytes() for part in parts))
    if kept is not None:
        page.obj.Contents = pdf.make_stream(kept)


def _drawn_without_pictures(drawn: pikepdf.Page | pikepdf.Stream, text: bytes) -> bytes | None:
    """What draws a page or a form, without the pictures that lie in it; None where none does."""
    if not _BEGINS_A_PICTURE.search(text):
        return None
    kept = [
        each
        for each in pikepdf.parse_content_stream(drawn)
        if not isinstance(each, pikepdf.ContentStreamInlineImage)
    ]
    return pikepdf.unparse_content_stream(kept)
