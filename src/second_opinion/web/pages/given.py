"""After the opening: references, work sample and tests, for those who read the opinions."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from second_opinion.cases.models import Candidacy
from second_opinion.instruments.models import WorkSampleAttempt
from second_opinion.instruments.selectors import (
    answer_in,
    attempt_of,
    entries_in,
    is_masked,
    masked_text_of,
    ratings_on,
    released_answer_of,
)
from second_opinion.instruments.writing.norms import NOTHING, placed_in_norms
from second_opinion.opinions import selectors
from second_opinion.opinions import services as opinions
from second_opinion.web.pages.assessor.work_samples import answer_file
from second_opinion.web.pages.coordinator.asking import REFUSED
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def given(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """A POST opens an answer that nobody released to the raters, which is noted."""
    candidacy = _candidacy(request, pseudonym)
    if request.method == "POST":
        return _open_answer(request, candidacy)
    kept = [
        one
        for one in selectors.results_visible_to(request.user, case=candidacy.case)
        if one.result.candidacy_id == candidacy.pk
    ]
    placed = placed_in_norms(
        kept, provider=candidacy.case.provider, language=get_language() or "sv"
    )
    case, attempt = candidacy.case, attempt_of(candidacy)
    context = {
        "candidacy": candidacy,
        "case": case,
        "references": [
            one
            for one in selectors.references_visible_to(request.user, case=case)
            if one.reference.candidacy_id == candidacy.pk
        ],
        "results": [(one, placed.get(one.result.pk, NOTHING)) for one in kept],
        "sample": attempt.work_sample if attempt else None,
        **_answer(attempt),
        "ratings": [
            (one.rater, entries_in(one)) for one in ratings_on([candidacy]) if one.sealed_at
        ],
    }
    return render(request, "instruments/given.html", context)


@never_cache
@require_safe
def given_file(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """What the candidate sent as the answer to the work sample."""
    candidacy = _candidacy(request, pseudonym)
    if is_masked(candidacy.case):
        raise Http404  # it is opened on the masked document's page, where that is noted
    return answer_file(attempt_of(candidacy))


def _answer(attempt: WorkSampleAttempt | None) -> dict[str, object]:
    """Where documents are masked, what the raters read; the original is opened as an act."""
    if attempt is None:
        return {"answer": None}
    if not is_masked(attempt.candidacy.case):
        return {"answer": answer_in(attempt)}
    released = released_answer_of(attempt.candidacy)
    return {
        "answer": None,
        "is_unreleased": released is None and attempt.answered_at is not None,
        "masked": released,
        "masked_words": masked_text_of(released) if released is not None else "",
    }


def _open_answer(request: SignedInRequest, candidacy: Candidacy) -> HttpResponse:
    try:
        document = opinions.open_answer(actor=request.user, candidacy=candidacy)
    except REFUSED as error:
        messages.error(request, str(error))
        return redirect("given", candidacy.pseudonym)
    return redirect("masked_document", document.pseudonym)


def _candidacy(request: SignedInRequest, pseudonym: UUID) -> Candidacy:
    candidacy = selectors.candidacy_known_to(request.user, pseudonym)
    if candidacy is None or not selectors.is_in_discussion(request.user, candidacy.case):
        raise Http404
    return candidacy
