"""What the candidate adds of their own: files, links, and what they want to be known."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from second_opinion.candidates import policies, selectors, services
from second_opinion.candidates.errors import FileError
from second_opinion.candidates.selectors import StoredFile
from second_opinion.web.pages.candidate.door import for_candidate
from second_opinion.web.pages.candidate.forms import answered
from second_opinion.web.requests import CandidateRequest
from second_opinion.web.uploads import at_a_persons_pace


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
@at_a_persons_pace
def material(request: CandidateRequest) -> HttpResponse:
    return answered(
        request,
        (lambda: _do(request)) if request.method == "POST" else None,
        template="candidate/material.html",
        context=_material,
        leads_to="candidate_material",
    )


@require_safe
@for_candidate
def material_file(request: CandidateRequest, piece: UUID) -> HttpResponse:
    found = selectors.material_for(request.candidacy, piece)
    return file_answer(selectors.stored_file(found))


def file_answer(file: StoredFile | None) -> HttpResponse:
    """A file to keep, never shown in place: its sender is not ours."""
    if file is None:
        raise Http404
    response = HttpResponse(
        file.content,
        content_type=file.media_type,
        headers={"Content-Security-Policy": "sandbox"},
    )
    named = content_disposition_header(True, file.name)
    response.headers["Content-Disposition"] = named or "attachment"
    return response


def _do(request: CandidateRequest) -> None:
    act, candidacy, sent = request.POST.get("act"), request.candidacy, request.POST
    if act == "take_back":
        _take_back(request)
    elif act == "link":
        services.add_link(candidacy=candidacy, address=sent.get("address", ""))
    elif act == "words":
        services.add_words(candidacy=candidacy, words=sent.get("words", ""))
    else:
        _add_file(request)


def _add_file(request: CandidateRequest) -> None:
    upload = request.FILES.get("file")
    if upload is None:
        raise FileError(_("Choose a file first. Nothing was saved."))
    size = upload.size or 0
    if size > services.MOST_BYTES:  # known before it is read
        raise services.too_large(size)
    services.add_file(
        candidacy=request.candidacy,
        name=upload.name or "",
        content=upload.read(),
        is_without_photo=request.POST.get("is_without_photo") == "yes",
    )


def _take_back(request: CandidateRequest) -> None:
    pieces = selectors.material_of(request.candidacy)
    wanted = request.POST.get("piece", "")
    for piece in pieces:
        if str(piece.material.pseudonym) == wanted:
            services.take_back(candidacy=request.candidacy, material=piece.material)


def _material(request: CandidateRequest) -> dict[str, Any]:
    return {
        "pieces": selectors.material_of(request.candidacy),
        "can_add": bool(policies.may_take_part(request.candidacy)),
        "most": services.MOST_BYTES // 1024 // 1024,
    }
