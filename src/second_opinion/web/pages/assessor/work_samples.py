"""A rater's page: the answer, the levels of each criterion, and the seal."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from second_opinion.accounts.policies import Denied
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.instruments import policies, selectors, services
from second_opinion.instruments.models import WorkSampleAttempt, WorkSampleRating
from second_opinion.web.pages.assessor.sheet import levels_of, score_from
from second_opinion.web.pages.coordinator.asking import REFUSED
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate_work_sample(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    rating = _own(request, pseudonym)
    if request.method != "POST":
        return _show(request, rating)
    attempt = selectors.attempt_of(rating.candidacy)
    entries = _entries(request.POST, attempt) if attempt is not None else []
    try:
        services.rate_task(actor=request.user, rating=rating, ratings=entries)
        if request.POST.get("act") == "seal":
            services.seal_task_rating(actor=request.user, rating=rating)
    except REFUSED as error:
        return _show(request, _own(request, pseudonym), sentence=str(error))
    return redirect("rate_work_sample", pseudonym)


@never_cache
@require_safe
def work_sample_file(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Where documents are masked there is none: its name, kind and size tell of its sender."""
    candidacy = _own(request, pseudonym).candidacy
    if selectors.is_masked(candidacy.case):
        raise Http404
    return answer_file(selectors.attempt_of(candidacy))


def answer_file(attempt: WorkSampleAttempt | None) -> HttpResponse:
    """A file to keep, never shown in place: its sender is not ours."""
    answer = selectors.answer_in(attempt) if attempt is not None else None
    if attempt is None or answer is None or not answer.file_name:
        raise Http404
    response = HttpResponse(
        selectors.file_in(attempt),
        content_type=answer.media_type,
        headers={"Content-Security-Policy": "sandbox"},
    )
    name = content_disposition_header(True, answer.file_name) or "attachment"
    response.headers["Content-Disposition"] = name
    return response


def _own(request: SignedInRequest, pseudonym: UUID) -> WorkSampleRating:
    rating = selectors.rating_for(request.user, pseudonym)
    if rating is None:
        raise Http404
    return rating


def _entries(sent: Mapping[str, str], attempt: WorkSampleAttempt) -> list[RatingEntry]:
    return [
        RatingEntry(
            criterion=one.name,
            score=score_from(sent.get(f"score-{one.position}", "")),
            evidence=tuple(
                line.strip()
                for line in sent.get(f"evidence-{one.position}", "").splitlines()
                if line.strip()
            ),
        )
        for one in selectors.criteria_in(attempt.work_sample)
    ]


def _show(
    request: SignedInRequest, rating: WorkSampleRating, *, sentence: str = ""
) -> HttpResponse:
    sample = selectors.work_sample_of(rating.candidacy.case)
    decision = policies.may_rate(request.user, rating)
    written = {one.criterion: one for one in selectors.entries_in(rating)}
    criteria = selectors.criteria_in(sample) if sample is not None else []
    context = {
        "rating": rating,
        "case": rating.candidacy.case,
        "sample": sample,
        "reading": selectors.reading_of(rating),
        "parts": [
            {
                "criterion": one,
                "points": levels_of(
                    rating.candidacy.case,
                    one,
                    written[one.name].score if one.name in written else None,
                ),
                "evidence": "\n".join(written[one.name].evidence) if one.name in written else "",
            }
            for one in criteria
        ],
        "can_rate": bool(decision),
        "why_not": decision.reason if isinstance(decision, Denied) else "",
        "sentence": sentence,
    }
    return render(request, "assessor/work-sample.html", context, status=422 if sentence else 200)
