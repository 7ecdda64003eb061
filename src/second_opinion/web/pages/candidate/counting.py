"""Whether a candidate's scores may be counted in norms: asked apart, and taken back as easily."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.instruments import selectors, services
from second_opinion.instruments.errors import NormError
from second_opinion.web.pages.candidate.door import for_candidate
from second_opinion.web.requests import CandidateRequest


@require_POST
@for_candidate
def counted(request: CandidateRequest, pseudonym: UUID) -> HttpResponse:
    """A tick is a yes; without one nothing is counted."""
    given = selectors.given_for(request.candidacy, pseudonym)
    if given is None:
        raise Http404
    is_yes = request.POST.get("counted") == "yes"
    try:
        is_new = services.choose_to_be_counted(given=given, is_yes=is_yes)
    except (NormError, NotAllowedError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _said(is_yes=is_yes, is_new=is_new))
    return redirect("candidate_questionnaire", pseudonym)


def _said(*, is_yes: bool, is_new: bool) -> str:
    if is_yes:
        return _("Thank you. Your scores may be counted. You can take that back here.")
    if is_new:
        return _("You have taken back your yes. Your scores are not counted any more.")
    return _("Nothing is counted: you did not tick the box.")
