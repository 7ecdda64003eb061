"""Where am I, what comes next and when, and how many minutes are left."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from second_opinion.opinions.selectors import marks_in
from second_opinion.web.candidate import way_of
from second_opinion.web.pages.candidate.door import for_candidate, page
from second_opinion.web.requests import CandidateRequest


@require_safe
@for_candidate
def home(request: CandidateRequest) -> HttpResponse:
    context = {"way": way_of(request.candidacy), "marks": marks_in(request.candidacy.case)}
    return page(request, "candidate/home.html", context)
