"""PDF: read by qpdf and written anew without metadata, scripts, attachments and older versions."""

from io import BytesIO

import pikepdf
from django.utils.translation import gettext as _
from pikepdf import sanitize

from second_opinion.candidates.errors import FileError


def cleaned_pdf(content: bytes) -> tuple[str, bytes]:
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            _clean(pdf)
            written = BytesIO()
            pdf.save(written, deterministic_id=True)
    except pikepdf.PasswordError as error:
        raise FileError(
            _("The PDF is locked with a password. Save it without one. Nothing was saved.")
        ) from error
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError) as error:
        raise FileError(
            _("The PDF is broken and cannot be read. Save it anew. Nothing was saved.")
        ) from error
    return "application/pdf", written.getvalue()


def _clean(pdf: pikepdf.Pdf) -> None:
    if not len(pdf.pages):
        raise ValueError("a PDF without pages")
    sanitize.remove_javascript(pdf)
    sanitize.remove_attachments(pdf)
    sanitize.remove_multimedia(pdf)
    sanitize.remove_private_app_data(pdf)
    sanitize.remove_thumbnails(pdf)
    if "/Info" in pdf.trailer:
        del pdf.trailer.Info
    for part in pdf.objects:  # pictures inside have their own
        if isinstance(part, pikepdf.Dictionary | pikepdf.Stream) and "/Metadata" in part:
            del part["/Metadata"]
    for page in pdf.pages:
        _forget_authors(page)


def _forget_authors(page: pikepdf.Page) -> None:
    """Who wrote a comment; in a form the same key is the name of a field."""
    for note in page.get("/Annots", []):
        if note.get("/Subtype") != "/Widget" and "/T" in note:
            del note["/T"]
