"""A report's files as answers."""

from django.http import HttpResponse
from django.utils.text import slugify

from second_opinion.reports.models import ReportVersion

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def file_answer(content: bytes, version: ReportVersion, ending: str, of: str = "") -> HttpResponse:
    """A file named by reference and version: nothing about a person lands in a downloads folder."""
    reference = slugify(version.case.reference) or version.case.pseudonym.hex[:8]
    name = "-".join(filter(None, ("second-opinion", reference, str(version.number), of)))
    response = HttpResponse(content, content_type=KINDS[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
