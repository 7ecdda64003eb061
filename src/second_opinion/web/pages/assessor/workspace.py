"""Where an assessor writes: the guide on the left, ratings and notes on the right.

Every field is saved as it is written. Nothing here shows another's opinion, nor that there is one.
"""

from typing import Any, NoReturn
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.policies import Denied, require
from second_opinion.candidates import selectors as candidates
from second_opinion.instruments.selectors import has_answers
from second_opinion.opinions import policies, services
from second_opinion.opinions import selectors as opinions
from second_opinion.opinions.errors import OpinionError
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.states import OpinionKind
from second_opinion.web.pages.assessor.guide import guide_or_why_not
from second_opinion.web.pages.assessor.sheet import entry_from, sheet_of
from second_opinion.web.pages.candidate.material import file_answer
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_safe
def assessment(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    opinion = opinions.opinion_for(request.user, pseudonym) or _nothing()
    if not opinions.is_declared(opinion):
        return redirect("declare_ties", pseudonym)
    if opinion.is_sealed:
        return redirect("seal_assessment", pseudonym)
    decision = policies.may_record(request.user, opinion)
    case = opinion.candidacy.case
    context: dict[str, Any] = {
        "marks": opinions.marks_in(case),
        "opinion": opinion,
        "may_end": policies.may_end_engagement(request.user, case, request.user),
    }
    if isinstance(decision, Denied):
        context |= {
            "reason": decision.reason,
            "can_meet": bool(policies.may_meet(request.user, opinion)),
        }
        return render(request, "assessor/waiting.html", context)
    context |= {"sheet": sheet_of(opinion), **_of_candidate(opinion)}
    context |= guide_or_why_not(request, opinion)
    return render(request, "assessor/workspace.html", context)


@never_cache
@require_safe
def material(request: SignedInRequest, pseudonym: UUID, piece: UUID) -> HttpResponse:
    """A file that the candidate added, for the provider's assessors."""
    opinion = own_opinion(request, pseudonym)
    if opinion.kind == OpinionKind.FIRST:
        raise Http404
    require(policies.may_read_material(request.user, opinion))
    return file_answer(opinions.given_file(opinion, piece))


@require_POST
def rate_criterion(request: SignedInRequest, pseudonym: UUID, position: int) -> HttpResponse:
    """Save one criterion; twice the same does no harm."""
    opinion = own_opinion(request, pseudonym)
    part = sheet_of(opinion).part_at(position)
    if part is None:
        raise Http404
    try:
        services.record_opinion(
            actor=request.user,
            opinion=opinion,
            ratings=[entry_from(request.POST, part.criterion.name)],
        )
    except (OpinionError, NotAllowedError) as error:
        return _not_saved(request, opinion, str(error))
    return _saved(request, pseudonym, anchor=f"criterion-{position}", position=position)


@require_POST
def write_conclusion(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    opinion = own_opinion(request, pseudonym)
    conclusion = request.POST.get("conclusion", "")
    try:
        services.record_opinion(actor=request.user, opinion=opinion, conclusion=conclusion)
    except (OpinionError, NotAllowedError) as error:
        return _not_saved(request, opinion, str(error))
    return _saved(request, pseudonym, anchor="conclusion")


def own_opinion(request: SignedInRequest, pseudonym: UUID) -> Opinion:
    """With what belongs to it: not before its assessor has declared their ties to the case."""
    opinion = opinions.opinion_for(request.user, pseudonym) or _nothing()
    require(policies.may_see_file(request.user, opinion))
    return opinion


def _of_candidate(opinion: Opinion) -> dict[str, Any]:
    """What the candidate added, and how adjustments are carried out: never why.

    The client's own assessors are shown neither: the client learns of no adjustment.
    """
    if opinion.kind == OpinionKind.FIRST:
        return {}
    return {
        "interviews": candidates.interviews_with(opinion.assessor, opinion.candidacy),
        "arrangements": candidates.arrangements_of(opinion.candidacy),
        "has_answers": has_answers(opinion.candidacy),
        **added_by_candidate(opinion),
    }


def added_by_candidate(opinion: Opinion) -> dict[str, Any]:
    """As this assessor may have it now, where they may have it."""
    if isinstance(policies.may_read_material(opinion.assessor, opinion), Denied):
        return {}
    return {
        "given": opinions.given_to(opinion),
        "is_shown_whole": opinions.is_shown_whole(opinion),
    }


def _saved(
    request: SignedInRequest, pseudonym: UUID, *, anchor: str, position: int | None = None
) -> HttpResponse:
    """What was written is stored; the prompts to it come along. No position: the conclusion."""
    if request.headers.get("HX-Request"):
        sheet = sheet_of(own_opinion(request, pseudonym))
        part = None if position is None else sheet.part_at(position)
        context = {"sheet": sheet, "part": part, "saved_at": timezone.now()}
        return render(request, "assessor/saved.html", context)
    response = redirect("assessment", pseudonym)
    response["Location"] += f"#{anchor}"
    return response


def _not_saved(request: SignedInRequest, opinion: Opinion, sentence: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "assessor/not-saved.html", {"sentence": sentence}, status=422)
    context = {"opinion": opinion, "sheet": sheet_of(opinion), "sentence": sentence}
    return render(request, "assessor/workspace.html", context, status=422)


def _nothing() -> NoReturn:
    raise Http404
