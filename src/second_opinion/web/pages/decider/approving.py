"""The requirement profile, to be read by all who know the case and answered by its deciders."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.cases import policies, selectors, services
from second_opinion.cases.errors import CaseError
from second_opinion.cases.models import Case
from second_opinion.cases.states import Method
from second_opinion.web.pages.coordinator.asking import visible_case
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: SignedInRequest, pseudonym: UUID) -> HttpResponse:
    """Read every version; approve the newest, or say what must change in it."""
    case = visible_case(request, pseudonym)
    if request.method != "POST":
        return render(request, "decider/profile.html", _context(request, case))
    version = case.profiles.filter(version=_number(request.POST.get("version", ""))).first()
    if version is None:
        raise Http404
    try:
        services.answer_profile(
            actor=request.user,
            profile=version,
            is_approval=request.POST.get("answer") == "approve",
            words=request.POST.get("words", ""),
        )
    except (CaseError, NotAllowedError) as error:
        context = _context(request, case) | {
            "sentence": str(error),
            "words": request.POST.get("words", ""),
        }
        return render(request, "decider/profile.html", context, status=422)
    messages.success(request, _("Your answer is noted. You can change it until the lock."))
    return redirect("profile", pseudonym)


def _context(request: SignedInRequest, case: Case) -> dict[str, object]:
    versions = list(selectors.profiles_of(case))
    newest = versions[-1] if versions else None
    return {
        "case": case,
        "profile": newest,
        "earlier": versions[:-1][::-1],
        "criteria": [
            (criterion, [Method(method).label for method in criterion.methods])
            for criterion in (newest.criteria.all() if newest else [])
        ],
        "flags": selectors.flags_of_criteria(newest.criteria.all()) if newest else [],
        "answers": selectors.answers_to(newest) if newest else [],
        "awaited": selectors.approvals_awaited([case]).get(case.pk, ()),
        "may_answer": bool(policies.may_answer_profile(request.user, case)),
        "may_change": bool(policies.may_change_profile(request.user, case)),
    }


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0
