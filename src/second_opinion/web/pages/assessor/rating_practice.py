"""Practice in rating: made-up interviews with a known key, rated first and compared then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from second_opinion.instruments import services
from second_opinion.instruments.analysis import practice_figures
from second_opinion.instruments.errors import PracticeError
from second_opinion.instruments.models import PracticeRating
from second_opinion.instruments.selectors import practice_of
from second_opinion.library.criteria import Seniority, Wording, collection
from second_opinion.library.transcripts import TRANSCRIPTS, KeyRating, Transcript
from second_opinion.web.requests import SignedInRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One criterion of a transcript: what it means, and the own score beside the key once given."""

    criterion: str
    wording: Wording
    points: tuple[tuple[str, str], ...]  # every point of the scale, described or not
    score: int | None
    key: int | None
    reason: str


@never_cache
@require_safe
def practice(request: SignedInRequest) -> HttpResponse:
    """Which there are, and what one's own scores say so far."""
    rated = practice_of(request.user)
    done, language = {each.transcript for each in rated}, get_language() or "sv"
    context = {
        "transcripts": [
            {"key": each.key, "name": each.names[language], "is_rated": each.key in done}
            for each in TRANSCRIPTS.values()
        ],
        "figures": practice_figures(rated),
        "n_left": len(TRANSCRIPTS) - len(done),
    }
    return render(request, "assessor/rating-practice.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def transcript(request: SignedInRequest, key: str) -> HttpResponse:
    """Read and rate; after that, one's own scores beside the key and its reasons."""
    found, language = TRANSCRIPTS.get(key), get_language() or "sv"
    if found is None:
        raise Http404
    sentence = ""
    if request.method == "POST":
        try:
            services.rate_transcript(
                actor=request.user, transcript=key, language=language, scores=_sent(request, found)
            )
        except PracticeError as error:
            sentence = str(error)
        else:
            messages.success(request, _("Your scores are kept. Here is the key."))
            return redirect("rating_practice_transcript", key)
    rated = next((each for each in practice_of(request.user) if each.transcript == key), None)
    context = {
        "name": found.names[language],
        "turns": found.turns(language),
        "criteria": [_rated(rating, rated, language) for rating in found.ratings],
        "is_rated": rated is not None,
        "sentence": sentence,
    }
    return render(request, "assessor/transcript.html", context, status=422 if sentence else 200)


def _rated(rating: KeyRating, rated: PracticeRating | None, language: str) -> Rated:
    wording = collection().criteria[rating.criterion].wording(language)
    anchors = wording.anchors_for(Seniority.UNIT)
    points = tuple((str(point), anchors.get(str(point), "")) for point in services.PRACTICE_SCALE)
    return Rated(
        criterion=rating.criterion,
        wording=wording,
        points=points,
        score=rated.scores[rating.criterion] if rated else None,
        key=rating.score if rated else None,
        reason=rating.reason(language) if rated else "",
    )


def _sent(request: SignedInRequest, found: Transcript) -> dict[str, Any]:
    given = {rating.criterion: request.POST.get(rating.criterion, "") for rating in found.ratings}
    return {name: int(score) for name, score in given.items() if score.isdecimal()}
