"""The report as a page: what the templates need, and a file that stands alone."""

from __future__ import annotations

from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from second_opinion.reports.rendering.brand import Brand, brand
from second_opinion.reports.rendering.isolating import drawing_apart, kept_apart
from second_opinion.reports.rendering.plain import as_plain
from second_opinion.reports.rendering.recent import Recent
from second_opinion.reports.writing.document import ReportDocument

_STYLES = (
    "second_opinion/site.css",
    "second_opinion/drawings.css",
    "second_opinion/report.css",
)
_PRINT = "second_opinion/print.css"
_RECENT: Recent[SafeString] = Recent(most=8)


def page_context(document: ReportDocument) -> dict[str, Any]:
    """What `reports/report.html` is rendered from, inside whatever page."""
    look = brand()
    head = {
        "language": document.language,
        "kicker": document.kicker,
        "title": document.title,
        "document_title": f"{document.kicker}: {document.title}",
        "footer": document.footer,
    }
    return {
        "report": kept_apart(head, document),
        "report_html": _RECENT.of((document, look), lambda: _body(document, look)),
        "brand": look,
    }


def _body(document: ReportDocument, look: Brand) -> SafeString:
    plain = kept_apart(as_plain(document), document)
    for part in plain["parts"]:
        part["places"] = [one for one in part["blocks"] if one.get("anchor")]
        for block in part["blocks"]:
            drawing = block.get("drawing", block)
            if "svg" in drawing:
                svg = drawing_apart(drawing["svg"], document)
                drawing["svg"] = mark_safe(svg)  # noqa: S308 - ours, texts escaped
    return render_to_string("reports/body.html", {"report": plain, "brand": look})


def page_of(document: ReportDocument) -> str:
    """One HTML file with its style inside: it can be mailed, kept and printed without us."""
    context = page_context(document)
    on_paper = f"@media print {{\n{_read(_PRINT)}\n}}"
    styles = "\n".join([*map(_read, _STYLES), context["brand"].styles, on_paper])
    context["styles"] = mark_safe(styles)  # noqa: S308 - our own files, and colours that were checked
    return render_to_string("reports/standalone.html", context)


def _read(name: str) -> str:
    found = finders.find(name)
    if found is None:  # pragma: no cover - the package carries its own style sheets
        raise FileNotFoundError(name)
    with open(found, encoding="utf-8") as file:  # noqa: PTH123 - finders answer with a string
        return file.read()
