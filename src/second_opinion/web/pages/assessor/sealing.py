"""The last look, the seal, and the receipt."""

import json
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.policies import Denied
from second_opinion.cases.states import IS_OPENED
from second_opinion.opinions import policies, services
from second_opinion.opinions import selectors as opinions
from second_opinion.opinions.errors import OpinionError
from second_opinion.web.pages.assessor.sheet import sheet_of
from second_opinion.web.pages.assessor.workspace import added_by_candidate, own_opinion
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def seal_assessment(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """What will be sealed, word for word; then the seal. A second press changes nothing."""
    opinion = own_opinion(request, pseudonym)
    if not opinion.is_sealed:
        if isinstance(policies.may_record(request.user, opinion), Denied):
            return redirect("assessment", pseudonym)
        if request.method == "POST":
            return _seal(request, pseudonym)
    case = opinion.candidacy.case
    context = {
        "opinion": opinion,
        "sheet": sheet_of(opinion),
        "marks": opinions.marks_in(case),
        **added_by_candidate(opinion),
        "is_opened": case.state in IS_OPENED,
        "can_read_discussion": bool(policies.may_read_discussion(request.user, case)),
    }
    page = "assessor/sealed.html" if opinion.is_sealed else "assessor/seal.html"
    return render(request, page, context)


@never_cache
@require_safe
def receipt(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    found = opinions.receipt_for(request.user, own_opinion(request, pseudonym))
    if found is None:
        raise Http404(_("There is a receipt once the assessment is sealed."))
    response = HttpResponse(
        json.dumps(found, ensure_ascii=False, indent=2) + "\n", content_type="application/json"
    )
    name = f"second-opinion-receipt-{str(pseudonym)[:8]}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _seal(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    opinion = own_opinion(request, pseudonym)
    try:
        services.seal_opinion(actor=request.user, opinion=opinion)
    except (OpinionError, NotAllowedError) as error:
        if own_opinion(request, pseudonym).is_sealed:  # the other of two presses came first
            return redirect("seal_assessment", pseudonym)
        context = {"opinion": opinion, "sheet": sheet_of(opinion), "sentence": str(error)}
        return render(request, "assessor/seal.html", context, status=422)
    return redirect("seal_assessment", pseudonym)
