"""What has happened in a case, to the letter of the log; and the same as a file with its proofs."""

from __future__ import annotations

import json
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from second_opinion.audit.analysis.receipts import export_of
from second_opinion.reports import selectors
from second_opinion.web.pages.coordinator.asking import own_case
from second_opinion.web.pages.coordinator.event_words import words_of
from second_opinion.web.requests import SignedInRequest

EVENTS_PER_PAGE = 100


@never_cache
@require_safe
def events(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    case = own_case(request, pseudonym)
    found = selectors.events_visible_to(request.user, case=case)
    page = Paginator(found, EVENTS_PER_PAGE).get_page(request.GET.get("page"))
    rows = [(line, words_of(line.event.verb)) for line in selectors.with_names(page)]
    context = {"case": case, "page": page, "rows": rows}
    return render(request, "coordinator/events.html", context)


@never_cache
@require_safe
def events_file(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    case = own_case(request, pseudonym)
    found = list(selectors.events_visible_to(request.user, case=case))
    text = json.dumps(export_of(case.pseudonym, found), ensure_ascii=False, indent=2)
    response = HttpResponse(text + "\n", content_type="application/json")
    name = f"second-opinion-events-{case.pseudonym.hex[:8]}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
