"""What a second opinion is worth here, reckoned before anything is ordered, and not stored."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.ingest.order_file import OrderFile
from second_opinion.reports.analysis.worth import worth_of_order
from second_opinion.reports.rendering.worth import worth_drawings
from second_opinion.reports.writing.worth import worth_tables, write_worth
from second_opinion.web.pages.orderer.worth_form import WorthForm, as_at_first


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def worth(request: HttpRequest) -> HttpResponse:
    """The page, and at every move of a slider its answer alone."""
    form = WorthForm(request.POST) if request.method == "POST" else WorthForm(as_at_first())
    is_valid = form.is_valid()
    context: dict[str, Any] = {"form": form}
    if is_valid:
        context |= answer_to(form.order())
    page = "worth/answer.html" if request.headers.get("HX-Request") else "worth/page.html"
    return render(request, page, context, status=200 if is_valid else 422)


def answer_to(order: OrderFile) -> dict[str, Any]:
    """The answer in words, drawings and tables, as worth/answer.html shows it."""
    language = get_language() or "sv"
    analysis = worth_of_order(order)
    text = write_worth(analysis, language=language)
    return {
        "text": text,
        "drawings": worth_drawings(analysis, text, language=language),
        "tables": worth_tables(analysis, text, language=language),
    }
