"""What the candidate is told, and their word that they have read it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.candidates import policies, selectors, services
from second_opinion.candidates.errors import CandidateError
from second_opinion.web.pages.candidate.door import for_candidate, page
from second_opinion.web.requests import CandidateRequest


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
def notice(request: CandidateRequest) -> HttpResponse:
    """The newest version; reading it is acknowledged by the button, and twice is once."""
    if request.method == "POST":
        return _acknowledge(request)
    return _show(request)


def _acknowledge(request: CandidateRequest) -> HttpResponse:
    candidacy = request.candidacy
    read = candidacy.notices.filter(version=_number(request.POST.get("version", ""))).first()
    if read is None:
        return redirect("candidate_notice")
    try:
        services.acknowledge(candidacy=candidacy, notice=read)
    except (CandidateError, NotAllowedError) as error:
        return _show(request, sentence=str(error))
    return redirect("candidate")


def _show(request: CandidateRequest, *, sentence: str = "") -> HttpResponse:
    candidacy = request.candidacy
    newest = selectors.notice_of(candidacy)
    acknowledgement = selectors.acknowledgement_of(candidacy)
    context = {
        "notice": newest,
        "sections": selectors.sections_of(newest) if newest else (),
        "acknowledgement": acknowledgement,
        "can_acknowledge": acknowledgement is None and bool(policies.may_take_part(candidacy)),
        "sentence": sentence,
    }
    return page(request, "candidate/notice.html", context, status=422 if sentence else 200)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
