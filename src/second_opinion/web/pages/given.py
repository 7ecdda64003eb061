"""After the opening: what referees wrote of one candidate, for those who read the opinions."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from second_opinion.opinions import selectors
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_safe
def given(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    candidacy = selectors.candidacy_known_to(request.user, pseudonym)
    if candidacy is None or not selectors.is_in_discussion(request.user, candidacy.case):
        raise Http404
    case = candidacy.case
    context = {
        "candidacy": candidacy,
        "case": case,
        "references": [
            one
            for one in selectors.references_visible_to(request.user, case=case)
            if one.reference.candidacy_id == candidacy.pk
        ],
        "results": [
            kept
            for kept in selectors.results_visible_to(request.user, case=case)
            if kept.result.candidacy_id == candidacy.pk
        ],
    }
    return render(request, "instruments/given.html", context)
