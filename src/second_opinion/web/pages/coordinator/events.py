"""What has happened in a case, to the letter of the log; and the same as a file with its proofs."""

from __future__ import annotations

import json
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from second_opinion.audit.analysis.receipts import export_of
from second_opinion.reports import selectors
from second_opinion.web.pages.coordinator.asking import own_case
from second_opinion.web.requests import SignedInRequest

EVENTS_PER_PAGE = 100


@never_cache
@require_safe
def events(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    case = own_case(request, pseudonym)
    lines = selectors.lines_visible_to(request.user, case=case)
    page = Paginator(lines, EVENTS_PER_PAGE).get_page(request.GET.get("page"))
    rows = [(line, _words(line.event.verb)) for line in page]
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


def _words(verb: str) -> str:
    """What happened, in words; of what has none yet, the log's own verb."""
    return {
        "assessor.engaged": _("An assessor was engaged"),
        "candidacy.withdrawn": _("A candidate withdrew"),
        "candidate.mail_queued": _("A mail to a candidate was asked for"),
        "candidate.mail_sent": _("A mail to a candidate was sent"),
        "case.moved": _("The case went on to its next stage"),
        "case.opened": _("All opinions were opened together"),
        "case.ordered": _("The case was ordered"),
        "correction.answered": _("A candidate's correction of a fact was answered"),
        "decider.answered": _("A decider said what they would do today"),
        "decision.recorded": _("The client's decision was recorded"),
        "discussion.remarked": _("Something was said in the discussion"),
        "guide.deviated": _("An interview went another way than its guide"),
        "guide.frozen": _("The interview guide was fixed, at its first use"),
        "guide.written": _("The interview guide was written"),
        "letter.dropped": _("A mail was not needed any more"),
        "letter.queued": _("A mail to somebody who signs in was asked for"),
        "letter.refused": _("A mail was refused by the mail server"),
        "letter.sent": _("A mail to somebody who signs in was sent"),
        "notice.acknowledged": _("A candidate acknowledged the information"),
        "notice.written": _("Information to a candidate was written"),
        "opinion.recorded": _("Something was written in an opinion"),
        "opinion.sealed": _("An opinion was sealed"),
        "profile.locked": _("The requirement profile was locked"),
        "profile.weighed": _("The criteria were weighed"),
        "profile.written": _("The requirement profile was written"),
        "rating.revised": _("An assessor revised a rating"),
        "report.released": _("A report was released to the client"),
        "report.replied": _("A candidate replied to the report"),
        "report.shared": _("A report was shared by a link"),
        "report.to_candidates": _("The candidates were given their version of a report"),
        "report.written": _("A version of the report was written"),
        "share.ended": _("A share of a report was ended"),
        "share.opened": _("A shared report was opened"),
    }.get(verb, verb)
