"""The work sample on the candidate's own page: opened when they are ready, answered once."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from second_opinion.candidates.errors import NotAskedError
from second_opinion.candidates.services import MOST_BYTES, too_large
from second_opinion.instruments import policies, selectors, services
from second_opinion.instruments.errors import InstrumentError
from second_opinion.web.pages.candidate.door import for_candidate
from second_opinion.web.pages.candidate.forms import answered
from second_opinion.web.requests import CandidateRequest
from second_opinion.web.uploads import at_a_persons_pace


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
@at_a_persons_pace
def task(request: CandidateRequest) -> HttpResponse:
    return answered(
        request,
        (lambda: _do(request)) if request.method == "POST" else None,
        template="candidate/task.html",
        context=_task,
        leads_to="candidate_task",
    )


def _do(request: CandidateRequest) -> None:
    try:
        if request.POST.get("act") == "begin":
            services.begin_task(candidacy=request.candidacy)
        else:
            _answer(request)
    except InstrumentError as error:
        raise NotAskedError(str(error)) from error


def _answer(request: CandidateRequest) -> None:
    upload = request.FILES.get("file")
    size = (upload.size or 0) if upload is not None else 0
    if size > MOST_BYTES:  # known before it is read
        raise too_large(size)
    services.answer_task(
        candidacy=request.candidacy,
        words=request.POST.get("words", ""),
        name=(upload.name or "") if upload is not None else "",
        content=upload.read() if upload is not None else b"",
    )


def _task(request: CandidateRequest) -> dict[str, Any]:
    candidacy = request.candidacy
    sample, attempt = selectors.work_sample_of(candidacy.case), selectors.attempt_of(candidacy)
    is_given = sample is not None and sample.given_at is not None
    return {
        "sample": sample if is_given else None,
        "criteria": selectors.criteria_in(sample) if sample is not None and is_given else [],
        "attempt": attempt,
        "answer": selectors.answer_in(attempt) if attempt is not None else None,
        "can_begin": bool(policies.may_take_task(candidacy)),
        "can_answer": bool(policies.may_answer_task(candidacy)),
        "most": MOST_BYTES // 1024 // 1024,
        "none_words": _("Nothing is asked of you here."),
    }
